import { describe, expect, it } from 'vitest'
import { networkFields, networkKeys } from '../../src/model/config.ts'
import { controls, groups, keysOf } from '../../src/ui/controls/controls.ts'
import { sliderScaleOf } from '../../src/ui/controls/sliderScale.ts'

describe('controls', () => {
  it('put every key of the network in one group', () => {
    const shown = groups.flatMap(keysOf)
    expect([...shown].sort()).toEqual([...networkKeys].sort())
  })

  it.each(networkKeys)('%s has a label, a hint, and words for every entry of its menu', (key) => {
    const { label, hint, labels } = controls[key]
    const field = networkFields[key]
    expect(label).not.toBe('')
    expect(hint).toMatch(/\.$/)
    if ('options' in field)
      for (const option of field.options) expect(labels?.[option]).toEqual(expect.any(String))
  })
})

describe('sliderScaleOf(field, control, top)', () => {
  const numeric = networkKeys.flatMap((key) => {
    const field = networkFields[key]
    return 'min' in field ? [[key, field] as const] : []
  })

  it.each(numeric)('%s: every place of the thumb is a legal value, ends included', (key, field) => {
    const scale = sliderScaleOf(field, controls[key], field.max)
    if (!scale) {
      expect(key).toBe('seed')
      return
    }
    for (let thumb = scale.min; thumb <= scale.max; thumb += scale.step) {
      const value = scale.toValue(thumb)
      expect(field.parse(field.format(value))).toBe(value)
    }
    expect(scale.toValue(scale.min)).toBe(field.min)
    expect(scale.toValue(scale.max)).toBeLessThanOrEqual(field.max)
  })

  it.each(['width', 'batch'] as const)('%s stops at powers of two, and at the default', (key) => {
    const scale = sliderScaleOf(networkFields[key], controls[key], 1024)
    const { initial } = networkFields[key]
    expect(scale?.toValue(scale.toThumb(initial))).toBe(initial)
    expect(scale?.toThumb(112)).toBe((scale?.toThumb(96) ?? 0) + 0.5)
    expect([scale?.toThumb(2), scale?.toThumb(1024)]).toEqual([scale?.min, scale?.max])
  })

  it('gives the small and the large depths the same room', () => {
    const scale = sliderScaleOf(networkFields.depth, controls.depth, 50_000)
    expect(scale?.toValue(scale.toThumb(64))).toBe(60)
    const [ten, hundred, thousand] = [10, 100, 1000].map((depth) => scale?.toThumb(depth) ?? NaN)
    expect(hundred! - ten!).toBe(thousand! - hundred!)
    expect(scale?.toValue(scale.max)).toBe(50_000)
  })

  it('ends at what is legal at the moment', () => {
    const scale = sliderScaleOf(networkFields.distinct, controls.distinct, 32)
    expect(scale?.toValue(scale.max)).toBe(32)
  })

  it.each(numeric)('%s: every step of an arrow key changes the value', (key, field) => {
    const scale = sliderScaleOf(field, controls[key], field.max)
    if (!scale) return
    const steps = Math.round((scale.max - scale.min) / scale.step)
    const thumbs = Array.from({ length: steps + 1 }, (_, i) => scale.min + i * scale.step)
    expect(new Set(thumbs.map(scale.toValue)).size).toBe(steps + 1)
  })
})
