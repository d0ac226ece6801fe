import { describe, expect, it } from 'vitest'
import {
  add,
  complex,
  divide,
  exp,
  expm1,
  ln,
  modulus,
  multiply,
  scale,
  subtract,
} from '../../src/math/complex.ts'
import { EXACT, ROUNDED } from '../tolerances.ts'

const samples = [complex(1, 2), complex(-0.3, 0.7), complex(4, -1e-3), complex(-2)]
const distance = (a: ReturnType<typeof complex>, b: ReturnType<typeof complex>) =>
  modulus(subtract(a, b))

describe('complex numbers', () => {
  it('divide what they multiply', () => {
    for (const a of samples)
      for (const b of samples) expect(distance(divide(multiply(a, b), b), a)).toBeLessThan(EXACT)
  })

  it('have i as a root of -1', () => {
    expect(multiply(complex(0, 1), complex(0, 1))).toEqual(complex(-1, 0))
    expect(add(scale(2, complex(1, 3)), complex(-2))).toEqual(complex(0, 6))
  })

  it('are the exponential of their logarithm, whose angle lies in (-pi, pi]', () => {
    for (const a of samples) expect(distance(exp(ln(a)), a)).toBeLessThan(EXACT)
    expect(ln(complex(-1)).im).toBe(Math.PI)
  })

  it('keep all digits of exp(a) - 1 where a is small', () => {
    const small = complex(3e-12, -4e-12)
    expect(distance(expm1(small), small) / modulus(small)).toBeLessThan(1e4 * ROUNDED)
    for (const a of samples)
      expect(distance(expm1(a), subtract(exp(a), complex(1)))).toBeLessThan(EXACT * 100)
  })
})
