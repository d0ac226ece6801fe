import { bracketedRoot } from '../math/roots.ts'
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

/** E|K - m / 2| for P(K = k) in proportion to exp(-s (k - m / 2)^2), with s chosen for the variance. */
function latticeDeviation(m: number, variance: number): number {
  const first = (m % 2) / 2
  const moments = (s: number) => {
    let [mass, deviation, square] = [0, 0, 0]
    for (let x = first; x <= m / 2 && s * (x * x - first) < 700; x++) {
      const weight = (x === 0 ? 1 : 2) * Math.exp(-s * (x * x - first * first))
      mass += weight
      deviation += weight * x
      square += weight * x * x
    }
    return { deviation: deviation / mass, variance: square / mass }
  }
  const excess = (lnS: number) => moments(Math.exp(lnS)).variance - variance
  if (excess(LARGEST_LN_S) >= 0) return moments(Math.exp(LARGEST_LN_S)).deviation
  return moments(Math.exp(bracketedRoot(excess, -LARGEST_LN_S, LARGEST_LN_S, 1e-9))).deviation
}

const LARGEST_LN_S = 20

/**
 * Mean share of the rarer sign among m normals of mean zero, every two of them with correlation 1 - e.
 *
 * For e > 1, where the samples repel each other (batch norm: e = m / (m - 1)), the count of positive ones
 * is taken as normal on its lattice, with its variance m / 4 + m (m - 1) asin(1 - e) / (2 pi); what that misses at
 * e = 1 is taken off in proportion to the variance squared.
 *
 * @param e  0 ... m / (m - 1)
 * Accuracy: 1e-6 up to e = 1; 2e-3 for e = m / (m - 1), m >= 6, exact for m = 2 and 3 (tests/theory/signDiversity).
 * Source: given what they share the signs are independent; pairs of signs after Sheppard 1899.
 */
export function signDiversity(m: number, e: number): number {
  if (e <= 0) return 0
  if (e <= 1) return sharedTable(m, e)
  const independent = m / 4
  const pair = Math.asin(Math.max(-1, 1 - e)) / (2 * Math.PI)
  const variance = Math.max(0, independent + m * (m - 1) * pair)
  const missed = m * (0.5 - sharedTable(m, 1)) - latticeDeviation(m, independent)
  const deviation = latticeDeviation(m, variance) + missed * (variance / independent) ** 2
  return 0.5 - deviation / m
}

function sharedTable(m: number, e: number): number {
  return chebyshevSum(tableFor(m), (4 * Math.acos(1 - e)) / Math.PI - 1)
}
