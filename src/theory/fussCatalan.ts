import { assert } from '../base/assert.ts'
import { bracketedRoot } from '../math/roots.ts'

/** A point of the Fuss-Catalan law of squared singular values. */
export interface FussCatalanPoint {
  /** ln of the squared singular value. */
  readonly ln: number
  /** Density by ln: density by the value itself, times the value. */
  readonly density: number
  /** Share of squared singular values that are larger. */
  readonly above: number
}

/**
 * Squared singular values of a product of L square matrices with independent entries of variance 1 / n, as
 * n grows. With t from 0 (the upper edge) to pi / (L + 1) (zero):
 *
 *   lambda  = sin^(L+1)((L+1) t) / (sin t sin^L(L t))
 *   density = sin t sin((L+1) t) / (pi sin(L t))                       by ln lambda
 *   above   = ((L+1) t - L sin t sin((L+1) t) / sin(L t)) / pi
 *
 * @param factors  L, at least 1
 * @param t        strictly between 0 and pi / (L + 1)
 * Accuracy: 1e-9, of mass and moments (tests/theory/fussCatalan).
 * Source: Forrester and Liu 2014, arXiv:1401.7789, eqs. 2.2 and 2.3; `above` integrated here, through w = lambda G,
 * lambda = w^(L+1) / (w - 1).
 */
export function fussCatalanPoint(factors: number, t: number): FussCatalanPoint {
  const [outer, middle, inner] = [Math.sin((factors + 1) * t), Math.sin(factors * t), Math.sin(t)]
  const imaginary = (inner * outer) / middle
  return {
    ln: (factors + 1) * Math.log(outer) - Math.log(inner) - factors * Math.log(middle),
    density: imaginary / Math.PI,
    above: ((factors + 1) * t - factors * imaginary) / Math.PI,
  }
}

/** ln of the largest squared singular value: (L+1)^(L+1) / L^L. */
export function fussCatalanEdge(factors: number): number {
  return (factors + 1) * Math.log(factors + 1) - factors * Math.log(factors)
}

/** Relative accuracy of t: the place of a quantile is found to 1e-12. */
const TOLERANCE = 1e-15

/**
 * ln of the squared singular value that a share `above` of them exceeds.
 *
 * @param above  strictly between 0 and 1
 * Accuracy: 1e-9 (tests/theory/fussCatalan).
 */
export function fussCatalanQuantile(factors: number, above: number): number {
  assert(
    factors >= 1 && above > 0 && above < 1,
    `fussCatalanQuantile: factors must be >= 1 and above within (0, 1), got ${factors} and ${above}`,
  )
  const end = Math.PI / (factors + 1)
  const missing = (share: number) =>
    share === 0
      ? -above
      : share === 1
        ? 1 - above
        : fussCatalanPoint(factors, share * end).above - above
  return fussCatalanPoint(factors, end * bracketedRoot(missing, 0, 1, TOLERANCE)).ln
}
