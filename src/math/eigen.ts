/** Eigenvalues (ascending) and eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  readonly values: Float64Array
  /** [n, n] row-major, eigenvector k in column k. */
  readonly vectors: Float64Array
}

const MAX_SWEEPS = 60

/** A symmetric matrix reduced to tridiagonal form, and the rotation that did it where wanted. */
interface Tridiagonal {
  readonly diagonal: Float64Array
  /** Entry k couples k - 1 and k. */
  readonly offDiagonal: Float64Array
  readonly vectors: Float64Array | undefined
}

/** One Householder step: clears row i left of the subdiagonal. `a` keeps the reflection vectors. */
function reflectRow(a: Float64Array, n: number, i: number, e: Float64Array): number {
  let [h, scale] = [0, 0]
  for (let k = 0; k < i; k++) scale += Math.abs(a[i * n + k]!)
  if (scale === 0 || i === 1) {
    e[i] = a[i * n + i - 1]!
    return 0
  }
  for (let k = 0; k < i; k++) {
    a[i * n + k]! /= scale
    h += a[i * n + k]! ** 2
  }
  const f = a[i * n + i - 1]!
  const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h)
  e[i] = scale * g
  a[i * n + i - 1] = f - g
  return h - f * g
}

/** Applies the reflection of row i from both sides to the leading i x i block. */
function updateBlock(
  a: Float64Array,
  n: number,
  i: number,
  { e, h }: { e: Float64Array; h: number },
) {
  let f = 0
  for (let j = 0; j < i; j++) {
    a[j * n + i] = a[i * n + j]! / h
    let g = 0
    for (let k = 0; k <= j; k++) g += a[j * n + k]! * a[i * n + k]!
    for (let k = j + 1; k < i; k++) g += a[k * n + j]! * a[i * n + k]!
    e[j] = g / h
    f += e[j]! * a[i * n + j]!
  }
  const half = f / (2 * h)
  for (let j = 0; j < i; j++) {
    const v = a[i * n + j]!
    const g = (e[j] = e[j]! - half * v)
    for (let k = 0; k <= j; k++) a[j * n + k]! -= v * e[k]! + g * a[i * n + k]!
  }
}

/** Applies the reflection stored in row and column i to the leading i x i block of vectors. */
function reflectVectors(a: Float64Array, n: number, i: number): void {
  for (let j = 0; j < i; j++) {
    let g = 0
    for (let k = 0; k < i; k++) g += a[i * n + k]! * a[k * n + j]!
    for (let k = 0; k < i; k++) a[k * n + j]! -= g * a[k * n + i]!
  }
}

/** Multiplies the stored reflections together, in place. */
function accumulate(a: Float64Array, n: number, d: Float64Array): void {
  for (let i = 0; i < n; i++) {
    if (d[i] !== 0) reflectVectors(a, n, i)
    d[i] = a[i * n + i]!
    a[i * n + i] = 1
    for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j] = 0
  }
}

/** Householder reduction of a symmetric matrix (lower triangle read). */
function tridiagonalize(matrix: Float64Array, n: number, withVectors: boolean): Tridiagonal {
  const a = matrix.slice()
  const [d, e] = [new Float64Array(n), new Float64Array(n)]
  for (let i = n - 1; i > 0; i--) {
    const h = reflectRow(a, n, i, e)
    d[i] = h
    if (h !== 0) updateBlock(a, n, i, { e, h })
  }
  if (withVectors) accumulate(a, n, d)
  else for (let i = 0; i < n; i++) d[i] = a[i * n + i]!
  return { diagonal: d, offDiagonal: e, vectors: withVectors ? a : undefined }
}

/** Rotates columns i and i + 1 of the vectors. */
function rotateColumns(v: Float64Array, n: number, i: number, [c, s]: readonly [number, number]) {
  for (let k = 0; k < n; k++) {
    const at = k * n + i
    const f = v[at + 1]!
    v[at + 1] = s * v[at]! + c * f
    v[at] = c * v[at]! - s * f
  }
}

/** One implicit QL step with Wilkinson's shift on the unreduced block l ... m. */
function qlStep({ diagonal: d, offDiagonal: e, vectors }: Tridiagonal, l: number, m: number): void {
  const n = d.length
  let g = (d[l + 1]! - d[l]!) / (2 * e[l]!)
  let r = Math.hypot(g, 1)
  g = d[m]! - d[l]! + e[l]! / (g + (g >= 0 ? r : -r))
  let [s, c, p] = [1, 1, 0]
  for (let i = m - 1; i >= l; i--) {
    const [f, b] = [s * e[i]!, c * e[i]!]
    r = Math.hypot(f, g)
    e[i + 1] = r
    if (r === 0) {
      d[i + 1]! -= p
      e[m] = 0
      return
    }
    s = f / r
    c = g / r
    g = d[i + 1]! - p
    r = (d[i]! - g) * s + 2 * c * b
    p = s * r
    d[i + 1] = g + p
    g = c * r - b
    if (vectors) rotateColumns(vectors, n, i, [c, s])
  }
  d[l]! -= p
  e[l] = g
  e[m] = 0
}

/** First index m >= l at which the coupling to m + 1 is negligible. */
function blockEnd({ diagonal: d, offDiagonal: e }: Tridiagonal, l: number): number {
  for (let m = l; m < d.length - 1; m++) {
    const size = Math.abs(d[m]!) + Math.abs(d[m + 1]!)
    if (Math.abs(e[m]!) <= Number.EPSILON * size) return m
  }
  return d.length - 1
}

/** Implicit QL iteration until every coupling is negligible. */
function diagonalize(t: Tridiagonal): void {
  t.offDiagonal.copyWithin(0, 1)
  t.offDiagonal[t.diagonal.length - 1] = 0
  for (let l = 0; l < t.diagonal.length; l++) {
    for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
      const m = blockEnd(t, l)
      if (m === l) break
      qlStep(t, l, m)
    }
  }
}

/**
 * Eigenvalues of a symmetric matrix, ascending.
 *
 * @param matrix  [n, n] row-major; the lower triangle is read
 * Accuracy: a few n eps of the largest in absolute value (tests/math/eigen).
 * Source: Householder reduction and implicit QL; Wilkinson and Reinsch 1971, contributions II/2 and II/4.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const t = tridiagonalize(matrix, n, false)
  diagonalize(t)
  return t.diagonal.sort()
}

/** Eigenvalues and eigenvectors of a symmetric matrix, ascending; as `symmetricEigenvalues`. */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const t = tridiagonalize(matrix, n, true)
  diagonalize(t)
  const order = Array.from(t.diagonal.keys()).sort((p, q) => t.diagonal[p]! - t.diagonal[q]!)
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    order.forEach((from, to) => (vectors[i * n + to] = t.vectors![i * n + from]!))
  return { values: Float64Array.from(order, (i) => t.diagonal[i]!), vectors }
}
