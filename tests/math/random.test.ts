import { describe, expect, test } from 'vitest'
import { fillNormals, fillUniforms, threefry2x32, words } from '../../src/math/random.ts'
import { EXACT, FIVE_STANDARD_ERRORS } from '../tolerances.ts'
import { relativeError } from './relativeError.ts'

const stream = { seed: 7, role: 2, layer: 5 }
const COUNT = 200_000

/** Mean of g over the numbers, minus what is expected, in standard errors of that mean. */
function deviation(numbers: Float64Array, g: (x: number) => number, expected: number): number {
  let sum = 0
  let squares = 0
  for (const x of numbers) {
    sum += g(x)
    squares += g(x) ** 2
  }
  const mean = sum / numbers.length
  return (mean - expected) / Math.sqrt((squares / numbers.length - mean * mean) / numbers.length)
}

function normals(length: number, scale?: number): Float64Array {
  const out = new Float64Array(length)
  fillNormals(out, stream, scale)
  return out
}

function uniforms(length: number, scale?: number): Float64Array {
  const out = new Float64Array(length)
  fillUniforms(out, stream, scale)
  return out
}

describe('threefry2x32(key0, key1, counter0, counter1)', () => {
  // Known answers published with Random123, which JAX tests against as well.
  test.each([
    { key: [0, 0], counter: [0, 0], answer: [0x6b200159, 0x99ba4efe] },
    {
      key: [0xffffffff, 0xffffffff],
      counter: [0xffffffff, 0xffffffff],
      answer: [0x1cb996fc, 0xbb002be7],
    },
    {
      key: [0x13198a2e, 0x03707344],
      counter: [0x243f6a88, 0x85a308d3],
      answer: [0xc4923a9c, 0x483df7a0],
    },
  ])('of $key, $counter is the published answer', ({ key, counter, answer }) => {
    expect(threefry2x32(key[0]!, key[1]!, counter[0]!, counter[1]!)).toEqual(answer)
  })
})

test('words(stream, count) has key (seed, role) and counter (pair, layer)', () => {
  const expected = [0, 1, 2].flatMap((pair) => threefry2x32(7, 2, pair, 5))
  expect([...words(stream, 6)]).toEqual(expected)
  expect([...words(stream, 5)]).toEqual(expected.slice(0, 5))
  expect(words(stream, 0)).toHaveLength(0)
})

test.each(['seed', 'role', 'layer'] as const)('words(stream) change with %s', (field) => {
  const other = words({ ...stream, [field]: stream[field] + 1 }, 8)
  expect([...words(stream, 8)].filter((word, i) => word === other[i])).toEqual([])
})

test('fillNormals(out, stream) is Box-Muller of the 23 high bits of each word', () => {
  const [word0, word1] = threefry2x32(7, 2, 1, 5)
  const radius = Math.sqrt(-2 * Math.log((Math.floor(word0 / 512) + 0.5) / 8388608))
  const angle = (2 * Math.PI * (Math.floor(word1 / 512) + 0.5)) / 8388608
  const out = normals(4)
  expect(out[2]).toBe(radius * Math.cos(angle))
  expect(out[3]).toBe(radius * Math.sin(angle))
})

test('fillNormals(out, stream) of odd length drops the last sine, nothing else', () => {
  expect([...normals(5)]).toEqual([...normals(6).subarray(0, 5)])
})

test('fillNormals(out, stream) of a Float32Array holds the same numbers, rounded', () => {
  const out = new Float32Array(8)
  fillNormals(out, stream)
  expect([...out]).toEqual([...normals(8)].map(Math.fround))
})

test('fillNormals(out, stream, scale) scales', () => {
  const [plain, scaled] = [normals(2), normals(2, 3)]
  expect(relativeError(scaled[0]!, 3 * plain[0]!)).toBeLessThan(EXACT)
  expect(relativeError(scaled[1]!, 3 * plain[1]!)).toBeLessThan(EXACT)
})

// False alarm of each line: 6e-7.
test.each([1, 2, 3, 4, 6])('fillNormals(out, stream) has the moment %i of a normal', (power) => {
  const expected = [0, 0, 1, 0, 3, 0, 15][power]!
  const errors = deviation(normals(COUNT), (x) => x ** power, expected)
  expect(Math.abs(errors)).toBeLessThan(FIVE_STANDARD_ERRORS)
})

test('fillNormals(out, stream) has uncorrelated partners', () => {
  const out = normals(COUNT)
  const products = out.map((x, i) => x * out[i ^ 1]!).filter((_, i) => i % 2 === 0)
  expect(Math.abs(deviation(products, (x) => x, 0))).toBeLessThan(FIVE_STANDARD_ERRORS)
})

test('fillUniforms(out, stream) is (2 k + 1) / 2^23 - 1 for the 23 high bits k', () => {
  const [word0, word1] = threefry2x32(7, 2, 0, 5)
  expect([...uniforms(2)]).toEqual(
    [word0, word1].map((word) => (2 * Math.floor(word / 512) + 1) / 8388608 - 1),
  )
  expect([...uniforms(3)]).toEqual([...uniforms(4).subarray(0, 3)])
})

test('fillUniforms(out, stream) is exact in float32 and inside (-1, 1)', () => {
  const out = uniforms(COUNT)
  expect(out.every((x) => Math.fround(x) === x && Math.abs(x) < 1 && x !== 0)).toBe(true)
})

test.each([1, 2, 3, 4])('fillUniforms(out, stream) has the moment %i of a uniform', (power) => {
  const expected = power % 2 === 0 ? 1 / (power + 1) : 0
  const errors = deviation(uniforms(COUNT), (x) => x ** power, expected)
  expect(Math.abs(errors)).toBeLessThan(FIVE_STANDARD_ERRORS)
})
