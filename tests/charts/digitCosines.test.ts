import { describe, expect, it } from 'vitest'
import { digitCosines } from '../../src/charts/parts/digitCosines.ts'
import type { LayerPicture } from '../../src/engine/protocol.ts'

const picture = (cosines: readonly number[]): LayerPicture => ({
  layer: 0,
  samples: Math.sqrt(cosines.length),
  cosines: Float32Array.from(cosines),
  projection: new Float32Array(0),
  componentShares: new Float32Array(3),
})

describe('digitCosines(pictures, labels)', () => {
  const four = [1, 0.5, 0.1, 0.2, 0.5, 1, 0.3, 0.4, 0.1, 0.3, 1, 0.7, 0.2, 0.4, 0.7, 1]

  it('are means over the pairs of one digit, of different ones, and within each class', () => {
    const { same, different, ofClass } = digitCosines([picture(four)], Uint8Array.of(7, 7, 2, 2))
    expect(same[0]).toBeCloseTo((0.5 + 0.7) / 2, 6)
    expect(different[0]).toBeCloseTo((0.1 + 0.3 + 0.2 + 0.4) / 4, 6)
    expect([ofClass[7]![0], ofClass[2]![0]].map((mean) => mean!.toFixed(2))).toEqual([
      '0.50',
      '0.70',
    ])
    expect(ofClass[1]![0]).toBeNaN()
  })

  it('leave out pairs with a row of zeros, and do not exist where no pair is left', () => {
    const zero = [NaN, NaN, NaN, 1]
    const { same, different } = digitCosines([picture(zero)], Uint8Array.of(1, 1))
    expect([same[0], different[0]]).toEqual([NaN, NaN])
  })
})
