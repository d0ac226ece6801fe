import type { Nonlinearity } from './nonlinearity.ts'

/** A wide random layer without normalization: W_ij of variance weightVariance / width, b_i of biasVariance. */
export interface MeanField {
  readonly nonlinearity: Nonlinearity
  /** sigma_w^2 */
  readonly weightVariance: number
  /** sigma_b^2 */
  readonly biasVariance: number
}

/** The field of an activation at (sigma_w, sigma_b). */
export function fieldAt(
  nonlinearity: Nonlinearity,
  weightDeviation: number,
  biasDeviation: number,
): MeanField {
  return {
    nonlinearity,
    weightVariance: weightDeviation ** 2,
    biasVariance: biasDeviation ** 2,
  }
}

/** Variances outside exp(+-this) stand for zero and infinity: every activation has reached its limit there. */
export const LIMIT_LN_Q = 1000

/** ln q, with zero and infinity brought to where the moments have their limits. */
export function lnOf(q: number): number {
  return Math.min(LIMIT_LN_Q, Math.max(-LIMIT_LN_Q, Math.log(q)))
}
