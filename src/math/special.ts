// erf and erfc follow fdlibm 5.3, s_erf.c: Copyright (C) 1993 by Sun Microsystems, Inc. All rights
// reserved. Permission to use, copy, modify, and distribute this software is freely granted,
// provided that this notice is preserved.

/** Coefficients of a ratio of polynomials, lowest power first. */
type Ratio = readonly [numerator: readonly number[], denominator: readonly number[]]

/** erf(x) = x + x R(x^2) on |x| < 0.84375. */
const ERF_NEAR_ZERO: Ratio = [
  [
    1.28379167095512558561e-1, -3.2504210724700149937e-1, -2.84817495755985104766e-2,
    -5.77027029648944159157e-3, -2.37630166566501626084e-5,
  ],
  [
    1, 3.97917223959155352819e-1, 6.50222499887672944485e-2, 5.08130628187576562776e-3,
    1.32494738004321644526e-4, -3.9602282787753681232e-6,
  ],
]

const ERF_OF_ONE = 8.45062911510467529297e-1

/** erf(x) = ERF_OF_ONE + R(|x| - 1) on 0.84375 <= x < 1.25. */
const ERF_NEAR_ONE: Ratio = [
  [
    -2.36211856075265944077e-3, 4.14856118683748331666e-1, -3.72207876035701323847e-1,
    3.18346619901161753674e-1, -1.10894694282396677476e-1, 3.54783043256182359371e-2,
    -2.166375594868790843e-3,
  ],
  [
    1, 1.06420880400844228286e-1, 5.40397917702171048937e-1, 7.18286544141962662868e-2,
    1.26171219808761642112e-1, 1.36370839120290507362e-2, 1.1984499846799107417e-2,
  ],
]

/** erfc(x) = exp(-x^2 - 0.5625 + R(1 / x^2)) / x on 1.25 <= x < 1 / 0.35. */
const ERFC_MIDDLE: Ratio = [
  [
    -9.86494403484714822705e-3, -6.93858572707181764372e-1, -1.05586262253232909814e1,
    -6.23753324503260060396e1, -1.62396669462573470355e2, -1.84605092906711035994e2,
    -8.12874355063065934246e1, -9.81432934416914548592,
  ],
  [
    1, 1.96512716674392571292e1, 1.376577541435190426e2, 4.34565877475229228821e2,
    6.45387271733267880336e2, 4.29008140027567833386e2, 1.08635005541779435134e2,
    6.57024977031928170135, -6.04244152148580987438e-2,
  ],
]

/** The same beyond 1 / 0.35. */
const ERFC_FAR: Ratio = [
  [
    -9.86494292470009928597e-3, -7.99283237680523006574e-1, -1.77579549177547519889e1,
    -1.60636384855821916062e2, -6.37566443368389627722e2, -1.02509513161107724954e3,
    -4.83519191608651397019e2,
  ],
  [
    1, 3.03380607434824582924e1, 3.25792512996573918826e2, 1.53672958608443695994e3,
    3.19985821950859553908e3, 2.55305040643316442583e3, 4.74528541206955367215e2,
    -2.24409524465858183362e1,
  ],
]

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!
  return sum
}

function ratio([numerator, denominator]: Ratio, x: number): number {
  return polynomial(numerator, x) / polynomial(denominator, x)
}

/** erfc(x) for x >= 1.25. */
function erfcTail(x: number): number {
  if (x > 28) return 0
  const fit = ratio(x < 1 / 0.35 ? ERFC_MIDDLE : ERFC_FAR, 1 / (x * x))
  // The square of a float32 is exact, so the large part of the exponent carries no rounding.
  const head = Math.fround(x)
  return (Math.exp(-head * head - 0.5625) * Math.exp((head - x) * (head + x) + fit)) / x
}

/**
 * Error function: erf(x) = 2 / sqrt(pi) int_0^x exp(-t^2) dt.
 * Accuracy: 4e-16 relative, near zero too (tests/math/special).
 * Source: fdlibm 5.3, s_erf.c.
 */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 0.84375) return x + x * ratio(ERF_NEAR_ZERO, x * x)
  if (size < 1.25) return Math.sign(x) * (ERF_OF_ONE + ratio(ERF_NEAR_ONE, size - 1))
  return Math.sign(x) * (1 - erfcTail(size))
}

/**
 * Complementary error function: erfc(x) = 1 - erf(x), without cancellation for large x.
 * Accuracy: 5e-16 relative down to 1e-307; 0 beyond x = 28 (tests/math/special).
 * Source: fdlibm 5.3, s_erf.c.
 */
export function erfc(x: number): number {
  if (x < 0.84375) return 1 - erf(x)
  if (x < 1.25) return 1 - ERF_OF_ONE - ratio(ERF_NEAR_ONE, x - 1)
  return erfcTail(x)
}

/** Density of N(0, 1): exp(-x^2 / 2) / sqrt(2 pi). */
export function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
}

/**
 * P(z < x) for z ~ N(0, 1).
 * Accuracy: relative 1e-15 for x > -1, 2e-16 x^2 further left, down to 1e-300 (tests/math/special).
 */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2)
}

/** Bernoulli terms of digamma(x) - ln x + 1 / (2 x), in powers of 1 / x^2, from the first on. */
const DIGAMMA_SERIES = [-1 / 12, 1 / 120, -1 / 252, 1 / 240, -1 / 132, 691 / 32760, -1 / 12]
const DIGAMMA_SERIES_FROM = 10

/**
 * Digamma function: derivative of ln Gamma(x).
 *
 * @param x  x > 0
 * @returns  NaN for x <= 0, which no caller needs
 * Accuracy: 2e-15 absolute for 0.25 <= x (tests/math/special).
 */
export function digamma(x: number): number {
  if (!(x > 0)) return NaN
  let shift = 0
  let y = x
  for (; y < DIGAMMA_SERIES_FROM; y++) shift += 1 / y
  const inverseSquare = 1 / (y * y)
  return Math.log(y) - 0.5 / y + inverseSquare * polynomial(DIGAMMA_SERIES, inverseSquare) - shift
}

/** acos of x clamped to [-1, 1]: for cosines that rounding has pushed outside. */
export function safeAcos(x: number): number {
  return Math.acos(Math.min(1, Math.max(-1, x)))
}

/** sqrt of max(x, 0): for variances that rounding has pushed below zero. NaN stays NaN. */
export function safeSqrt(x: number): number {
  return Math.sqrt(Math.max(0, x))
}
