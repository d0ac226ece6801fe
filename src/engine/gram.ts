import { choleskyLogDet } from '../math/cholesky.ts'
import { symmetricEigenvalues } from '../math/eigen.ts'
import type { LayerRows } from './statistics.ts'

/** Below this ratio of smallest pivot to trace, Cholesky alone does not settle whether G is singular. */
const DOUBTFUL_PIVOT = 1e-9
/** G counts as singular when its smallest eigenvalue is under this times m times the largest. */
const SINGULAR = 1e-14

/** What the Gram matrix G = X X^T of a batch says of it, free of the scale of X. */
export interface GramStatistics {
  readonly mean_cosine: number
  readonly mean_abs_cosine: number
  readonly min_cosine: number
  readonly max_cosine: number
  readonly effective_rank: number
  readonly isometry_gap: number
}

/** Cosines over pairs a < b, pairs with a zero row left out; NaN where no pair is left. */
function cosineStatistics(gram: Float64Array, m: number) {
  let [pairs, sum, absolute, min, max] = [0, 0, 0, Infinity, -Infinity]
  const norms = Float64Array.from({ length: m }, (_, a) => Math.sqrt(gram[a * m + a]!))
  for (let a = 0; a < m; a++) {
    if (norms[a] === 0) continue
    for (let b = a + 1; b < m; b++) {
      if (norms[b] === 0) continue
      const raw = gram[a * m + b]! / norms[a]! / norms[b]!
      const cosine = raw > 1 ? 1 : raw < -1 ? -1 : raw
      pairs++
      sum += cosine
      absolute += Math.abs(cosine)
      if (cosine < min) min = cosine
      if (cosine > max) max = cosine
    }
  }
  if (pairs === 0)
    return { mean_cosine: NaN, mean_abs_cosine: NaN, min_cosine: NaN, max_cosine: NaN }
  return {
    mean_cosine: sum / pairs,
    mean_abs_cosine: absolute / pairs,
    min_cosine: min,
    max_cosine: max,
  }
}

/** ln(tr G / m) - ln(det G) / m; Infinity where G is singular. */
function isometryGap(gram: Float64Array, m: number, trace: number): number {
  const { logDet, minPivotRatio } = choleskyLogDet(gram, m)
  if (minPivotRatio > DOUBTFUL_PIVOT) return Math.log(trace / m) - logDet / m
  const eigenvalues = symmetricEigenvalues(gram, m)
  if (eigenvalues[0]! < SINGULAR * m * eigenvalues[m - 1]!) return Infinity
  return Math.log(trace / m) - eigenvalues.reduce((sum, v) => sum + Math.log(v), 0) / m
}

/**
 * Cosines, effective rank and isometry gap of a batch of m rows of n entries.
 *
 * @param gram  G = X X^T, [m, m] float64, in any scale
 * @returns NaN where a quantity does not exist
 * Source: contract section 3; isometry gap: Meterez et al. 2024, arXiv:2310.02012, eq. 5
 */
export function gramStatistics(gram: Float64Array, m: number, n: number): GramStatistics {
  const cosines = cosineStatistics(gram, m)
  let [trace, squares] = [0, 0]
  for (let a = 0; a < m; a++) trace += gram[a * m + a]!
  for (const g of gram) squares += g * g
  if (trace === 0) return { ...cosines, effective_rank: NaN, isometry_gap: Infinity }
  const isometry_gap = m > n ? Infinity : isometryGap(gram, m, trace)
  return { ...cosines, effective_rank: (trace * trace) / squares, isometry_gap }
}

/** Writes the Gram statistics of layer `layer` into the rows. */
export function measureGram(rows: LayerRows, layer: number, gram: Float64Array, n: number): void {
  const found = gramStatistics(gram, Math.sqrt(gram.length), n)
  for (const [id, value] of Object.entries(found)) rows[id as keyof GramStatistics][layer] = value
}
