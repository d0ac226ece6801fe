import { assert } from '../base/assert.ts'
import { largestOf, type Scaled } from '../base/scaled.ts'
import { gradedQr } from './gradedQr.ts'
import { gradedSingularExponents } from './gradedSvd.ts'

const LOG10_2 = Math.log10(2)

/**
 * A product J = M_L ... M_1 of many n x n matrices that keeps every singular value to high relative
 * accuracy, however far apart they are: J = Q diag(2^d) T with Q orthonormal, d in floating point (so
 * that 1e+-30000 is ordinary) and T well conditioned.
 *
 * Each factor is absorbed by a QR factorization with graded pivoting of (M Q) diag(2^d). Directions
 * that a factor kills exactly are dropped for good: their singular values are exact zeros.
 *
 * Accuracy: 1e-9 in log10 against 120-digit arithmetic (tests/math/gradedProduct).
 * Source: the stratified ("UDT") products of determinant quantum Monte Carlo, Loh et al. 1989;
 * pivoted and graded as in Stewart 1997, On graded QR decompositions of products of matrices.
 */
export class GradedProduct {
  readonly n: number
  private q: Float64Array
  private exponents: Float64Array
  /** [rank, n] row-major */
  private t: Float64Array

  constructor(n: number) {
    assert(Number.isInteger(n) && n >= 1, `GradedProduct: n must be a positive integer, got ${n}`)
    this.n = n
    this.q = identity(n)
    this.exponents = new Float64Array(n)
    this.t = identity(n)
  }

  /** How many singular values are not exactly zero. */
  get rank(): number {
    return this.exponents.length
  }

  /** J becomes 2^log2Scale M J. `m`: [n, n] row-major, finite, not changed. */
  advance(m: Float64Array, log2Scale = 0): void {
    const { n, rank } = this
    if (rank === 0) return
    const shift = headroom(m)
    const values = timesColumns(
      m.map((v) => v * 2 ** shift),
      this.q,
      n,
    )
    const { q, exponents, u, order } = gradedQr({
      values,
      rows: n,
      exponents: this.exponents,
      rowSizes: rowNorms(m, n).map((v) => v * 2 ** shift),
    })
    this.q = q
    this.exponents = exponents.map((e) => e + log2Scale - shift)
    this.t = timesPermuted(u, order, this.t, { rank: exponents.length, inner: rank, n })
  }

  /** log10 of the n singular values, largest first; -Infinity for exact zeros. */
  log10SingularValues(): Float64Array {
    const out = new Float64Array(this.n).fill(-Infinity)
    const found = gradedSingularExponents(this.t, this.exponents, this.n)
    out.set(found.map((e) => e * LOG10_2))
    return out
  }

  /** The same after more factors, the first to act first, which are not kept. */
  log10SingularValuesAfter(factors: readonly Scaled[]): Float64Array {
    const copy = new GradedProduct(this.n)
    copy.q = this.q
    copy.exponents = this.exponents
    copy.t = this.t
    for (const { values, exponent } of factors) copy.advance(values, exponent)
    return copy.log10SingularValues()
  }

  /** A plain product a b, [n, n] row-major. */
  multiply(a: Float64Array, b: Float64Array): Float64Array {
    const { n } = this
    const out = new Float64Array(n * n)
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        const factor = a[i * n + k]!
        for (let j = 0; j < n; j++) out[i * n + j]! += factor * b[k * n + j]!
      }
    }
    return out
  }
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
}

/** Largest entries are brought to this power of two: squares then reach 1e-304 of them before they vanish. */
const TOP_EXPONENT = 480

/** The power of two by which a factor is multiplied before its columns are squared; 0 for a zero factor. */
export function headroom(m: Float64Array): number {
  const largest = largestOf(m)
  return largest === 0 ? 0 : TOP_EXPONENT - Math.floor(Math.log2(largest))
}

function rowNorms(m: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => Math.hypot(...m.subarray(i * n, i * n + n)))
}

/** M Q for Q stored column by column, the result likewise. */
function timesColumns(m: Float64Array, q: Float64Array, n: number): Float64Array {
  const out = new Float64Array(q.length)
  for (let at = 0; at < q.length; at += n) {
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += m[i * n + k]! * q[at + k]!
      out[at + i] = sum
    }
  }
  return out
}

interface Sizes {
  readonly rank: number
  readonly inner: number
  readonly n: number
}

/** U P^T T: row j of P^T T is row order[j] of T; U is upper triangular, [rank, inner]. */
function timesPermuted(
  u: Float64Array,
  order: Int32Array,
  t: Float64Array,
  { rank, inner, n }: Sizes,
) {
  const out = new Float64Array(rank * n)
  for (let i = 0; i < rank; i++) {
    for (let j = i; j < inner; j++) {
      const factor = u[i * inner + j]!
      if (factor === 0) continue
      const from = order[j]! * n
      for (let k = 0; k < n; k++) out[i * n + k]! += factor * t[from + k]!
    }
  }
  return out
}
