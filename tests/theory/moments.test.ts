import { describe, expect, test } from 'vitest'
import { bivariateExpectation, gaussianExpectation } from '../../src/math/quadrature.ts'
import { fillNormals } from '../../src/math/random.ts'
import { activationIds, activations, type ActivationId } from '../../src/model/activations.ts'
import {
  meanValue,
  momentLaw,
  product,
  secondMoment,
  slopeProduct,
  squaredSlope,
} from '../../src/theory/moments.ts'
import type { MomentsAt } from '../../src/theory/momentLaw.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import golden from '../golden/moments.json' with { type: 'json' }
import { relativeError } from '../math/relativeError.ts'
import {
  EXACT,
  FIVE_STANDARD_ERRORS,
  NEAR_A_STEP,
  PAIR_MOMENT,
  QUADRATURE,
  RATE_OF_MOMENT,
} from '../tolerances.ts'

const goldenRows: Readonly<Record<ActivationId, Readonly<Record<'m1' | 'm2' | 'd2', string>>>> =
  golden.data

describe.each(activationIds)('moments of %s', (act) => {
  const f = plain(act)
  const { phi, dphi, kinks } = activations[act]
  const value = (u: number) => phi(u, f.slope)
  const slope = (u: number) => dphi(u, f.slope)

  test('at q = 1 are those of 30 digits', () => {
    const { m1, m2, d2 } = goldenRows[act]
    expect(Math.abs(meanValue(f, 1) - Number(m1))).toBeLessThan(QUADRATURE)
    expect(relativeError(secondMoment(f, 1), Number(m2))).toBeLessThan(QUADRATURE)
    expect(relativeError(squaredSlope(f, 1), Number(d2))).toBeLessThan(QUADRATURE)
  })

  test.each([1e-8, 0.013, 2.3, 77, 4e4])('at q = %d equal quadrature', (q) => {
    const splits = kinks.map((kink) => kink / Math.sqrt(q))
    const expectation = (g: (u: number) => number) =>
      gaussianExpectation((z) => g(Math.sqrt(q) * z), splits)
    const square = expectation((u) => value(u) ** 2)
    expect(relativeError(secondMoment(f, q), square)).toBeLessThan(QUADRATURE)
    expect(
      relativeError(
        squaredSlope(f, q),
        expectation((u) => slope(u) ** 2),
      ),
    ).toBeLessThan(QUADRATURE)
    expect(Math.abs(meanValue(f, q) - expectation(value)) / Math.sqrt(square)).toBeLessThan(
      QUADRATURE,
    )
  })

  test.each([
    [1e-3, PAIR_MOMENT],
    [0.6, PAIR_MOMENT],
    [3.3, PAIR_MOMENT],
    [25, PAIR_MOMENT],
    [900, NEAR_A_STEP],
  ])('of pairs at q = %d equal quadrature', (q, tolerance) => {
    for (const c of [0.999, 0.7, -0.2, -0.95]) {
      const pair = bivariateExpectation(value, value, { q1: q, q2: q, c }, kinks)
      const error = Math.abs(product(f, q, c) - pair) / secondMoment(f, q)
      expect(error).toBeLessThan(tolerance)
    }
  })

  test('of slopes of pairs equal quadrature', () => {
    for (const c of [0.99, 0.3, -0.6]) {
      const pair = bivariateExpectation(slope, slope, { q1: 1.4, q2: 1.4, c }, kinks)
      const error = Math.abs(slopeProduct(f, 1.4, c) - pair) / squaredSlope(f, 1.4)
      expect(error).toBeLessThan(PAIR_MOMENT)
    }
  })

  test('meet at correlation 1 and, where phi is odd or even, at -1', () => {
    expect(product(f, 2, 1)).toBe(secondMoment(f, 2))
    expect(relativeError(slopeProduct(f, 2, 1), squaredSlope(f, 2))).toBeLessThan(EXACT)
    const mirrored = gaussianExpectation((z) => slope(z) * slope(-z), kinks)
    expect(Math.abs(slopeProduct(f, 1, -1) - mirrored)).toBeLessThan(QUADRATURE)
  })

  test('join their limits: nothing jumps where the table ends', () => {
    const law = momentLaw(f)
    for (const edge of [-46, 46]) {
      const [inside, outside] = [law(edge * (1 - 1e-9)), law(edge * (1 + 1e-9))]
      expect(Math.abs(inside.lnSquare - outside.lnSquare)).toBeLessThan(1e-6)
      expect(Math.abs(inside.lnSlope - outside.lnSlope)).toBeLessThan(1e-6)
      expect(Math.abs(inside.meanRatio - outside.meanRatio)).toBeLessThan(1e-6)
    }
  })

  test('have the rates at which they change with ln q', () => {
    const law = momentLaw({ ...f, b: 0.3 })
    for (const lnQ of [-9, -0.4, 1.7, 8]) {
      const [h, rates] = [1e-3, law(lnQ).rates]
      const rate = (value: (m: MomentsAt) => number) => {
        const at = (k: number) => value(law(lnQ + k * h))
        return (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
      }
      const size = Math.exp(law(lnQ).lnSquare / 2)
      const mean = rate((m) => m.meanRatio * Math.exp(m.lnSquare / 2)) / size
      expect(Math.abs(rates.lnSquare - rate((m) => m.lnSquare))).toBeLessThan(RATE_OF_MOMENT)
      expect(Math.abs(rates.lnSlope - rate((m) => m.lnSlope))).toBeLessThan(RATE_OF_MOMENT)
      expect(Math.abs(rates.mean - mean)).toBeLessThan(RATE_OF_MOMENT)
    }
  })

  test('exist for variances of any size', () => {
    for (const lnQ of [-1e5, -900, 900, 1e5]) {
      const m = momentLaw(f)(lnQ)
      const numbers = [m.lnSquare, m.meanRatio, m.lnSlope, m.lnStretch, m.spread(0.5)]
      expect(numbers.every(Number.isFinite)).toBe(true)
    }
  })
})

// False alarm of each line: 6e-7.
test.each(['tanh', 'relu', 'selu', 'gelu', 'hard_tanh'] as const)(
  'product(%s, q, c) is the mean over many pairs',
  (act) => {
    const [q, c, count] = [1.7, 0.6, 200_000]
    const z = new Float64Array(2 * count)
    fillNormals(z, { seed: 11, role: 1, layer: 3 })
    let [sum, squares] = [0, 0]
    for (let i = 0; i < count; i++) {
      const [z1, z2] = [z[2 * i]!, z[2 * i + 1]!]
      const phi = (u: number) => activations[act].phi(Math.sqrt(q) * u, 0.01)
      const value = phi(z1) * phi(c * z1 + Math.sqrt(1 - c * c) * z2)
      sum += value
      squares += value * value
    }
    const mean = sum / count
    const error = Math.sqrt((squares / count - mean * mean) / count)
    expect(Math.abs(mean - product(plain(act), q, c)) / error).toBeLessThan(FIVE_STANDARD_ERRORS)
  },
)

test('secondMoment(a phi(g z) + b, q) expands the square', () => {
  const f = { ...plain('gelu'), gain: 1.7, a: 1.4, b: -0.6 }
  const expected = gaussianExpectation(
    (z) => (1.4 * activations.gelu.phi(1.7 * Math.SQRT2 * z, 0) - 0.6) ** 2,
  )
  expect(relativeError(secondMoment(f, 2), expected)).toBeLessThan(QUADRATURE)
  expect(relativeError(product(f, 2, 1), expected)).toBeLessThan(QUADRATURE)
})

test('secondMoment(f, 0) is that of the constant f(0)', () => {
  expect(secondMoment(plain('sigmoid'), 0)).toBe(0.25)
  expect(secondMoment(plain('tanh'), 0)).toBe(0)
  expect(secondMoment({ ...plain('softplus'), gain: 0 }, 3)).toBeCloseTo(Math.LN2 ** 2, 14)
})

test('secondMoment(f, q) refuses a negative or infinite q', () => {
  expect(() => secondMoment(plain('tanh'), -1)).toThrow('q must be >= 0')
  expect(() => secondMoment(plain('tanh'), Infinity)).toThrow('q must be >= 0')
})
