/** Columns c_j = 2^exponent_j * (column j of `values`), [rows, columns] stored COLUMN by column. */
export interface GradedColumns {
  readonly values: Float64Array
  readonly rows: number
  readonly exponents: Float64Array
  /**
   * Size of each row before whatever cancelled in it, against which what is left is noise or not:
   * for columns M q the norms of the rows of M. The largest entry of each row where it is left out.
   */
  readonly rowSizes?: Float64Array
}

/** c P = Q diag(2^exponents) U with U upper triangular, U_ii = +-1 and |U_ij| <= 1 but for rounding. */
export interface GradedQr {
  /** Orthonormal columns, column by column, [rows, rank]. */
  readonly q: Float64Array
  /** log2 of the diagonal, in pivot order (descending but for ties). */
  readonly exponents: Float64Array
  /** [rank, columns] row-major; entry (i, j) belongs to column order[j]. */
  readonly u: Float64Array
  /** order[j]: which column came as the j-th pivot; columns past the rank are exact combinations. */
  readonly order: Int32Array
  readonly rank: number
}

/** A trailing entry under this times the size of its row is rounding noise of an exact zero. */
const NOISE = 1e-12

/** The factorization in progress. */
interface Work {
  readonly a: Float64Array
  readonly rows: number
  readonly columns: number
  readonly order: Int32Array
  readonly rowOf: Int32Array
  readonly rowSize: Float64Array
  readonly exponents: Float64Array
  /** Householder coefficients 2 / |v|^2. */
  readonly tau: Float64Array
  readonly diagonal: Float64Array
}

/**
 * QR of graded columns with pivoting by graded size.
 *
 * Scaling a column does not change how it is made orthogonal to others, so the reflections work on the
 * unscaled columns and the exponents only decide the order: ratios of any size are ordinary, and every
 * diagonal entry comes out with high relative accuracy. Rows are taken in the order of their size, which
 * makes Householder reflections stable row by row (Cox and Higham 1998): rows of very different size
 * (saturated units) keep their digits too. Trailing columns that are noise in every row are exact zeros.
 */
export function gradedQr(columns: GradedColumns): GradedQr {
  const work = start(columns)
  const steps = Math.min(work.rows, work.columns)
  let rank = 0
  for (; rank < steps; rank++) {
    const pivot = choosePivot(work, rank)
    if (pivot < 0) break
    swapColumns(work, rank, pivot)
    reflect(work, rank)
  }
  return finish(work, rank)
}

function largestEntries({ values, rows }: GradedColumns): Float64Array {
  const size = new Float64Array(rows)
  values.forEach((v, at) => (size[at % rows] = Math.max(size[at % rows]!, Math.abs(v))))
  return size
}

function start(given: GradedColumns): Work {
  const { values, rows, exponents } = given
  const columns = exponents.length
  const size = given.rowSizes ?? largestEntries(given)
  const rowOf = Int32Array.from({ length: rows }, (_, i) => i).sort((p, q) => size[q]! - size[p]!)
  const a = new Float64Array(values.length)
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) a[j * rows + i] = values[j * rows + rowOf[i]!]!
  return {
    a,
    rows,
    columns,
    order: Int32Array.from({ length: columns }, (_, j) => j),
    rowOf,
    rowSize: Float64Array.from(rowOf, (i) => size[i]!),
    exponents: exponents.slice(),
    tau: new Float64Array(columns),
    diagonal: new Float64Array(columns),
  }
}

/** Norm of the part of column j that is not yet reduced; 0 where it is noise in every row. */
function residual({ a, rows, rowSize }: Work, j: number, from: number): number {
  let [sum, isNoise] = [0, true]
  for (let i = from; i < rows; i++) {
    const v = a[j * rows + i]!
    sum += v * v
    if (isNoise && Math.abs(v) > NOISE * rowSize[i]!) isNoise = false
  }
  return isNoise ? 0 : Math.sqrt(sum)
}

/** The column whose graded residual is largest; -1 where all are exact zeros. */
function choosePivot(work: Work, from: number): number {
  let [best, bestSize] = [-1, -Infinity]
  for (let j = from; j < work.columns; j++) {
    const size = Math.log2(residual(work, j, from)) + work.exponents[j]!
    if (size > bestSize) [best, bestSize] = [j, size]
  }
  return best
}

function swapColumns({ a, rows, order, exponents }: Work, p: number, q: number): void {
  if (p === q) return
  for (let i = 0; i < rows; i++) {
    const kept = a[p * rows + i]!
    a[p * rows + i] = a[q * rows + i]!
    a[q * rows + i] = kept
  }
  ;[order[p], order[q]] = [order[q]!, order[p]!]
  ;[exponents[p], exponents[q]] = [exponents[q]!, exponents[p]!]
}

/** Householder step k: the reflection vector stays below the diagonal of column k. */
function reflect({ a, rows, columns, tau, diagonal }: Work, k: number): void {
  const at = k * rows
  let tail = 0
  for (let i = k + 1; i < rows; i++) tail += a[at + i]! ** 2
  const head = a[at + k]!
  const size = Math.sqrt(head * head + tail)
  const entry = head >= 0 ? -size : size
  const factor = size === 0 ? 0 : 2 / ((head - entry) ** 2 + tail)
  diagonal[k] = entry
  tau[k] = factor
  a[at + k] = head - entry
  for (let j = k + 1; j < columns; j++)
    applyReflection(a, { at, from: k, rows, tau: factor }, j * rows)
}

interface Reflection {
  readonly at: number
  readonly from: number
  readonly rows: number
  readonly tau: number
}

/** column -= tau (v . column) v */
function applyReflection(
  a: Float64Array,
  { at, from, rows, tau }: Reflection,
  column: number,
): void {
  let dot = 0
  for (let i = from; i < rows; i++) dot += a[at + i]! * a[column + i]!
  const factor = tau * dot
  if (factor === 0) return
  for (let i = from; i < rows; i++) a[column + i]! -= factor * a[at + i]!
}

/** Q explicitly, rows back in their own order; U with the exponents of the columns worked in. */
function finish(work: Work, rank: number): GradedQr {
  const { a, rows, columns, order, exponents, diagonal } = work
  const u = new Float64Array(rank * columns)
  for (let i = 0; i < rank; i++) {
    const size = Math.abs(diagonal[i]!)
    u[i * columns + i] = Math.sign(diagonal[i]!)
    for (let j = i + 1; j < columns; j++) {
      const ratio = 2 ** (exponents[j]! - exponents[i]!)
      u[i * columns + j] = ratio === 0 ? 0 : (a[j * rows + i]! / size) * ratio
    }
  }
  const out = Float64Array.from(
    { length: rank },
    (_, i) => exponents[i]! + Math.log2(Math.abs(diagonal[i]!)),
  )
  return { q: explicitQ(work, rank), exponents: out, u, order, rank }
}

function explicitQ({ a, rows, rowOf, tau }: Work, rank: number): Float64Array {
  const sorted = new Float64Array(rows * rank)
  const all = new Float64Array(a.length + sorted.length)
  all.set(a)
  for (let j = 0; j < rank; j++) {
    const column = a.length + j * rows
    all[column + j] = 1
    for (let k = j; k >= 0; k--)
      applyReflection(all, { at: k * rows, from: k, rows, tau: tau[k]! }, column)
  }
  for (let j = 0; j < rank; j++)
    for (let i = 0; i < rows; i++) sorted[j * rows + rowOf[i]!] = all[a.length + j * rows + i]!
  return sorted
}
