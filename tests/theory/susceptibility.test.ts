import { describe, expect, test } from 'vitest'
import { erf } from '../../src/math/special.ts'
import { correlationMap } from '../../src/theory/correlationMap.ts'
import { qStar } from '../../src/theory/fixedPoints.ts'
import { fieldAt } from '../../src/theory/meanField.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { chi, chi1 } from '../../src/theory/susceptibility.ts'
import { relativeError } from '../math/relativeError.ts'
import { EXACT, PAIR_MOMENT, QUADRATURE } from '../tolerances.ts'
import { tanhPhases } from './tanhPhases.ts'

describe.each(tanhPhases)('chi1 of tanh at sw2 = $sw2, sb2 = $sb2', (row) => {
  test('is that of the reference table', () => {
    const field = fieldAt(plain('tanh'), Math.sqrt(row.sw2), Math.sqrt(row.sb2))
    expect(relativeError(chi1(field, qStar(field)), row.chi1)).toBeLessThan(3e-5)
  })
})

test('chi1(field, q) has the closed forms of erf and hard_tanh', () => {
  const q = 0.7
  const expected = { erf: 4 / Math.PI / Math.sqrt(1 + 4 * q), hard_tanh: erf(1 / Math.sqrt(2 * q)) }
  for (const act of ['erf', 'hard_tanh'] as const)
    expect(relativeError(chi1(fieldAt(plain(act), 1.3, 0), q), 1.69 * expected[act])).toBeLessThan(
      QUADRATURE,
    )
})

test('chi(field, q, c) is the slope of the correlation map at a fixed q', () => {
  for (const act of ['tanh', 'erf', 'sin'] as const) {
    const field = fieldAt(plain(act), 1.6, 0.4)
    const q = qStar(field)
    const map = correlationMap(field, q)
    for (const c of [-0.5, 0.2, 0.9]) {
      const slope = (map(c + 1e-4) - map(c - 1e-4)) / 2e-4
      expect(relativeError(chi(field, q, c), slope)).toBeLessThan(PAIR_MOMENT)
    }
    expect(relativeError(chi(field, q, 1), chi1(field, q))).toBeLessThan(EXACT)
  }
})
