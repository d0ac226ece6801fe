import { gradedQr } from './gradedQr.ts'

/** Cosines between rows under this are orthogonal enough: singular values are right to n times this. */
const ORTHOGONAL = 1e-8
const MAX_SWEEPS = 40
/** When one row is smaller than another by more bits than this, a rotation is a projection. */
const PROJECTION_BITS = 27

/**
 * log2 of the singular values of diag(2^exponents) T, largest first, each to high relative accuracy.
 *
 * One graded QR of the transpose makes the rows nearly orthogonal; one-sided Jacobi rotations on
 * rows that keep their own exponents finish. T: [rank, n] row-major, well conditioned, rank <= n.
 *
 * Source: Demmel and Veselic 1992, Jacobi's method is more accurate than QR; preconditioned as in
 * Drmac and Veselic 2008, parts I and II.
 */
export function gradedSingularExponents(
  t: Float64Array,
  exponents: Float64Array,
  n: number,
): Float64Array {
  // Row i of T is column i of its transpose, so the storage is already column by column.
  const first = gradedQr({ values: t, rows: n, exponents })
  const rows: GradedRows = { values: first.u, width: exponents.length, exponents: first.exponents }
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) if (!rotateAll(rows)) break
  const out = first.exponents.map((e, i) => e + 0.5 * Math.log2(dot(rows, i, i)))
  return out.sort().reverse()
}

/** Row i is 2^exponents[i] times the stored row. */
interface GradedRows {
  readonly values: Float64Array
  readonly width: number
  readonly exponents: Float64Array
}

function dot({ values, width }: GradedRows, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k < width; k++) sum += values[i * width + k]! * values[j * width + k]!
  return sum
}

/** One sweep over all pairs; says whether any pair was not orthogonal yet. */
function rotateAll(rows: GradedRows): boolean {
  let rotated = false
  const squares = Float64Array.from(rows.exponents, (_, i) => dot(rows, i, i))
  for (let i = 0; i < rows.exponents.length; i++) {
    for (let j = i + 1; j < rows.exponents.length; j++) {
      const g = dot(rows, i, j)
      if (Math.abs(g) <= ORTHOGONAL * Math.sqrt(squares[i]! * squares[j]!)) continue
      rotated = true
      rotate(rows, squares, { i, j, g })
    }
  }
  return rotated
}

interface Pair {
  readonly i: number
  readonly j: number
  /** Dot product of the stored rows. */
  readonly g: number
}

/** Makes rows i and j orthogonal. */
function rotate(rows: GradedRows, squares: Float64Array, pair: Pair): void {
  const { i, j, g } = pair
  const [a, b] = [squares[i]!, squares[j]!]
  const bits = rows.exponents[j]! - rows.exponents[i]!
  const gap = bits + 0.5 * Math.log2(b / a)
  if (gap < -PROJECTION_BITS) combineRows(rows, i, j, [1, 0, -g / a, 1])
  else if (gap > PROJECTION_BITS) combineRows(rows, i, j, [1, -g / b, 0, 1])
  else {
    const ratio = 2 ** bits
    const zeta = (b * ratio - a / ratio) / (2 * g)
    const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
    const c = 1 / Math.sqrt(1 + t * t)
    combineRows(rows, i, j, [c, -c * t * ratio, (c * t) / ratio, c])
  }
  squares[i] = dot(rows, i, i)
  squares[j] = dot(rows, j, j)
}

type Matrix2 = readonly [number, number, number, number]

/** (row i, row j) becomes (p row i + q row j, r row i + s row j), in stored units. */
function combineRows(
  { values, width }: GradedRows,
  i: number,
  j: number,
  [p, q, r, s]: Matrix2,
): void {
  for (let k = 0; k < width; k++) {
    const [x, y] = [values[i * width + k]!, values[j * width + k]!]
    values[i * width + k] = p * x + q * y
    values[j * width + k] = r * x + s * y
  }
}
