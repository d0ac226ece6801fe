import { describe, expect, it } from 'vitest'
import { networkKeys } from '../../src/model/config.ts'
import { emptyRows } from '../../src/engine/statistics.ts'
import { quantitiesOf } from '../../src/state/sweepPoints.ts'
import { filledValues, rangeOf, suggestedValues } from '../../src/state/sweepValues.ts'

const depth = rangeOf('depth')!
const sw = rangeOf('sw')!

describe('suggestedValues(key)', () => {
  it.each(networkKeys)('gives %s several legal values', (key) => {
    expect(suggestedValues(key).length).toBeGreaterThan(1)
  })

  it('gives a menu all of its words', () => {
    expect(suggestedValues('norm')).toContain('batch_uncentered')
    expect(suggestedValues('gpn')).toEqual([0, 1])
  })
})

describe('filledValues(range, filling)', () => {
  it('goes from one end to the other in equal steps or equal factors', () => {
    expect(filledValues(sw, { from: 0.5, to: 2.5, count: 5, spacing: 'linear' })).toEqual([
      0.5, 1, 1.5, 2, 2.5,
    ])
    expect(filledValues(depth, { from: 1, to: 1000, count: 4, spacing: 'log' })).toEqual([
      1, 10, 100, 1000,
    ])
  })

  it('keeps the ends as they are, and rounds what is between', () => {
    const [first, second, last] = filledValues(sw, {
      ...{ from: 0.12345, to: 1.98765, count: 3, spacing: 'linear' },
    })
    expect([first, second, last]).toEqual([0.12345, 1.06, 1.98765])
  })

  it('gives no value twice, and no more than a sweep takes', () => {
    expect(filledValues(depth, { from: 1, to: 3, count: 10, spacing: 'linear' })).toEqual([1, 2, 3])
    const many = filledValues(sw, { from: 0, to: 10, count: 100, spacing: 'linear' })
    expect(many).toHaveLength(32)
  })
})

describe('quantitiesOf(outcome)', () => {
  const rows = emptyRows(2)
  rows.log10_gradient_rms.set([5, 3, 1])
  rows.log10_weight_gradient_norm.set([NaN, 4, -2])
  rows.log10_activation_rms.set([0, -1, -7])
  const spectrum = { layer: 2, log10SingularValues: Float64Array.of(1, 0, -Infinity) }

  it('reads the ends of the rows', () => {
    const quantities = quantitiesOf({ rows, gradientGrowth: 1.5, gscGrowth: null, spectrum })
    expect(quantities).toMatchObject({
      gradient_growth: 1.5,
      log10_gradient: 4,
      log10_weight_gradient: 4,
      log10_gradient_ratio: 6,
      log10_activation_rms: -7,
      log10_condition: Infinity,
    })
    expect([quantities.gsc_growth, quantities.mean_cosine]).toEqual([NaN, NaN])
  })

  it('knows nothing of rows that nobody knows', () => {
    const outcome = { rows: { log10_gradient_rms: null }, gradientGrowth: null, gscGrowth: null }
    expect(Object.values(quantitiesOf(outcome)).every(Number.isNaN)).toBe(true)
  })

  it('has no ratio of gradients that are all zero, and an infinite one where some are', () => {
    const ratioOf = (...gradients: readonly number[]) => {
      const zeros = emptyRows(2)
      zeros.log10_weight_gradient_norm.set([NaN, ...gradients])
      const outcome = { rows: zeros, gradientGrowth: null, gscGrowth: null }
      return quantitiesOf(outcome).log10_gradient_ratio
    }
    expect(ratioOf(-Infinity, -Infinity)).toBeNaN()
    expect(ratioOf(0, -Infinity)).toBe(Infinity)
    expect(ratioOf(3, 3)).toBe(0)
  })
})
