import { describe, expect, test } from 'vitest'
import { fieldAt } from '../../src/theory/meanField.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { criticalWeightDeviation, phase } from '../../src/theory/phase.ts'
import { relativeError } from '../math/relativeError.ts'
import { EXACT, QUADRATURE } from '../tolerances.ts'

// sb2, sw2 on the edge of chaos of tanh.
describe.each([
  [0, 1],
  [2.01e-5, 1.05],
  [1e-4, 1.086],
  [1e-3, 1.1892],
  [0.0025, 1.2601],
  [0.01, 1.4242],
  [0.04, 1.7008],
  [0.05, 1.761],
  [0.09, 1.9477],
  [0.1, 1.9861],
  [0.2, 2.2852],
  [0.25, 2.4015],
  [0.5, 2.8432],
  [1, 3.4432],
])('criticalWeightDeviation of tanh at sb2 = %d', (sb2, sw2) => {
  test('is that of the reference table', () => {
    const sw = criticalWeightDeviation(plain('tanh'), Math.sqrt(sb2))!
    expect((sw * sw).toFixed(4)).toBe(sw2.toFixed(4))
    expect(phase(fieldAt(plain('tanh'), sw, Math.sqrt(sb2)))).toBe('critical')
  })
})

test.each([
  [0.1, '1.1934'],
  [0.3, '1.3956'],
  [0.5, '1.5497'],
])('criticalWeightDeviation of tanh at sb = %d is %s', (sb, sw) => {
  expect(criticalWeightDeviation(plain('tanh'), sb)!.toFixed(4)).toBe(sw)
})

test('criticalWeightDeviation of erf is its closed form, parametrized by q', () => {
  for (const q of [0.2532, 1.0459]) {
    const sw2 = (Math.PI / 4) * Math.sqrt(1 + 4 * q)
    const sb2 = q - sw2 * (2 / Math.PI) * Math.asin((2 * q) / (1 + 2 * q))
    const sw = criticalWeightDeviation(plain('erf'), Math.sqrt(sb2))!
    expect(relativeError(sw * sw, sw2)).toBeLessThan(QUADRATURE)
  }
  expect(relativeError(criticalWeightDeviation(plain('erf'), 0)! ** 2, Math.PI / 4)).toBeLessThan(
    EXACT,
  )
})

test('criticalWeightDeviation of relu-like activations is a point', () => {
  expect(relativeError(criticalWeightDeviation(plain('relu'), 0)!, Math.SQRT2)).toBeLessThan(EXACT)
  expect(criticalWeightDeviation(plain('relu'), 0.1)).toBeNull()
  const leaky = criticalWeightDeviation(plain('leaky_relu', 0.2), 0)!
  expect(relativeError(leaky, Math.sqrt(2 / 1.04))).toBeLessThan(EXACT)
})

test('phase(field) on either side of the line', () => {
  expect(phase(fieldAt(plain('tanh'), 1.1, 0.1))).toBe('ordered')
  expect(phase(fieldAt(plain('tanh'), 1.3, 0.1))).toBe('chaotic')
  expect(phase(fieldAt(plain('relu'), Math.SQRT2, 0))).toBe('critical')
})
