import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EngineError } from '../../src/engine/errors.ts'
import { loadDigits } from '../../src/engine/loadDigits.ts'
import { resampleDigit, SIDE } from '../../src/model/digits.ts'
import { EXACT, WHITENING } from '../tolerances.ts'

const dataUrl = new URL('../../public/', import.meta.url).href

/** A host on which every address answers with a page, as hosts of single-page sites do; /gone/ with 404. */
const host = createServer((request, response) => {
  response.statusCode = request.url?.startsWith('/gone/') ? 404 : 200
  response.end('<!doctype html>')
})
let hostUrl = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const address = host.address()
  if (address === null || typeof address === 'string') throw new Error('the host has no port')
  hostUrl = `http://127.0.0.1:${address.port}/`
})

afterAll(() => {
  host.close()
})

it('loadDigits(file address) reads the digits that every link draws from', async () => {
  const { count, labels, pixels } = await loadDigits(dataUrl)
  expect(count).toBe(1024)
  expect(pixels.length).toBe(count * SIDE * SIDE)
  expect(createHash('sha256').update(labels).update(pixels).digest('hex')).toBe(
    'be531aefc305dfdfcd2917727e3845aa75fecc37b66b446c7b70c6bdcdbe5521',
  )
})

it('loadDigits: every class has 102 or 103 of the 1024 digits, in no order', async () => {
  const { labels } = await loadDigits(dataUrl)
  const perClass = Array.from({ length: 10 }, (_, k) => labels.filter((l) => l === k).length)
  expect(perClass).toEqual([103, 103, 103, 103, 102, 102, 102, 102, 102, 102])
  // Neighbours of the same class: 1 in 10 of 1023 in a shuffled set, about 1014 in a sorted one.
  const neighbours = labels.filter((label, i) => label === labels[i + 1]).length
  expect(neighbours).toBeGreaterThan(50)
  expect(neighbours).toBeLessThan(160)
})

it('loadDigits reads an address once', async () => {
  expect(await loadDigits(dataUrl)).toBe(await loadDigits(dataUrl))
})

it.each(['', 'gone/'])('loadDigits(host/%s) without the file is data-missing', async (folder) => {
  const failure = await loadDigits(hostUrl + folder).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(EngineError)
  expect(failure).toMatchObject({ code: 'data-missing' })
  expect(String(failure)).toContain(`${hostUrl}${folder}digits.bin`)
})

it('loadDigits(folder without the file) is data-missing', async () => {
  const elsewhere = new URL('./', import.meta.url).href
  await expect(loadDigits(elsewhere)).rejects.toMatchObject({ code: 'data-missing' })
})

it.each([2, 64, 100, 784, 1024])('resampleDigit(width %i) has mean 0 and rms 1', async (width) => {
  const digits = await loadDigits(dataUrl)
  for (let index = 0; index < digits.count; index++) {
    const row = resampleDigit(digits, index, width)
    const mean = row.reduce((sum, v) => sum + v, 0) / width
    const rms = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0) / width)
    expect(Math.abs(mean)).toBeLessThan(WHITENING)
    expect(Math.abs(rms - 1)).toBeLessThan(EXACT)
  }
})
