import { describe, expect, it } from 'vitest'
import { diverging } from '../../src/charts/parts/colours.ts'
import { clampedScale, linearScale, log1pScale } from '../../src/charts/parts/scale.ts'

describe('linearScale(domain, range)', () => {
  it('brings the ends of the domain to those of the range, also turned around', () => {
    const up = linearScale([-1, 3], [200, 0])
    expect([-1, 0, 1, 3].map(up)).toEqual([200, 150, 100, 0])
  })

  it('goes on outside, and comes back by invert', () => {
    const across = linearScale([0, 10], [48, 148])
    expect(across(12)).toBe(168)
    expect([48, 98, 168].map(across.invert)).toEqual([0, 5, 12])
  })

  it('puts everything half-way where the domain is a single number', () => {
    expect(linearScale([2, 2], [0, 10])(7)).toBe(5)
  })

  it('has no place for what is no number', () => {
    expect(linearScale([0, 1], [0, 1])(NaN)).toBeNaN()
  })
})

it('log1pScale(domain, range) gives 0, 9 and 99 places at equal distances, and comes back by invert', () => {
  const across = log1pScale([0, 99], [0, 100])
  expect([0, 9, 99].map((layer) => across(layer).toFixed(9))).toEqual(
    [0, 50, 100].map((place) => place.toFixed(9)),
  )
  expect(across.invert(across(42))).toBeCloseTo(42, 9)
})

it('clampedScale(domain, range) keeps numbers and places inside', () => {
  const up = clampedScale([0, 4], [100, 0])
  expect([-1, 1, 5].map(up)).toEqual([100, 75, 0])
  expect([-20, 25, 120].map(up.invert)).toEqual([4, 3, 0])
})

describe('diverging(value)', () => {
  it('has its colours at the ends and in the middle, and keeps them outside', () => {
    const [brown, white, green] = ['rgb(84, 48, 5)', 'rgb(245, 245, 245)', 'rgb(0, 60, 48)']
    expect([-2, -1, 0, 1, 2].map(diverging)).toEqual([brown, brown, white, green, green])
  })

  it('goes evenly from colour to colour', () => {
    expect(diverging(-0.9)).toBe('rgb(112, 65, 8)')
  })
})
