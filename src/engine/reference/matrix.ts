/** The three products of a layer step, float64, row-major, plain loops. */

/**
 * A B^T: [m, k] by [n, k] gives [m, n]. The halves of each row are summed apart, so that the mirrored
 * halves of looks-linear weights cancel exactly where they meet equal halves of a row.
 */
export function timesTransposed(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const [m, n] = [a.length / k, b.length / k]
  const half = k >> 1
  const out = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let [first, second] = [0, 0]
      for (let p = 0; p < half; p++) first += a[i * k + p]! * b[j * k + p]!
      for (let p = half; p < k; p++) second += a[i * k + p]! * b[j * k + p]!
      out[i * n + j] = first + second
    }
  }
  return out
}

/** A B: [m, k] by [k, n] gives [m, n]. */
export function product(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const [m, n] = [a.length / k, b.length / k]
  const out = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const v = a[i * k + p]!
      for (let j = 0; j < n; j++) out[i * n + j]! += v * b[p * n + j]!
    }
  }
  return out
}

/** A^T B: [m, n] by [m, p] gives [n, p]. */
export function transposedTimes(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const [n, p] = [a.length / m, b.length / m]
  const out = new Float64Array(n * p)
  for (let s = 0; s < m; s++) {
    for (let i = 0; i < n; i++) {
      const v = a[s * n + i]!
      for (let j = 0; j < p; j++) out[i * p + j]! += v * b[s * p + j]!
    }
  }
  return out
}
