/** What a Cholesky factorization says of a symmetric positive semidefinite matrix. */
export interface CholeskyLogDet {
  /** ln det G; -Infinity where a pivot is not positive. */
  readonly logDet: number
  /** Smallest pivot over the trace: an upper bound of smallest eigenvalue / trace. */
  readonly minPivotRatio: number
}

/**
 * ln det G = sum of ln pivots of the Cholesky factorization.
 *
 * @param gram  [m, m] row-major, symmetric; not changed
 * Accuracy: 1e-12 m relative for condition numbers under 1e8 (tests/math/cholesky).
 */
export function choleskyLogDet(gram: Float64Array, m: number): CholeskyLogDet {
  const a = gram.slice()
  let [logDet, smallest, trace] = [0, Infinity, 0]
  for (let i = 0; i < m; i++) trace += gram[i * m + i]!
  for (let k = 0; k < m; k++) {
    const pivot = a[k * m + k]!
    if (!(pivot > 0)) return { logDet: -Infinity, minPivotRatio: 0 }
    smallest = Math.min(smallest, pivot)
    logDet += Math.log(pivot)
    for (let i = k + 1; i < m; i++) {
      const factor = a[k * m + i]! / pivot
      if (factor === 0) continue
      for (let j = i; j < m; j++) a[i * m + j]! -= factor * a[k * m + j]!
    }
  }
  return { logDet, minPivotRatio: smallest / trace }
}
