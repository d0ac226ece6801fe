import { expect, test } from 'vitest'
import { digamma } from '../../src/math/special.ts'
import { beyondFirstOrder, typicalSum } from '../../src/theory/homogeneousSum.ts'
import { EXACT } from '../tolerances.ts'

const WIDTHS = [4, 12, 64]

/** E ln of a chi-square with k degrees of freedom. */
const lnChiSquare = (k: number) => digamma(k / 2) + Math.LN2

test.each([...WIDTHS, 2 ** 44])('typicalSum(linear, %i) is a chi-square', (n) => {
  const expected = lnChiSquare(n) - Math.log(n)
  expect(Math.abs(typicalSum({ left: 1, right: 1 }, n) - expected)).toBeLessThan(EXACT)
})

test.each(WIDTHS)('typicalSum(ReLU, %i) is a chi-square of as many as are live', (n) => {
  let [sum, mass, ways] = [0, 0, 1]
  for (let live = 1; live <= n; live++) {
    ways *= (n - live + 1) / live
    sum += ways * lnChiSquare(live)
    mass += ways
  }
  const expected = sum / mass - Math.log(n / 2)
  expect(Math.abs(typicalSum({ left: 0, right: 1 }, n) - expected)).toBeLessThan(EXACT)
})

test('beyondFirstOrder(slopes, n) is of second order', () => {
  const slopes = { left: 0.2, right: 1 }
  const [narrow, wide] = [200, 400].map((n) => n * n * beyondFirstOrder(slopes, n, false))
  expect(Math.abs(narrow! / wide! - 1)).toBeLessThan(0.02)
  expect(Math.abs(beyondFirstOrder({ left: 1, right: 1 }, 16, true))).toBeLessThan(EXACT)
})
