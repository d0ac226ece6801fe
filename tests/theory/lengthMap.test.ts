import { describe, expect, test } from 'vitest'
import type { ActivationId } from '../../src/model/activations.ts'
import { lengthMap, lengthMapSlope } from '../../src/theory/lengthMap.ts'
import type { MeanField } from '../../src/theory/meanField.ts'
import { fieldAt } from '../../src/theory/meanField.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import golden from '../golden/length_maps.json' with { type: 'json' }
import { relativeError } from '../math/relativeError.ts'
import { EXACT, LENGTH_MAP_SLOPE, QUADRATURE } from '../tolerances.ts'

describe.each(golden.data)('lengthMap of $activation at sw2 = $sw2, sb2 = $sb2', (row) => {
  const field: MeanField = {
    nonlinearity: plain(row.activation as ActivationId),
    weightVariance: Number(row.sw2),
    biasVariance: Number(row.sb2),
  }
  test('iterated 30 times follows 30 digits', () => {
    const step = lengthMap(field)
    let q = Number(row.q[0])
    for (const expected of row.q.slice(1)) {
      q = step(q)
      expect(relativeError(q, Number(expected))).toBeLessThan(QUADRATURE)
    }
  })
})

test('lengthMap(q) is the identity for ReLU at weightVariance 2, biasVariance 0', () => {
  const step = lengthMap(fieldAt(plain('relu'), Math.SQRT2, 0))
  for (const q of [1e-30, 0.3, 5, 1e30]) expect(relativeError(step(q), q)).toBeLessThan(EXACT)
})

test('lengthMap(q) of tanh without gain falls as 1 / (2 l)', () => {
  const step = lengthMap(fieldAt(plain('tanh'), 1, 0))
  const seen: number[] = []
  for (let q = 1, l = 1; l <= 200; l++) seen.push((q = step(q)))
  const expected = { 1: 0.39429, 5: 0.10344, 10: 0.0522, 50: 0.01022, 100: 0.00507, 200: 0.00252 }
  for (const [l, q] of Object.entries(expected))
    expect(seen[Number(l) - 1]!.toPrecision(3)).toBe(q.toPrecision(3))
})

test.each(['tanh', 'gelu', 'selu', 'hard_tanh', 'softplus'] as const)(
  'lengthMapSlope of %s is the slope of its length map',
  (act) => {
    const field = fieldAt({ ...plain(act), gain: 1.3, a: 1.2, b: -0.4 }, 1.5, 0.3)
    const [step, h] = [lengthMap(field), 1e-3]
    const [f2, f1, b1, b2] = [2, 1, -1, -2].map((k) => step(0.8 + k * h)) as [
      number,
      number,
      number,
      number,
    ]
    const slope = (8 * (f1 - b1) - (f2 - b2)) / (12 * h)
    expect(relativeError(lengthMapSlope(field, 0.8), slope)).toBeLessThan(LENGTH_MAP_SLOPE)
  },
)

test('lengthMapSlope(field, q) refuses q = 0', () => {
  expect(() => lengthMapSlope(fieldAt(plain('tanh'), 1, 0), 0)).toThrow('q must be > 0')
})
