import { describe, expect, test } from 'vitest'
import { activationIds } from '../../src/model/activations.ts'
import { momentLaw } from '../../src/theory/moments.ts'
import { slopeSpread } from '../../src/theory/slopeSpread.ts'
import { unitMoments } from '../../src/theory/unitMoments.ts'
import { UNIT_MOMENTS } from '../tolerances.ts'

const STEP = 1e-3
const places = [-5.03, 0.07, 2.61]

describe.each(activationIds)(
  'unitMoments of %s agree with the moments of mean-field theory',
  (act) => {
    test.each(places)('at ln q = %d', (lnQ) => {
      const f = { act, slope: 0.1, gain: 1.2, a: 1.1, b: 0.2 }
      const law = momentLaw(f)
      const at = law(lnQ)
      const bend = (rate: 'lnSquare' | 'lnSlope') =>
        (law(lnQ + STEP).rates[rate] - law(lnQ - STEP).rates[rate]) / (2 * STEP)
      const expected = {
        slopeSpread: slopeSpread(f, lnQ),
        slopeSquare: at.slopeSquare,
        slopeRate: at.rates.lnSlope,
        slopeBend: bend('lnSlope'),
        squareRate: at.rates.lnSquare,
        squareBend: bend('lnSquare'),
        stretch: Math.exp(at.lnSlope + lnQ - at.lnSquare),
      }
      const found = unitMoments(f, lnQ)
      for (const [id, value] of Object.entries(expected)) {
        const error = Math.abs(found[id as keyof typeof expected] - value) / Math.max(1, value)
        expect(error, id).toBeLessThan(UNIT_MOMENTS)
      }
    })
  },
)

test('unitMoments(ReLU): half of the units are idle, and dead', () => {
  const f = { act: 'relu', slope: 0, gain: 1, a: 1, b: 0 } as const
  const { flat, idle, dead, squareSpread, slopeTilt, squareTilt } = unitMoments(f, 3)
  for (const share of [flat, idle, dead]) expect(Math.abs(share - 0.5)).toBeLessThan(UNIT_MOMENTS)
  expect(Math.abs(squareSpread - 5)).toBeLessThan(UNIT_MOMENTS)
  expect(Math.abs(slopeTilt - Math.sqrt(2 / Math.PI))).toBeLessThan(UNIT_MOMENTS)
  expect(Math.abs(squareTilt - 4 / Math.sqrt(2 * Math.PI))).toBeLessThan(UNIT_MOMENTS)
})

test('unitMoments(linear): nothing varies but the length', () => {
  const f = { act: 'linear', slope: 0, gain: 1, a: 1, b: 0 } as const
  const { slopeSpread: spread, squareSpread, slopeMean, slopeVariety } = unitMoments(f, 0)
  for (const none of [spread, slopeMean, slopeVariety])
    expect(Math.abs(none)).toBeLessThan(UNIT_MOMENTS)
  expect(Math.abs(squareSpread - 2)).toBeLessThan(UNIT_MOMENTS)
})
