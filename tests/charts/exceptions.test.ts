import { expect, it } from 'vitest'
import { exceptionsOf } from '../../src/charts/parts/exceptions.ts'

it('exceptionsOf(values) finds points alone, and stretches of zeros and infinities', () => {
  const zero = -Infinity
  expect(exceptionsOf(Float64Array.of(zero, zero, 1, NaN, 2, 3, zero, Infinity, 4))).toEqual({
    lonely: [2, 8],
    zeros: [
      [0, 1],
      [6, 6],
    ],
    infinities: [[7, 7]],
  })
  const nothing = { lonely: [], zeros: [], infinities: [] }
  expect(exceptionsOf(Float64Array.of(1, 2, 3))).toEqual(nothing)
  expect(exceptionsOf(new Float64Array(0))).toEqual(nothing)
  expect(exceptionsOf(Float64Array.of(5)).lonely).toEqual([0])
  const apart = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? i : NaN))
  expect(exceptionsOf(apart).lonely).toHaveLength(100)
})
