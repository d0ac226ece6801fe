import { describe, expect, it } from 'vitest'
import { emptyRows, type LayerRows } from '../../src/engine/statistics.ts'
import { defaultConfig } from '../../src/model/config.ts'
import {
  amountOf,
  checkConditions,
  type Condition,
  type Readings,
} from '../../src/state/challenge.ts'

function readingsWith(changes: Partial<LayerRows>): Readings {
  const rows = { ...emptyRows(2), ...changes }
  return { depth: 2, rows, spectra: [], summary: { gradientGrowth: 1.5, gscGrowth: null } }
}

const readings: Readings = {
  ...readingsWith({
    log10_gradient_rms: Float64Array.of(400, 0, 1),
    log10_weight_gradient_norm: Float64Array.of(NaN, 3, 1),
    mean_cosine: Float64Array.of(0.2, 0.4, 0.8),
  }),
  spectra: [
    { layer: 1, log10SingularValues: Float64Array.of(9, 9) },
    { layer: 2, log10SingularValues: Float64Array.of(1, -2) },
  ],
}

describe('amountOf(quantity, readings)', () => {
  it('keeps the ratio of a log10 row as a log10, beyond any float', () => {
    const quantity = { of: 'ratio', row: 'log10_gradient_rms' } as const
    expect(amountOf(quantity, readings)).toEqual({ value: 400, isLog10: true })
  })

  it('leaves out the layer for which a statistic does not exist', () => {
    const quantity = { of: 'ratio', row: 'log10_weight_gradient_norm' } as const
    expect(amountOf(quantity, readings).value).toBe(2)
  })

  it('divides the bottom by the top', () => {
    expect(amountOf({ of: 'arrival', row: 'log10_gradient_rms' }, readings).value).toBe(399)
    expect(amountOf({ of: 'arrival', row: 'mean_cosine' }, readings)).toEqual({
      value: 0.25,
      isLog10: false,
    })
  })

  it('reads a layer, the top one by name', () => {
    expect(amountOf({ of: 'value', row: 'mean_cosine', layer: 1 }, readings).value).toBe(0.4)
    expect(amountOf({ of: 'value', row: 'mean_cosine', layer: 'top' }, readings).value).toBe(0.8)
  })

  it('takes growth from the summary, and singular values from the top layer', () => {
    expect(amountOf({ of: 'growth', row: 'log10_gradient_rms' }, readings).value).toBe(1.5)
    expect(amountOf({ of: 'growth', row: 'log10_gsc' }, readings).value).toBeNaN()
    expect(amountOf({ of: 'singular', which: 'largest' }, readings).value).toBe(1)
    expect(amountOf({ of: 'singular', which: 'smallest' }, readings).value).toBe(-2)
    expect(amountOf({ of: 'singular', which: 'spread' }, readings).value).toBe(3)
  })

  it('is NaN for a spectrum that is not there', () => {
    const amount = amountOf({ of: 'singular', which: 'largest' }, { ...readings, spectra: [] })
    expect(amount.value).toBeNaN()
  })
})

describe('checkConditions(conditions, network, readings)', () => {
  const states = (condition: Condition, from: Readings | null = readings) =>
    checkConditions([condition], defaultConfig, from).map(({ state }) => state)

  it('holds settings to a list or to limits', () => {
    expect(states({ text: '', key: 'act', oneOf: ['relu', 'tanh'] })).toEqual(['met'])
    expect(states({ text: '', key: 'act', oneOf: ['relu'] })).toEqual(['unmet'])
    expect(states({ text: '', key: 'depth', atLeast: 64 })).toEqual(['met'])
    expect(states({ text: '', key: 'depth', atLeast: 65 })).toEqual(['unmet'])
    expect(states({ text: '', key: 'depth', atMost: 63 })).toEqual(['unmet'])
  })

  it('compares logarithms where a number has no other form', () => {
    const quantity = { of: 'arrival', row: 'log10_gradient_rms' } as const
    expect(states({ text: '', quantity, atMost: 3 })).toEqual(['unmet'])
    expect(states({ text: '', quantity, atLeast: 3 })).toEqual(['met'])
  })

  it('says what a number is now', () => {
    const quantity = { of: 'arrival', row: 'log10_gradient_rms' } as const
    const [checked] = checkConditions([{ text: 'so much', quantity }], defaultConfig, readings)
    expect(checked).toEqual({ text: 'so much', state: 'met', reading: '10³⁹⁹' })
  })

  it('knows nothing of a run that is not there, nor of a number that does not exist', () => {
    const quantity = { of: 'value', row: 'sign_diversity', layer: 'top' } as const
    expect(states({ text: '', quantity, atLeast: 0 }, null)).toEqual(['unknown'])
    expect(states({ text: '', quantity, atLeast: 0 })).toEqual(['unknown'])
  })

  it('takes a gradient that is exactly zero for none', () => {
    const dead = readingsWith({ log10_gradient_rms: Float64Array.of(-Infinity, 0, 0) })
    const quantity = { of: 'arrival', row: 'log10_gradient_rms' } as const
    expect(states({ text: '', quantity, atLeast: 0.1 }, dead)).toEqual(['unmet'])
  })
})
