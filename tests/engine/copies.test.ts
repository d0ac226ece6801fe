import { expect, test } from 'vitest'
import { countDistinctRows } from '../../src/engine/copies.ts'
import { run } from './run.ts'

const small = { depth: 6, width: 5, batch: 6, data: 'repeated', act: 'tanh' } as const

test('countDistinctRows counts copies once and stops at three', () => {
  const rows = (...values: readonly number[]) => ({
    values: Float64Array.from(values),
    exponent: 0,
  })
  expect(countDistinctRows(rows(1, 2, 1, 2, 1, 2), 2)).toBe(1)
  expect(countDistinctRows(rows(1, 2, 3, 4, 1, 2), 2)).toBe(2)
  expect(countDistinctRows(rows(1, 2, 3, 4, 5, 6, 7, 8), 2)).toBe(3)
})

test.each([
  { norm: 'batch', distinct: 2 },
  { norm: 'batch_uncentered', distinct: 1 },
] as const)('$norm leaves no weight gradient of $distinct different rows', async (lost) => {
  const { rows } = await run({ ...small, ...lost })
  expect([...rows.log10_weight_gradient_norm.subarray(1)]).toEqual(Array(6).fill(-Infinity))
})

test.each([
  { norm: 'batch', distinct: 3 },
  { norm: 'batch_uncentered', distinct: 2 },
] as const)('$norm leaves a weight gradient of $distinct different rows', async (kept) => {
  const { rows } = await run({ ...small, ...kept })
  expect(rows.log10_weight_gradient_norm.subarray(1).every((v) => v > -3)).toBe(true)
})

test('in the pre-activation order the cotangent reaches the last weights past all normalizations', async () => {
  const { rows } = await run({ ...small, norm: 'batch', distinct: 2, order: 'norm_act_linear' })
  expect(rows.log10_weight_gradient_norm[6]).toBeGreaterThan(-3)
  expect(rows.log10_weight_gradient_norm[5]).toBe(-Infinity)
})
