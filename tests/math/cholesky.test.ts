import { expect, test } from 'vitest'
import { choleskyLogDet } from '../../src/math/cholesky.ts'
import { fillNormals } from '../../src/math/random.ts'
import { EXACT } from '../tolerances.ts'
import { relativeError } from './relativeError.ts'

/** G = L L^T for a random lower triangular L with the given diagonal. */
function gramWithPivots(roots: readonly number[], seed: number): Float64Array {
  const m = roots.length
  const l = new Float64Array(m * m)
  fillNormals(l, { seed, role: 0, layer: 0 }, 0.1)
  return Float64Array.from({ length: m * m }, (_, at) => {
    const [i, j] = [Math.floor(at / m), at % m]
    const entry = (row: number, k: number) => (k === row ? roots[k]! : l[row * m + k]!)
    let sum = 0
    for (let k = 0; k <= Math.min(i, j); k++) sum += entry(i, k) * entry(j, k)
    return sum
  })
}

test.each([1, 2, 17, 64])('choleskyLogDet(gram, %i) sums the logarithms of the pivots', (m) => {
  const roots = Array.from({ length: m }, (_, i) => 1 + (i % 5))
  const { logDet, minPivotRatio } = choleskyLogDet(gramWithPivots(roots, m), m)
  const expected = roots.reduce((sum, root) => sum + 2 * Math.log(root), 0)
  expect(relativeError(logDet, expected)).toBeLessThan(EXACT)
  const gram = gramWithPivots(roots, m)
  const trace = roots.reduce((sum, _, i) => sum + gram[i * m + i]!, 0)
  expect(relativeError(minPivotRatio, 1 / trace)).toBeLessThan(EXACT)
})

test('choleskyLogDet(gram) of a graded matrix keeps its small pivots', () => {
  const roots = [1e150, 1, 1e-20]
  const gram = Float64Array.of(1e300, 0, 0, 0, 1, 0, 0, 0, 1e-40)
  const expected = roots.reduce((sum, root) => sum + 2 * Math.log(root), 0)
  expect(relativeError(choleskyLogDet(gram, 3).logDet, expected)).toBeLessThan(EXACT)
})

test('choleskyLogDet(gram) of a singular matrix is -Infinity', () => {
  const singular = { logDet: -Infinity, minPivotRatio: 0 }
  expect(choleskyLogDet(Float64Array.of(1, 2, 2, 4), 2)).toEqual(singular)
  expect(choleskyLogDet(new Float64Array(9), 3)).toEqual(singular)
  expect(choleskyLogDet(Float64Array.of(1, 2, 2, 1), 2)).toEqual(singular)
})

test('choleskyLogDet(gram) leaves its argument alone', () => {
  const gram = gramWithPivots([1, 2, 3], 5)
  const copy = gram.slice()
  choleskyLogDet(gram, 3)
  expect(gram).toEqual(copy)
})
