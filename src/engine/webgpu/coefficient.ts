import { MIN_EXPONENT } from './layout.ts'

/** A factor that may lie beyond the range of f32: mantissa * 2^exponent, 1 <= |mantissa| < 2 or 0. */
export interface Coefficient {
  readonly mantissa: number
  readonly exponent: number
}

export function coefficient(value: number): Coefficient {
  if (value === 0) return { mantissa: 0, exponent: MIN_EXPONENT }
  const exponent = Math.floor(Math.log2(Math.abs(value)))
  return { mantissa: value / 2 ** exponent, exponent }
}
