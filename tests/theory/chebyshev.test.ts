import { expect, test } from 'vitest'
import {
  chebyshevBasis,
  chebyshevCoefficients,
  chebyshevDerivative,
  chebyshevPoints,
  chebyshevSum,
} from '../../src/theory/chebyshev.ts'
import { EXACT } from '../tolerances.ts'

const f = (x: number) => Math.exp(x) * Math.sin(2 * x)
const df = (x: number) => Math.exp(x) * (Math.sin(2 * x) + 2 * Math.cos(2 * x))
const coefficients = chebyshevCoefficients(chebyshevPoints(24, -1, 1).map(f))

test('chebyshevPoints(count, low, high) runs from high to low, ends included', () => {
  const points = chebyshevPoints(5, 2, 6)
  expect([points[0], points[2], points[4]]).toEqual([6, 4, 2])
})

test('chebyshevSum(coefficients, t) interpolates', () => {
  for (const t of [-1, -0.61, 0, 0.2, 1])
    expect(Math.abs(chebyshevSum(coefficients, t) - f(t))).toBeLessThan(EXACT)
})

test('chebyshevDerivative(coefficients) are those of the slope', () => {
  const slope = chebyshevDerivative(coefficients)
  for (const t of [-1, -0.61, 0, 0.2, 1])
    expect(Math.abs(chebyshevSum(slope, t) - df(t))).toBeLessThan(1e3 * EXACT)
})

test('chebyshevBasis(count, t) are cosines of multiples', () => {
  const basis = chebyshevBasis(5, Math.cos(0.7))
  for (const [k, value] of basis.entries())
    expect(Math.abs(value - Math.cos(0.7 * k))).toBeLessThan(EXACT)
})
