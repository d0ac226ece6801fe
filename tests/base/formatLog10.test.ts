import { describe, expect, it } from 'vitest'
import { formatLog10, formatNumber } from '../../src/base/formatLog10.ts'

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
})
