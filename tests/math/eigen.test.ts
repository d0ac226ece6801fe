import { describe, expect, test } from 'vitest'
import { symmetricEigen, symmetricEigenvalues } from '../../src/math/eigen.ts'
import { haarOrthogonal } from '../../src/math/haar.ts'
import { EXACT } from '../tolerances.ts'

/** Q diag(values) Q^T for a random orthogonal Q. */
function withEigenvalues(values: ArrayLike<number>): Float64Array {
  const n = values.length
  const q = haarOrthogonal(n, { seed: 11, role: 0, layer: n })
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    let sum = 0
    for (let k = 0; k < n; k++) sum += q[i * n + k]! * values[k]! * q[j * n + k]!
    return sum
  })
}

/** Largest difference, against the largest entry wanted. */
function deviation(found: Float64Array, wanted: ArrayLike<number>): number {
  expect(found).toHaveLength(wanted.length)
  const size = Math.max(...Array.from(wanted, Math.abs))
  return Math.max(...Array.from(found, (v, i) => Math.abs(v - wanted[i]!))) / (size || 1)
}

const spectra: Record<string, number[]> = {
  'one value': [-3],
  'two values': [-1, 2],
  'a spread of both signs': Array.from({ length: 64 }, (_, i) => i - 20.5),
  'twelve decades': Array.from({ length: 13 }, (_, i) => 10 ** (i - 12)),
  'clusters and zeros': [0, 0, 0, 1, 1, 1, 1, 5, 5],
  zeros: [0, 0, 0, 0],
  'huge values': [1e150, 2e150, 3e150],
  'tiny values': [1e-150, 2e-150, 3e-150],
}

describe.each(Object.entries(spectra))('a symmetric matrix with %s', (_, values) => {
  const n = values.length
  const matrix = withEigenvalues(values)

  test('symmetricEigenvalues(matrix, n) finds them, ascending', () => {
    expect(deviation(symmetricEigenvalues(matrix, n), values)).toBeLessThan(EXACT)
  })

  test('symmetricEigen(matrix, n) finds orthonormal vectors that rebuild the matrix', () => {
    const { values: found, vectors } = symmetricEigen(matrix, n)
    expect(deviation(found, values)).toBeLessThan(EXACT)
    const rebuild = (weights: ArrayLike<number>) =>
      matrix.map((_, at) => {
        let sum = 0
        for (let k = 0; k < n; k++)
          sum += vectors[Math.floor(at / n) * n + k]! * weights[k]! * vectors[(at % n) * n + k]!
        return sum
      })
    const identity = matrix.map((_, at) => (at % (n + 1) === 0 ? 1 : 0))
    expect(deviation(rebuild(found), matrix)).toBeLessThan(EXACT)
    expect(deviation(rebuild(identity.map(() => 1).subarray(0, n)), identity)).toBeLessThan(EXACT)
  })
})

test('symmetricEigenvalues(matrix, n) of the second difference is 2 - 2 cos(k pi / (n + 1))', () => {
  const n = 50
  const matrix = Float64Array.from({ length: n * n }, (_, at) => {
    const distance = Math.abs(Math.floor(at / n) - (at % n))
    return distance === 0 ? 2 : distance === 1 ? -1 : 0
  })
  const wanted = Array.from(
    { length: n },
    (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)),
  )
  expect(deviation(symmetricEigenvalues(matrix, n), wanted)).toBeLessThan(EXACT)
})

test('symmetricEigenvalues(matrix, n) of a diagonal matrix is its diagonal, sorted', () => {
  const matrix = Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 2)
  expect([...symmetricEigenvalues(matrix, 3)]).toEqual([-1, 2, 3])
  expect([...matrix]).toEqual([3, 0, 0, 0, -1, 0, 0, 0, 2])
})
