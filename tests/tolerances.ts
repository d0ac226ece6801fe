/** Every tolerance of the project, named by the reason it exists. */

/** Two closed forms in float64. */
export const EXACT = 1e-12

/** Closed form against quadrature, smooth integrand. */
export const QUADRATURE = 1e-9

/** A mean of many independent draws, in its own standard errors: 6e-7 false alarms a line. */
export const FIVE_STANDARD_ERRORS = 5

/** Backward pass against five-point differences in float64, relative to the largest entry. */
export const CENTRAL_DIFFERENCES = 1e-6

/** A special function against 50 digits, relative: a few units in the last place. */
export const ROUNDED = 1e-15

/** digamma against 50 digits, absolute: it has a root. */
export const DIGAMMA = 4e-15

/** Decimals to which an identity that holds draw by draw is expected in float64. */
export const IDENTITY_PER_DRAW = 10

/** Growth rates measured at a few hundred units against their infinite-width value, relative. */
export const FINITE_WIDTH = 0.01

/** log10 drift of a network that is linear in disguise: rounding of a few hundred operations. */
export const LOOKS_LINEAR = 1e-10

/** exp(-c (1 + s)) and exp(c (s - 1)) with s = 2.2, above the norm of a 64 x 64 Gaussian matrix in every draw used. */
export function filterSpectrumBound(c: number, depth: number): readonly [number, number] {
  const [alpha, beta, s] = [1 - c / depth, c / depth, 2.2]
  return [(alpha - beta * s) ** depth, (alpha + beta * s) ** depth]
}

/** A derivative against five-point central differences with step 1e-3 in float64, relative. */
export const FIVE_POINT_DIFFERENCES = 1e-11

/** Mean of a whitened digit of two cells that are almost equally bright: measured 2.8e-12. */
export const WHITENING = 1e-11
