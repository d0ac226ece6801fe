import { describe, expect, test } from 'vitest'
import { depthScales } from '../../src/theory/depthScales.ts'
import { fieldAt } from '../../src/theory/meanField.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { relativeError } from '../math/relativeError.ts'
import { THREE_DIGITS } from '../tolerances.ts'
import { tanhPhases } from './tanhPhases.ts'

describe.each(tanhPhases)('depthScales of tanh at sw2 = $sw2, sb2 = $sb2', (row) => {
  test('are those of the reference table', () => {
    const scales = depthScales(fieldAt(plain('tanh'), Math.sqrt(row.sw2), Math.sqrt(row.sb2)))
    expect(relativeError(scales.xiQ!, row.xiQ)).toBeLessThan(THREE_DIGITS)
    expect(relativeError(scales.xiC!, row.xiC)).toBeLessThan(THREE_DIGITS)
    expect(relativeError(scales.xiGrad, row.xiGrad)).toBeLessThan(THREE_DIGITS)
  })
})

test('depthScales(field) are infinite for ReLU on its critical line', () => {
  const { xiQ, xiC, xiGrad } = depthScales(fieldAt(plain('relu'), Math.SQRT2, 0))
  expect([xiQ, xiC, xiGrad]).toEqual([Infinity, Infinity, Infinity])
})

test('depthScales(field) do not exist where q vanishes', () => {
  const { xiQ, xiC, xiGrad } = depthScales(fieldAt(plain('tanh'), 0.5, 0))
  expect([xiQ, xiC]).toEqual([null, null])
  expect(relativeError(xiGrad, 1 / Math.log(4))).toBeLessThan(THREE_DIGITS)
})
