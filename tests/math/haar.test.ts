import { expect, it } from 'vitest'
import { haarFromNormals, haarNormalCount, haarOrthogonal } from '../../src/math/haar.ts'
import { EXACT, FIVE_STANDARD_ERRORS } from '../tolerances.ts'

const DRAWS = 4000

/** max |Q^T Q - I| */
function orthogonalityError(q: Float64Array, n: number): number {
  let worst = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let dot = 0
      for (let k = 0; k < n; k++) dot += q[k * n + i]! * q[k * n + j]!
      worst = Math.max(worst, Math.abs(dot - (i === j ? 1 : 0)))
    }
  }
  return worst
}

const trace = (q: Float64Array, n: number) => q.reduce((s, v, i) => (i % (n + 1) ? s : s + v), 0)

/** (mean - expected) over the standard error of the mean. */
function deviation(samples: readonly number[], expected: number): number {
  const mean = samples.reduce((s, v) => s + v, 0) / samples.length
  const variance = samples.reduce((s, v) => s + (v - mean) ** 2, 0) / (samples.length - 1)
  return Math.abs(mean - expected) / Math.sqrt(variance / samples.length)
}

function draw(n: number, role: number): readonly Float64Array[] {
  return Array.from({ length: DRAWS }, (_, layer) => haarOrthogonal(n, { seed: 11, role, layer }))
}

it.each([1, 2, 3, 7, 64, 200])('haarOrthogonal(%i) is orthogonal', (n) => {
  const q = haarOrthogonal(n, { seed: 5, role: 3, layer: 9 })
  expect(q).toHaveLength(n * n)
  expect(orthogonalityError(q, n)).toBeLessThan(EXACT)
})

it('haarFromNormals has x_0 / |x_0| as column 0 and the sign of the last normal at order 1', () => {
  const q = haarFromNormals(2, Float64Array.of(-3, 4, 0.7))
  expect(q[0]).toBeCloseTo(-0.6, 12)
  expect(q[2]).toBeCloseTo(0.8, 12)
  expect(haarFromNormals(1, Float64Array.of(-0.2))).toEqual(Float64Array.of(-1))
  expect(haarFromNormals(1, Float64Array.of(0))).toEqual(Float64Array.of(1))
})

it('haarFromNormals is the Q of the QR of the matrix with those normals below the diagonal', () => {
  // Q^T x_0 = |x_0| e_1: the first column is triangular with a positive diagonal.
  const x = Float64Array.of(0.3, -1.2, 0.5, 2, 0.1, -0.4)
  const q = haarFromNormals(3, x)
  const image = [0, 1, 2].map((j) => q[j]! * 0.3 - q[3 + j]! * 1.2 + q[6 + j]! * 0.5)
  expect(image[0]).toBeCloseTo(Math.hypot(0.3, 1.2, 0.5), 12)
  expect(Math.abs(image[1]!)).toBeLessThan(EXACT)
  expect(Math.abs(image[2]!)).toBeLessThan(EXACT)
})

it('haarFromNormals refuses too few normals and haarOrthogonal a broken order', () => {
  expect(() => haarFromNormals(3, new Float64Array(5))).toThrow('needs 6 normals, got 5')
  expect(() => haarOrthogonal(0, { seed: 1, role: 1, layer: 1 })).toThrow('positive integer, got 0')
  expect(haarNormalCount(4)).toBe(10)
})

// The moments of the Haar law; an unsigned QR gives E[tr Q] of about -n or sqrt(n) and fails.
it.each([2, 3, 8])('haarOrthogonal(%i) has the moments of the Haar law', (n) => {
  const draws = draw(n, 100 + n)
  const moments: readonly [(q: Float64Array) => number, number][] = [
    [(q) => q[0]!, 0],
    [(q) => q[n * n - 1]!, 0],
    [(q) => q[0]! ** 2, 1 / n],
    [(q) => q[n * n - 1]! ** 2, 1 / n],
    [(q) => q[n - 1]! ** 2, 1 / n],
    [(q) => q[0]! ** 4, 3 / (n * (n + 2))],
    [(q) => trace(q, n), 0],
    [(q) => trace(q, n) ** 2, 1],
    [(q) => q[0]! * q[n + 1]!, 0],
  ]
  for (const [moment, expected] of moments)
    expect(deviation(draws.map(moment), expected)).toBeLessThan(FIVE_STANDARD_ERRORS)
})

it('haarOrthogonal(5) has both determinants equally often: E[det] = 0', () => {
  const signs = draw(5, 42).map((q) => determinant(q, 5))
  expect(deviation(signs, 0)).toBeLessThan(FIVE_STANDARD_ERRORS)
})

/** By elimination with row exchanges. */
function determinant(matrix: Float64Array, n: number): number {
  const a = matrix.slice()
  let det = 1
  for (let k = 0; k < n; k++) {
    let p = k
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]!) > Math.abs(a[p * n + k]!)) p = i
    if (p !== k) det = -det
    for (let j = 0; j < n; j++) [a[k * n + j], a[p * n + j]] = [a[p * n + j]!, a[k * n + j]!]
    det *= a[k * n + k]!
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / a[k * n + k]!
      for (let j = k; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!
    }
  }
  return det
}
