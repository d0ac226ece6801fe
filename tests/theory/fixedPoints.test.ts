import { describe, expect, test } from 'vitest'
import { correlationMap } from '../../src/theory/correlationMap.ts'
import { cStar, qStar } from '../../src/theory/fixedPoints.ts'
import { lengthMap } from '../../src/theory/lengthMap.ts'
import { fieldAt } from '../../src/theory/meanField.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { relativeError } from '../math/relativeError.ts'
import { QUADRATURE } from '../tolerances.ts'
import { tanhPhases } from './tanhPhases.ts'

describe.each(tanhPhases)('tanh at sw2 = $sw2, sb2 = $sb2', ({ sw2, sb2, q, c }) => {
  const field = fieldAt(plain('tanh'), Math.sqrt(sw2), Math.sqrt(sb2))
  test('qStar and cStar are those of the reference table', () => {
    expect(relativeError(qStar(field), q)).toBeLessThan(1e-4)
    expect(Math.abs(cStar(field, qStar(field))! - c)).toBeLessThan(1e-4)
  })
  test('qStar and cStar are fixed', () => {
    const [q1, c1] = [qStar(field), cStar(field, qStar(field))!]
    expect(relativeError(lengthMap(field)(q1), q1)).toBeLessThan(QUADRATURE)
    expect(Math.abs(correlationMap(field, q1)(c1) - c1)).toBeLessThan(QUADRATURE)
  })
})

test('qStar(field) is 0 or Infinity where q leaves, however slowly', () => {
  expect(qStar(fieldAt(plain('tanh'), 1, 0))).toBe(0)
  expect(qStar(fieldAt(plain('tanh'), 0.5, 0))).toBe(0)
  expect(qStar(fieldAt(plain('relu'), 1.5, 0))).toBe(Infinity)
  expect(qStar(fieldAt(plain('relu'), Math.SQRT2, 0.1))).toBe(Infinity)
})

test('qStar(field, start) is the start where every q is fixed', () => {
  expect(qStar(fieldAt(plain('relu'), Math.SQRT2, 0), 3)).toBe(3)
  expect(qStar(fieldAt(plain('linear'), 1, 0), 0.2)).toBe(0.2)
})

test('cStar(field, q) is 1 below the critical line and null where nothing moves', () => {
  expect(cStar(fieldAt(plain('relu'), Math.SQRT2, 0), 1)).toBe(1)
  expect(cStar(fieldAt(plain('linear'), 1, 0), 1)).toBeNull()
  expect(cStar(fieldAt(plain('linear'), 1, 0.3), 1)).toBe(1)
})

test('cStar(field, q) is 0 where a steep odd activation leaves nothing in common', () => {
  for (const act of ['hard_tanh', 'tanh', 'softsign'] as const) {
    const field = fieldAt({ ...plain(act), gain: 10 }, 10, 0)
    expect(cStar(field, qStar(field))).toBe(0)
  }
})
