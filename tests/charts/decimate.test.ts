import { describe, expect, it } from 'vitest'
import { decimate } from '../../src/charts/parts/decimate.ts'

describe('decimate(values, columns)', () => {
  it('keeps a short row whole', () => {
    expect(decimate(Float64Array.of(1, 2, 3), 10)).toEqual([0, 1, 2])
  })

  it('keeps at most four indices a pixel, ascending, both ends among them', () => {
    const kept = decimate(Float64Array.from({ length: 50_000 }, Math.sin), 500)
    expect(kept.length).toBeLessThanOrEqual(2000)
    expect([kept[0], kept.at(-1)]).toEqual([0, 49_999])
    expect([...kept].sort((p, q) => p - q)).toEqual(kept)
  })

  it('loses no spike, up or down, not even beside what does not exist', () => {
    const values = new Float64Array(50_000).fill(NaN, 0, 20_000)
    values[30_001] = 7
    values[40_003] = -9
    values[10_001] = 3
    const kept = decimate(values, 500)
    expect(kept).toEqual(expect.arrayContaining([30_001, 40_003, 10_001]))
  })
})
