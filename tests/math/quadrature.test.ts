import { describe, expect, test } from 'vitest'
import { bivariateExpectation, gaussianExpectation } from '../../src/math/quadrature.ts'
import { erf } from '../../src/math/special.ts'
import golden from '../golden/moments.json' with { type: 'json' }
import { BIVARIATE, EXACT, OSCILLATION } from '../tolerances.ts'
import { relativeError } from './relativeError.ts'

const relu = (u: number) => Math.max(u, 0)
const step = (u: number) => (u > 0 ? 1 : 0)
const hardTanh = (u: number) => Math.min(1, Math.max(-1, u))
const erfSlope = (u: number) => (2 / Math.sqrt(Math.PI)) * Math.exp(-u * u)

describe('gaussianExpectation(f)', () => {
  test.each([
    [0, 1],
    [2, 1],
    [8, 105],
    [20, 654729075],
  ])('of z^%i is %i', (power, expected) => {
    expect(
      relativeError(
        gaussianExpectation((z) => z ** power),
        expected,
      ),
    ).toBeLessThan(EXACT)
  })

  test('of exp(4 z), whose mass sits at z = 4, is exp(8)', () => {
    const value = gaussianExpectation((z) => Math.exp(4 * z))
    expect(relativeError(value, Math.exp(8))).toBeLessThan(EXACT)
  })

  test('is relative: of erf(1e-10 z)^2 it is 4e-20 / pi', () => {
    const value = gaussianExpectation((z) => erf(1e-10 * z) ** 2)
    expect(relativeError(value, 4e-20 / Math.PI)).toBeLessThan(EXACT)
  })

  test.each([1, 30, 1e3, 1e5, 1e7])("finds erf'(%d z)^2 at zero", (k) => {
    const value = gaussianExpectation((z) => erfSlope(k * z) ** 2)
    expect(relativeError(value, 4 / Math.PI / Math.sqrt(1 + 4 * k * k))).toBeLessThan(EXACT)
  })

  test.each([1, 3, 30])('of erf(%d z)^2 is an arcsine', (k) => {
    const expected = (2 / Math.PI) * Math.asin((2 * k * k) / (1 + 2 * k * k))
    expect(
      relativeError(
        gaussianExpectation((z) => erf(k * z) ** 2),
        expected,
      ),
    ).toBeLessThan(EXACT)
  })

  test.each([10, 30, 100])('follows sin(%d z)^2', (k) => {
    const expected = (1 - Math.exp(-2 * k * k)) / 2
    const value = gaussianExpectation((z) => Math.sin(k * z) ** 2)
    expect(relativeError(value, expected)).toBeLessThan(OSCILLATION)
  })

  test('is Infinity where f is, and NaN where f is', () => {
    expect(gaussianExpectation(() => Infinity)).toBe(Infinity)
    expect(gaussianExpectation(() => NaN)).toBeNaN()
  })
})

describe('gaussianExpectation(f, kinks)', () => {
  test.each([1e-3, 0.5, 1, 5, 11])('of a box of half-width %d is erf', (edge) => {
    const value = gaussianExpectation((z) => (Math.abs(z) < edge ? 1 : 0), [-edge, edge])
    expect(relativeError(value, erf(edge / Math.SQRT2))).toBeLessThan(EXACT)
  })

  test('finds a narrow feature at a kink', () => {
    const width = 1e-4
    const value = gaussianExpectation((z) => Math.exp(-(((z - 1) / width) ** 2)), [1])
    const variance = width ** 2 / 2
    const expected = Math.sqrt(variance / (1 + variance)) * Math.exp(-0.5 / (1 + variance))
    expect(relativeError(value, expected)).toBeLessThan(EXACT)
  })

  test('ignores kinks beyond the reach of the density, infinite and undefined ones too', () => {
    expect(gaussianExpectation((z) => z * z, [40, -Infinity, NaN])).toBe(
      gaussianExpectation((z) => z * z, [40]),
    )
  })

  test.each([
    ['relu', relu, step, [0]],
    ['tanh', Math.tanh, (z: number) => 1 - Math.tanh(z) ** 2, []],
    ['hard_tanh', hardTanh, (z: number) => (Math.abs(z) < 1 ? 1 : 0), [-1, 1]],
    ['softsign', (z: number) => z / (1 + Math.abs(z)), (z: number) => (1 + Math.abs(z)) ** -2, [0]],
  ] as const)('has the golden moments of %s', (name, phi, dphi, kinks) => {
    const { m2, d2, z_phi_dphi } = golden.data[name]
    const moment = (f: (z: number) => number, expected: string) =>
      relativeError(gaussianExpectation(f, kinks), Number(expected))
    expect(moment((z) => phi(z) ** 2, m2)).toBeLessThan(EXACT)
    expect(moment((z) => dphi(z) ** 2, d2)).toBeLessThan(EXACT)
    expect(moment((z) => z * phi(z) * dphi(z), z_phi_dphi)).toBeLessThan(EXACT)
  })
})

const VARIANCES = [
  [1, 1],
  [0.01, 0.01],
  [1, 4],
  [100, 3],
  [1e4, 1e4],
  [1e-4, 50],
] as const
const CORRELATIONS = [0, 0.3, -0.7, 0.99, -0.9999, 1 - 1e-8, 1 - 1e-12, -1 + 1e-12, 1, -1]
const CASES = VARIANCES.flatMap(([q1, q2]) => CORRELATIONS.map((c) => ({ q1, q2, c })))

describe.each(CASES)('bivariateExpectation(f, g, {q1: $q1, q2: $q2, c: $c})', ({ q1, q2, c }) => {
  const root = Math.sqrt(q1 * q2)

  test('of erf is an arcsine', () => {
    const cosine = (2 * c * root) / Math.sqrt((1 + 2 * q1) * (1 + 2 * q2))
    const value = bivariateExpectation(erf, erf, { q1, q2, c })
    expect(Math.abs(value - (2 / Math.PI) * Math.asin(cosine))).toBeLessThan(BIVARIATE)
  })

  test('of ReLU and of its slope is the arc-cosine kernel', () => {
    const s = Math.sqrt((1 - c) * (1 + c))
    const slope = (Math.PI - Math.acos(c)) / (2 * Math.PI)
    const value = bivariateExpectation(relu, relu, { q1, q2, c }, [0])
    expect(Math.abs(value / root - s / (2 * Math.PI) - slope * c)).toBeLessThan(BIVARIATE)
    const slopes = bivariateExpectation(step, step, { q1, q2, c }, [0])
    expect(Math.abs(slopes - slope)).toBeLessThan(BIVARIATE)
  })

  test('of sin is a difference of exponentials', () => {
    const expected = (Math.exp(-(q1 + q2) / 2 + c * root) - Math.exp(-(q1 + q2) / 2 - c * root)) / 2
    const value = bivariateExpectation(Math.sin, Math.sin, { q1, q2, c })
    expect(Math.abs(value - expected)).toBeLessThan(BIVARIATE)
  })
})

test('bivariateExpectation(f, g) does not depend on which variable is integrated first', () => {
  for (const c of [0.5, 0.999, 1 - 1e-10, -0.3]) {
    const one = bivariateExpectation(hardTanh, Math.tanh, { q1: 2, q2: 0.5, c }, [-1, 1])
    const other = bivariateExpectation(Math.tanh, hardTanh, { q1: 0.5, q2: 2, c }, [-1, 1])
    expect(Math.abs(one - other)).toBeLessThan(BIVARIATE)
  }
})

test('bivariateExpectation(f, g) of a variable without variance is a plain expectation', () => {
  const value = bivariateExpectation(Math.cos, Math.cos, { q1: 0, q2: 2, c: 0.4 }, [0])
  expect(relativeError(value, Math.exp(-1))).toBeLessThan(BIVARIATE)
})
