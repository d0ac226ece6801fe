/** Interpolation in Chebyshev points of the second kind (both ends are points). */

/** cos(pi j / (count - 1)), j = 0 ... count - 1, moved from [-1, 1] to [low, high]; descending, count >= 2. */
export function chebyshevPoints(count: number, low: number, high: number): Float64Array {
  const [middle, half] = [(low + high) / 2, (high - low) / 2]
  return Float64Array.from(
    { length: count },
    (_, j) => middle + half * Math.cos((Math.PI * j) / (count - 1)),
  )
}

/**
 * Coefficients c_k of sum_k c_k T_k(t), the polynomial through `values` at the Chebyshev points.
 * Source: Trefethen 2013, Approximation Theory and Approximation Practice, chapter 3 (a discrete cosine sum).
 */
export function chebyshevCoefficients(values: ArrayLike<number>): Float64Array {
  const n = values.length - 1
  const coefficients = new Float64Array(n + 1)
  for (let k = 0; k <= n; k++) {
    let sum = 0
    for (let j = 0; j <= n; j++) {
      const weight = j === 0 || j === n ? 0.5 : 1
      sum += weight * values[j]! * Math.cos((Math.PI * ((j * k) % (2 * n))) / n)
    }
    coefficients[k] = (k === 0 || k === n ? 1 : 2) * (sum / n)
  }
  return coefficients
}

/** sum_k coefficients[k] T_k(t) for t in [-1, 1], by Clenshaw's recurrence. */
export function chebyshevSum(coefficients: ArrayLike<number>, t: number): number {
  let [b1, b2] = [0, 0]
  for (let k = coefficients.length - 1; k > 0; k--) {
    const b = 2 * t * b1 - b2 + coefficients[k]!
    b2 = b1
    b1 = b
  }
  return t * b1 - b2 + coefficients[0]!
}

/** Coefficients of the derivative by t. */
export function chebyshevDerivative(coefficients: ArrayLike<number>): Float64Array {
  const n = coefficients.length - 1
  const out = new Float64Array(Math.max(1, n))
  for (let k = n; k > 0; k--) {
    const above = k + 1 < n ? out[k + 1]! : 0
    out[k - 1] = above + 2 * k * coefficients[k]!
  }
  out[0]! /= 2
  return out
}

/** Values T_0(t) ... T_{count-1}(t). */
export function chebyshevBasis(count: number, t: number): Float64Array {
  const basis = new Float64Array(count).fill(1)
  if (count > 1) basis[1] = t
  for (let k = 2; k < count; k++) basis[k] = 2 * t * basis[k - 1]! - basis[k - 2]!
  return basis
}
