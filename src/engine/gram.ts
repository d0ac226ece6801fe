import { type CholeskyLogDet, choleskyLogDet } from '../math/cholesky.ts'
import { symmetricEigenvalues } from '../math/eigen.ts'
import type { LayerRows } from './statistics.ts'

/** Below this ratio of smallest pivot to trace, Cholesky alone does not settle whether G is singular. */
const DOUBTFUL_PIVOT = 1e-9
/**
 * G counts as singular when its smallest eigenvalue is under this times m times the largest: the contract's
 * threshold for float64, and the square of what rounding leaves of a dependent row in float32.
 */
export const SINGULAR = { float64: 1e-14, float32: 1e-13 } as const

/** What the Gram matrix G = X X^T of a batch says of it, free of the scale of X. */
export interface GramStatistics {
  readonly mean_cosine: number
  readonly mean_abs_cosine: number
  readonly min_cosine: number
  readonly max_cosine: number
  readonly effective_rank: number
  readonly isometry_gap: number
}

/** Sums over a Gram matrix: pairs are those of two non-zero rows. */
export interface GramSums {
  readonly pairs: number
  readonly sum: number
  readonly absolute: number
  readonly smallest: number
  readonly largest: number
  readonly trace: number
  readonly squares: number
}

/** Cosines of all pairs a < b, trace and sum of squares; cosines are held within [-1, 1]. */
function gramSums(gram: Float64Array, m: number): GramSums {
  const norms = Float64Array.from({ length: m }, (_, a) => Math.sqrt(gram[a * m + a]!))
  let [pairs, sum, absolute, smallest, largest] = [0, 0, 0, Infinity, -Infinity]
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < a; b++) {
      if (norms[a] === 0 || norms[b] === 0) continue
      const cosine = Math.min(1, Math.max(-1, gram[a * m + b]! / norms[a]! / norms[b]!))
      pairs++
      sum += cosine
      absolute += Math.abs(cosine)
      smallest = Math.min(smallest, cosine)
      largest = Math.max(largest, cosine)
    }
  }
  const trace = norms.reduce((total, v) => total + v * v, 0)
  const squares = gram.reduce((total, v) => total + v * v, 0)
  return { pairs, sum, absolute, smallest, largest, trace, squares }
}

/** A Gram matrix with the two computations an engine may do in its own way. */
export interface GramSource {
  readonly m: number
  readonly n: number
  readonly sums: GramSums
  readonly singular: number
  /** Asked for only where the isometry gap can be finite. */
  readonly cholesky: () => CholeskyLogDet
  readonly matrix: () => Float64Array
}

/** ln(tr G / m) - ln(det G) / m; Infinity where G is singular. */
function isometryGap({ m, sums, singular, cholesky, matrix }: GramSource): number {
  const { logDet, minPivotRatio } = cholesky()
  const lnMean = Math.log(sums.trace / m)
  if (minPivotRatio > DOUBTFUL_PIVOT) return lnMean - logDet / m
  // No eigenvalue is above the trace, and the smallest is below every pivot: this settles the rest at once.
  if (minPivotRatio < singular) return Infinity
  const eigenvalues = symmetricEigenvalues(matrix(), m)
  if (eigenvalues[0]! < singular * m * eigenvalues[m - 1]!) return Infinity
  return lnMean - eigenvalues.reduce((sum, v) => sum + Math.log(v), 0) / m
}

/** The statistics of a Gram matrix from its sums; NaN where a quantity does not exist. */
export function gramStatisticsFrom(source: GramSource): GramStatistics {
  const { pairs, sum, absolute, smallest, largest, trace, squares } = source.sums
  const ofPairs = (value: number) => (pairs === 0 ? NaN : value)
  return {
    mean_cosine: sum / pairs,
    mean_abs_cosine: absolute / pairs,
    min_cosine: ofPairs(smallest),
    max_cosine: ofPairs(largest),
    effective_rank: (trace * trace) / squares,
    isometry_gap: source.m > source.n || trace === 0 ? Infinity : isometryGap(source),
  }
}

/**
 * Cosines, effective rank and isometry gap of a batch of m rows of n entries.
 *
 * @param gram  G = X X^T, [m, m] float64, in any scale
 * @returns NaN where a quantity does not exist
 * Source: contract section 3; isometry gap: Meterez et al. 2024, arXiv:2310.02012, eq. 5
 */
export function gramStatistics(gram: Float64Array, m: number, n: number): GramStatistics {
  return gramStatisticsFrom({
    m,
    n,
    sums: gramSums(gram, m),
    singular: SINGULAR.float64,
    cholesky: () => choleskyLogDet(gram, m),
    matrix: () => gram,
  })
}

/** Writes Gram statistics as those of layer `layer`. */
export function writeGramStatistics(rows: LayerRows, layer: number, found: GramStatistics): void {
  const ids = Object.keys(found) as (keyof GramStatistics)[]
  for (const id of ids) rows[id][layer] = found[id]
}
