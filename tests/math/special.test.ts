import { describe, expect, test } from 'vitest'
import * as special from '../../src/math/special.ts'
import golden from '../golden/special.json' with { type: 'json' }
import { DIGAMMA, FIVE_POINT_DIFFERENCES, ROUNDED } from '../tolerances.ts'
import { relativeError } from './relativeError.ts'

describe.each(['erf', 'erfc'] as const)('%s(x)', (name) => {
  test.each(golden.data[name] as [number, number][])('at %d is %d', (x, expected) => {
    expect(relativeError(special[name](x), expected)).toBeLessThan(ROUNDED)
  })
})

test('erf(x) and erfc(x) at the edges', () => {
  expect([special.erf(Infinity), special.erf(-Infinity), special.erf(0)]).toEqual([1, -1, 0])
  expect([special.erfc(Infinity), special.erfc(-Infinity), special.erfc(0)]).toEqual([0, 2, 1])
  expect([special.erf(NaN), special.erfc(NaN)]).toEqual([NaN, NaN])
})

test.each(golden.data.normalCdf as [number, number][])('normalCdf(%d) is %d', (x, expected) => {
  // Rounding the argument alone moves the left tail by x^2 units in the last place.
  const tolerance = ROUNDED * Math.max(1, x < 0 ? x * x : 1)
  expect(relativeError(special.normalCdf(x), expected)).toBeLessThan(tolerance)
})

test('normalPdf(x) is the slope of normalCdf(x)', () => {
  const step = 1e-3
  for (const x of [-2, -0.4, 0, 1.3]) {
    const [f2, f1, b1, b2] = [2, 1, -1, -2].map((k) => special.normalCdf(x + k * step))
    const slope = (8 * (f1! - b1!) - (f2! - b2!)) / (12 * step)
    expect(relativeError(special.normalPdf(x), slope)).toBeLessThan(FIVE_POINT_DIFFERENCES)
  }
})

test.each(golden.data.digamma as [number, number][])('digamma(%d) is %d', (x, expected) => {
  expect(Math.abs(special.digamma(x) - expected)).toBeLessThan(DIGAMMA)
})

test('digamma(x) is NaN for x <= 0', () => {
  expect([special.digamma(0), special.digamma(-1.5)]).toEqual([NaN, NaN])
})

test('safeAcos(x) clamps to [-1, 1]', () => {
  expect([special.safeAcos(1 + 1e-15), special.safeAcos(-1 - 1e-15)]).toEqual([0, Math.PI])
  expect(special.safeAcos(0.5)).toBe(Math.acos(0.5))
  expect(special.safeAcos(NaN)).toBeNaN()
})

test('safeSqrt(x) is 0 below zero and NaN for NaN', () => {
  expect([special.safeSqrt(-1e-17), special.safeSqrt(4)]).toEqual([0, 2])
  expect(special.safeSqrt(NaN)).toBeNaN()
})
