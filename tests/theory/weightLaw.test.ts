import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../src/model/config.ts'
import { predictWeights } from '../../src/theory/weightLaw.ts'
import { EXACT, QUADRATURE, QUARTER_CIRCLE_MEAN_SQUARE } from '../tolerances.ts'

const WIDTH = 512

const valuesOf = (overrides: Partial<typeof defaultConfig>) =>
  [...predictWeights({ ...defaultConfig, width: WIDTH, ...overrides }).log10SingularValues].map(
    (log10) => 10 ** log10,
  )

/** Mass of the quarter circle of radius 2 from 0 to s, by its area. */
const quarterCircleMass = (s: number) =>
  (s * Math.sqrt(4 - s * s) + 4 * Math.asin(s / 2)) / (2 * Math.PI)

describe('predictWeights(config)', () => {
  it.each(['gaussian', 'uniform'] as const)(
    '%s: puts singular values at the quantiles of a quarter circle of radius 2 sw and mass 1',
    (init) => {
      const sw = 1.7
      const values = valuesOf({ init, sw })
      expect(values).toHaveLength(WIDTH)
      values.forEach((value, i) => {
        const above = 1 - quarterCircleMass(value / sw)
        expect(Math.abs(above - (i + 0.5) / WIDTH)).toBeLessThan(QUADRATURE)
      })
      expect(values[0]).toBeLessThan(2 * sw)
      expect(quarterCircleMass(2)).toBe(1)
    },
  )

  it('keeps the mean square of the entries of a row: sw^2', () => {
    const sw = 0.8
    for (const init of ['gaussian', 'orthogonal', 'looks_linear'] as const) {
      const squares = valuesOf({ init, sw }).map((value) => value * value)
      const mean = squares.reduce((sum, square) => sum + square, 0) / WIDTH
      const expected = init === 'looks_linear' ? 2 * sw * sw : sw * sw
      expect(Math.abs(mean / expected - 1)).toBeLessThan(QUARTER_CIRCLE_MEAN_SQUARE)
    }
  })

  it('orthogonal: all sw; looks linear: half of them 2 sw, the others exactly zero', () => {
    for (const value of valuesOf({ init: 'orthogonal', sw: 1.3 }))
      expect(Math.abs(value / 1.3 - 1)).toBeLessThan(EXACT)
    const mirrored = valuesOf({ init: 'looks_linear', sw: 1.3, width: 6 })
    for (const value of mirrored.slice(0, 3)) expect(Math.abs(value / 2.6 - 1)).toBeLessThan(EXACT)
    expect(mirrored.slice(3)).toEqual([0, 0, 0])
  })

  it('of weights of scale zero says zero', () => {
    expect(new Set(valuesOf({ sw: 0 }))).toEqual(new Set([0]))
  })
})
