import { gaussianExpectation } from '../math/quadrature.ts'
import { normalCdf } from '../math/special.ts'
import { chebyshevCoefficients, chebyshevPoints, chebyshevSum } from './chebyshev.ts'

const ANGLES = 33

/** ln k!, k = 0 ... m */
function lnFactorials(m: number): Float64Array {
  const out = new Float64Array(m + 1)
  for (let k = 2; k <= m; k++) out[k] = out[k - 1]! + Math.log(k)
  return out
}

/** Terms of a sum that are smaller than this share of the largest are left out. */
const NEGLIGIBLE = 1e-14

/** E[min(K, m - K)] / m for K binomial (m, p), q = 1 - p; summed from the largest term outwards. */
function rarerShare(m: number, lnFactorial: Float64Array, p: number, q: number): number {
  if (p === 0 || q === 0) return 0
  const mode = Math.min(m, Math.floor((m + 1) * p))
  const lnCount = lnFactorial[m]! - lnFactorial[mode]! - lnFactorial[m - mode]!
  const largest = Math.exp(lnCount + mode * Math.log(p) + (m - mode) * Math.log(q))
  let sum = 0
  for (let k = mode, term = largest; k <= m && term > NEGLIGIBLE * largest; k++) {
    sum += Math.min(k, m - k) * term
    term *= ((m - k) * p) / ((k + 1) * q)
  }
  for (let k = mode, term = largest; k > 0 && term > NEGLIGIBLE * largest; k--) {
    term *= (k * q) / ((m - k + 1) * p)
    sum += Math.min(k - 1, m - k + 1) * term
  }
  return sum / m
}

/** The diversity of m equally correlated normals, c = cos(angle) >= 0: given what they share they are independent. */
function sharedDiversity(m: number, angle: number, lnFactorial: Float64Array): number {
  const c = Math.cos(angle)
  const width = Math.sqrt((1 - c) / c)
  // In units of the width the integrand varies over lengths of 1, or of the width where that is wide.
  const unit = Math.min(1, width)
  const density = (t: number) => Math.exp(0.5 * t * t * (1 - unit * unit)) * unit
  return gaussianExpectation((t) => {
    const threshold = (t * unit) / width
    return density(t) * rarerShare(m, lnFactorial, normalCdf(threshold), normalCdf(-threshold))
  })
}

const tables = new Map<number, Float64Array>()

/** Interpolated in the angle: the diversity is an odd analytic function of its tangent. */
function tableFor(m: number): Float64Array {
  let table = tables.get(m)
  if (!table) {
    const lnFactorial = lnFactorials(m)
    const angles = chebyshevPoints(ANGLES, 0, Math.PI / 2)
    const values = angles.map((angle) => (angle === 0 ? 0 : sharedDiversity(m, angle, lnFactorial)))
    tables.set(m, (table = chebyshevCoefficients(values)))
  }
  return table
}

/**
 * Mean share of the rarer sign among m normals of mean zero, every two of them with correlation 1 - e.
 *
 * For e > 1, where m samples repel each other, the spread of the count is scaled as its variance is:
 *
 *   1/2 - d = (1/2 - d(e = 1)) sqrt(1 + (m - 1) (2 / pi) asin(1 - e))
 *
 * @param e  0 ... m / (m - 1)
 * Accuracy: 1e-8 up to e = 1 and m = 64, 1e-5 up to m = 1024; beyond e = 1, 5e-3 for m >= 8 (tests/theory/signDiversity).
 * Source: the number of positive ones given the common part is binomial; Var from Sheppard's 1 / 4 + asin(c) / (2 pi).
 */
export function signDiversity(m: number, e: number): number {
  if (e <= 0) return 0
  const table = tableFor(m)
  const at = (distance: number) =>
    chebyshevSum(table, (4 * Math.acos(1 - Math.min(1, distance))) / Math.PI - 1)
  if (e <= 1) return at(e)
  const variance = 1 + (m - 1) * (2 / Math.PI) * Math.asin(Math.max(-1, 1 - e))
  return 0.5 - (0.5 - at(1)) * Math.sqrt(Math.max(0, variance))
}
