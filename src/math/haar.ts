import { assert } from '../base/assert.ts'
import { fillNormals, type Stream } from './random.ts'

/** How many normals a Haar matrix of order `n` consumes: n + (n - 1) + ... + 1. */
export function haarNormalCount(n: number): number {
  return (n * (n + 1)) / 2
}

/**
 * Haar distributed orthogonal matrix of order `n`, from the normals of a stream.
 *
 * @param n       order, n >= 1
 * @param stream  the first n (n + 1) / 2 normals of the stream are used
 * @returns       Q, row-major [n, n]
 * @throws        if n is not a positive integer
 * Accuracy: max |Q^T Q - I| < 1e-14 sqrt(n) (tests/math/haar).
 * Source: Stewart 1980, The efficient generation of random orthogonal matrices; see `haarFromNormals`.
 */
export function haarOrthogonal(n: number, stream: Stream): Float64Array {
  assert(Number.isInteger(n) && n >= 1, `haarOrthogonal: n must be a positive integer, got ${n}`)
  const normals = new Float64Array(haarNormalCount(n))
  fillNormals(normals, stream)
  return haarFromNormals(n, normals)
}

/**
 * The same from given normals: Q = H_0 H_1 ... H_{n-2} diag(d), where x_k is the next n - k normals,
 * H_k is the reflection that maps x_k to -sign(x_k0) |x_k| e_1 in the last n - k coordinates,
 * d_k = -sign(x_k0) for k < n - 1, d_{n-1} the sign of the last normal, and sign(0) = +1.
 *
 * This is the Q of the QR decomposition of a Gaussian matrix with diag R > 0, whose Householder vectors are
 * Gaussian and independent, so that the matrix itself is never needed. Column 0 is x_0 / |x_0|.
 *
 * @param normals  at least n (n + 1) / 2 standard normals, no x_k exactly zero
 * @returns        Q, row-major [n, n]
 */
export function haarFromNormals(n: number, normals: Float64Array): Float64Array {
  assert(
    normals.length >= haarNormalCount(n),
    `haarFromNormals: needs ${haarNormalCount(n)} normals, got ${normals.length}`,
  )
  const q = new Float64Array(n * n)
  let offset = haarNormalCount(n) - 1
  q[n * n - 1] = signOf(normals[offset]!)
  for (let k = n - 2; k >= 0; k--) {
    offset -= n - k
    growBlock(q, n, normals.subarray(offset, offset + n - k))
  }
  return q
}

/** Turns the trailing block B of order m - 1 into H diag(-sign(x_0), B) of order m, m = x.length. */
function growBlock(q: Float64Array, n: number, x: Float64Array): void {
  const m = x.length
  const corner = (n - m) * (n + 1)
  const norm = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0))
  // H = I - u u^T; only the first entry of u differs from x, but for the scale.
  const scale = 1 / Math.sqrt(norm * (norm + Math.abs(x[0]!)))
  const u = x.map((value) => value * scale)
  u[0] = (x[0]! + signOf(x[0]!) * norm) * scale
  const projection = transposedProduct(q, n, u)
  for (let i = 0; i < m; i++) {
    const row = corner + i * n
    q[row] = x[i]! / norm
    for (let j = 1; j < m; j++) q[row + j]! -= u[i]! * projection[j]!
  }
}

/** u^T B for the trailing block of order u.length, whose first row holds zeros but on the diagonal. */
function transposedProduct(q: Float64Array, n: number, u: Float64Array): Float64Array {
  const m = u.length
  const corner = (n - m) * (n + 1)
  const product = new Float64Array(m)
  for (let i = 1; i < m; i++) {
    const row = corner + i * n
    for (let j = 1; j < m; j++) product[j]! += u[i]! * q[row + j]!
  }
  return product
}

function signOf(x: number): number {
  return x < 0 ? -1 : 1
}
