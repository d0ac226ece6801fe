import { type DigitSet, SIDE } from '../model/digits.ts'
import { digitIndex } from '../model/inputs.ts'
import { MAX_SAMPLES } from './picture.ts'
import type { DigitImages } from './protocol.ts'

interface Batch {
  readonly batch: number
  readonly seed: number
}

/** The images behind the first rows of a batch of handwritten digits: as many as a picture of a layer has. */
export function digitImages(digits: DigitSet, { batch, seed }: Batch): DigitImages {
  const samples = Math.min(batch, MAX_SAMPLES)
  const size = SIDE * SIDE
  const labels = new Uint8Array(samples)
  const pixels = new Uint8Array(samples * size)
  for (let a = 0; a < samples; a++) {
    const index = digitIndex(a, seed, digits.count)
    labels[a] = digits.labels[index]!
    pixels.set(digits.pixels.subarray(index * size, (index + 1) * size), a * size)
  }
  return { labels, pixels }
}
