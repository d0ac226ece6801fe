import { describe, expect, it } from 'vitest'
import {
  autocorrelationOf,
  curvatureOf,
  lengthOf,
  type SampleCurve,
} from '../../src/charts/parts/sampleCurve.ts'

/** The curve theta -> (cos k theta, sin k theta) for several k at once, on m points, each point of unit length. */
function winding(m: number, ks: readonly number[], isClosed = true): SampleCurve {
  const cosines = Float32Array.from({ length: m * m }, (_, i) => {
    const theta = (2 * Math.PI * (Math.floor(i / m) - (i % m))) / m
    return ks.reduce((sum, k) => sum + Math.cos(k * theta), 0) / ks.length
  })
  return { samples: m, cosines, isClosed }
}

describe('the curve through the samples', () => {
  it('of a circle is one turn long and bends by one turn', () => {
    expect(lengthOf(winding(64, [1]))).toBeCloseTo(1, 3)
    expect(curvatureOf(winding(64, [1]))).toBeCloseTo(1, 2)
  })

  it('that goes round three times is three turns long and bends by three', () => {
    expect(lengthOf(winding(64, [3]))).toBeCloseTo(3, 2)
    expect(curvatureOf(winding(64, [3]))).toBeCloseTo(3, 2)
  })

  it('in four dimensions has the length and curvature of its closed form', () => {
    // |x'|^2 and |x''|^2 of unit-speed harmonics 1 and 4 in equal parts.
    const [speed, bend] = [Math.sqrt((1 + 16) / 2), Math.sqrt((1 + 256) / 2)]
    expect(lengthOf(winding(512, [1, 4]))).toBeCloseTo(speed, 2)
    expect(curvatureOf(winding(512, [1, 4]))).toBeCloseTo(bend / speed, 1)
  })

  it('has an autocorrelation that is the cosine law of a circle', () => {
    const row = autocorrelationOf(winding(16, [1]))
    expect([...row].map((v) => v.toFixed(3))).toEqual(
      Array.from({ length: 9 }, (_, k) => Math.cos((Math.PI * k) / 8).toFixed(3)),
    )
  })

  it('is shorter while it is open, and a single point has neither length nor curvature', () => {
    expect(lengthOf(winding(64, [1], false))).toBeCloseTo(63 / 64, 3)
    const point = { samples: 4, cosines: new Float32Array(16).fill(1), isClosed: true }
    expect([lengthOf(point), curvatureOf(point)]).toEqual([0, 0])
  })
})
