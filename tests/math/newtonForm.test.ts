import { expect, test } from 'vitest'
import {
  dividedDifferences,
  interpolationWeights,
  leadingTerms,
  newtonValue,
  productSums,
} from '../../src/math/newtonForm.ts'
import { EXACT } from '../tolerances.ts'
import { relativeError } from './relativeError.ts'

const cubic = (x: number) => 2 - 3 * x + 0.5 * x * x + x ** 3
const nodes = Float64Array.of(0, -1, -1.5, -4)
const c = dividedDifferences(nodes, nodes.map(cubic))

test('newtonValue(c, nodes, x) is the polynomial that went in', () => {
  for (const x of [-7, -1, 0.3, 5])
    expect(relativeError(newtonValue(c, nodes, x), cubic(x))).toBeLessThan(EXACT)
})

test('interpolationWeights(nodes, x) give the same polynomial', () => {
  for (const x of [-7, 0.3, 5]) {
    const value = interpolationWeights(nodes, x).reduce(
      (sum, w, i) => sum + w * cubic(nodes[i]!),
      0,
    )
    expect(relativeError(value, cubic(x))).toBeLessThan(EXACT)
  }
})

test('productSums(nodes, count) sum a polynomial over a grid', () => {
  const count = 7
  const sums = productSums(nodes, count)
  const byTerms = c.reduce((sum, value, m) => sum + value * sums[m]!, 0)
  let byValues = 0
  for (let j = 0; j < count; j++) byValues += cubic(j / count)
  expect(relativeError(byTerms, byValues)).toBeLessThan(EXACT)
  expect(sums).toHaveLength(nodes.length + 1)
})

test('leadingTerms(c, nodes, tolerance) leave out no more than is tolerated, and all that is', () => {
  const [around, tolerance] = [Float64Array.of(0, 1, -2, 3.5, 6), 1e-3]
  const small = (x: number) => 2 - 3 * x + 1e-6 * x ** 4
  const all = dividedDifferences(around, around.map(small))
  const kept = leadingTerms(all, around, tolerance)
  expect(kept).toHaveLength(2)
  for (const x of [0, 0.25, 0.5, 1])
    expect(Math.abs(newtonValue(kept, around, x) - small(x))).toBeLessThan(tolerance)
  expect(leadingTerms(all, around, 0)).toHaveLength(5)
})
