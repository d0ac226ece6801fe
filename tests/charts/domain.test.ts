import { describe, expect, it } from 'vitest'
import {
  domainOf,
  layerTicks,
  log10Ticks,
  logLayerTicks,
  rankTicks,
} from '../../src/charts/parts/domain.ts'

const labels = (low: number, high: number) => log10Ticks([low, high], 6).map(({ label }) => label)

describe('domainOf(rows, minSpan)', () => {
  it('covers all finite values with a margin and ignores the rest', () => {
    const [low, high] = domainOf(
      [Float64Array.of(-3, NaN, Infinity), Float64Array.of(5, -Infinity)],
      1,
    )
    expect([low < -3, high > 5, low > -4, high < 6]).toEqual([true, true, true, true])
  })

  it('keeps a flat row flat, and stands around 0 where there is no value', () => {
    const [low, high] = domainOf([Float64Array.of(2, 2.001)], 2)
    expect(high - low).toBeGreaterThanOrEqual(2)
    expect(domainOf([], 2)[0]).toBe(-domainOf([], 2)[1])
  })
})

describe('log10Ticks(domain, count)', () => {
  it('are whole powers of ten on a long axis', () => {
    expect(labels(-250, 250)).toEqual(['10⁻²⁰⁰', '10⁻¹⁰⁰', '1', '10¹⁰⁰', '10²⁰⁰'])
  })

  it('are 1, 2 and 5 times a power of ten on a short one', () => {
    expect(labels(-1.1, 0.4)).toEqual(['0.1', '0.2', '0.5', '1', '2'])
    expect(labels(400, 400.8)).toEqual(['10⁴⁰⁰', '2×10⁴⁰⁰', '5×10⁴⁰⁰'])
  })
})

describe('layerTicks(depth, count)', () => {
  it('are whole layers', () => {
    expect(layerTicks(1, 5).map(({ value }) => value)).toEqual([0, 1])
    expect(layerTicks(50_000, 5).at(-1)?.label).toBe('50,000')
  })
})

describe('rankTicks(count, most)', () => {
  it('begin at the first', () => {
    expect(rankTicks(100, 5).map(({ value }) => value)).toEqual([1, 20, 40, 60, 80, 100])
    expect(rankTicks(2, 5).map(({ value }) => value)).toEqual([1, 2])
  })
})

describe('logLayerTicks(depth, count)', () => {
  it('starts at the input and goes on in 1, 2, 5 times powers of ten, never past the top', () => {
    expect(logLayerTicks(60, 20).map(({ value }) => value)).toEqual([0, 1, 2, 5, 10, 20, 50])
    expect(logLayerTicks(1, 5).map(({ value }) => value)).toEqual([0, 1])
  })

  it('leaves out what there is no room for', () => {
    const values = logLayerTicks(50_000, 5).map(({ value }) => value)
    expect(values.length).toBeLessThanOrEqual(10)
    expect(values.at(-1)).toBeGreaterThan(5000)
  })
})
