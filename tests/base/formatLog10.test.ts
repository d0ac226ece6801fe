import { describe, expect, it } from 'vitest'
import { formatFactor, formatLog10, formatNumber } from '../../src/base/formatLog10.ts'

describe('formatLog10(log10)', () => {
  it.each([
    [0, '1'],
    [Math.log10(1.2345), '1.23'],
    [-2, '0.01'],
    [400, '10⁴⁰⁰'],
    [-4000.5, '3.16×10⁻⁴⁰⁰¹'],
    [6 - 1e-9, '10⁶'],
    [-Infinity, '0'],
    [Infinity, '∞'],
    [NaN, '–'],
  ])('writes 10^%d as %s', (log10, text) => {
    expect(formatLog10(log10)).toBe(text)
  })
})

describe('formatNumber(value, digits)', () => {
  it('keeps the significant digits and no trailing zeros', () => {
    expect([formatNumber(1.21149, 4), formatNumber(-0.5), formatNumber(1234.5)]).toEqual([
      '1.211',
      '−0.5',
      '1235',
    ])
  })

  it('writes what is nearly nothing with a power of ten', () => {
    expect([0.0001, 2.6e-5, -1.234e-7, 0].map((value) => formatNumber(value))).toEqual([
      '0.0001',
      '2.6×10⁻⁵',
      '−1.23×10⁻⁷',
      '0',
    ])
  })
})

describe('formatFactor(value, most)', () => {
  it.each([
    [1, '1'],
    [1 - 1e-12, '1'],
    [0.9, '0.9'],
    [1.46712, '1.467'],
    [0.99998, '0.99998'],
    [0.99926, '0.9993'],
    [1.0000004, '1.0000004'],
    [2.6e-5, '2.6×10⁻⁵'],
  ])('writes %d as %s', (value, text) => {
    expect(formatFactor(value)).toBe(text)
  })

  it('says no more than it may', () => {
    expect(formatFactor(0.99998, 4)).toBe('1')
  })
})
