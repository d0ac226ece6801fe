import { get, getInt, put, putInt, row } from './memory'
import { dot, subtractScaled, swapColumns } from './vectors'

const NOISE: f64 = 1e-12

/** 2^whole for whole in the range of float64, 0 below it. */
// @ts-ignore: decorator
@inline
function powerOfTwo(whole: f64): f64 {
  return whole < -1022 ? 0 : whole > 1023 ? Infinity : reinterpret<f64>((<i64>whole + 1023) << 52)
}

/** Size of row i: its largest entry over the columns. */
function largestEntries(values: usize, columns: i32, ld: i32, rowSize: usize): void {
  memory.fill(rowSize, 0, <usize>ld << 3)
  for (let j = 0; j < columns; j++) {
    const column = row(values, j, ld)
    for (let i = 0; i < ld; i++) put(rowSize, i, Math.max(get(rowSize, i), Math.abs(get(column, i))))
  }
}

/** Sorts the sizes of rows, largest first; `rowOf` says which row came where. */
function sortRows(ld: i32, rowOf: usize, rowSize: usize): void {
  for (let i = 0; i < ld; i++) {
    const size = get(rowSize, i)
    let k = i
    while (k > 0 && get(rowSize, k - 1) < size) {
      put(rowSize, k, get(rowSize, k - 1))
      putInt(rowOf, k, getInt(rowOf, k - 1))
      k--
    }
    put(rowSize, k, size)
    putInt(rowOf, k, i)
  }
}

function isNoise(column: usize, from: i32, ld: i32, rowSize: usize): bool {
  for (let i = from; i < ld; i++) if (Math.abs(get(column, i)) > NOISE * get(rowSize, i)) return false
  return true
}

/** Squared residual of a column, 0 where it is noise in every row (only then worth a closer look). */
// @ts-ignore: decorator
@inline
function clean(square: f64, column: usize, from: i32, ld: i32, rowSize: usize): f64 {
  if (from >= ld) return 0
  const bound = NOISE * get(rowSize, from)
  if (square > bound * bound * <f64>ld * 2) return square
  return isNoise(column, from, ld, rowSize) ? 0 : square
}

/** Bytes of scratch that gradedQr and gradedSvd need for a leading dimension. */
export function scratchBytes(ld: i32): i32 {
  return 8 * ld * ld * 2 + 8 * ld * 6 + 4 * ld
}

/**
 * QR of graded columns: see src/math/gradedQr.ts. `values`: [columns, ld], column by column; `sizes` of
 * the rows, or 0 for their largest entries.
 * Out: q [rank, ld], exponents (in place, pivot order), u [columns rounded to 4, ld], order.
 * @returns the rank
 */
export function gradedQr(
  values: usize,
  columns: i32,
  ld: i32,
  exponents: usize,
  q: usize,
  u: usize,
  order: usize,
  scratch: usize,
  sizes: usize,
): i32 {
  const a = scratch
  const work = a + ((<usize>ld * <usize>ld) << 3)
  const rowSize = work + ((<usize>ld * <usize>ld) << 3)
  const tau = rowSize + (<usize>ld << 3)
  const diagonal = tau + (<usize>ld << 3)
  const squares = diagonal + (<usize>ld << 3)
  const fraction = squares + (<usize>ld << 3)
  const whole = fraction + (<usize>ld << 3)
  const rowOf = whole + (<usize>ld << 3)
  if (sizes != 0) memory.copy(rowSize, sizes, <usize>ld << 3)
  else largestEntries(values, columns, ld, rowSize)
  sortRows(ld, rowOf, rowSize)
  for (let j = 0; j < columns; j++) {
    const from = row(values, j, ld)
    const to = row(a, j, ld)
    for (let i = 0; i < ld; i++) put(to, i, get(from, getInt(rowOf, i)))
    put(squares, j, dot(to, to, ld))
    putInt(order, j, j)
  }
  let rank = 0
  while (rank < columns) {
    const pivot = choosePivot(a, rank, columns, ld, exponents, squares, rowSize)
    if (pivot < 0) break
    if (pivot != rank) exchange(a, rank, pivot, ld, exponents, squares, order)
    reflect(a, rank, columns, ld, tau, diagonal, squares)
    rank++
  }
  for (let j = 0; j < columns; j++) {
    put(whole, j, Math.floor(get(exponents, j)))
    put(fraction, j, Math.pow(2, get(exponents, j) - get(whole, j)))
  }
  writeU(a, rank, columns, ld, u, diagonal, fraction, whole)
  writeQ(a, rank, ld, q, tau, rowOf, work)
  for (let i = 0; i < rank; i++)
    put(exponents, i, get(exponents, i) + Math.log2(Math.abs(get(diagonal, i))))
  return rank
}

function choosePivot(
  a: usize,
  from: i32,
  columns: i32,
  ld: i32,
  exponents: usize,
  squares: usize,
  rowSize: usize,
): i32 {
  let best = -1
  let bestSize: f64 = -Infinity
  for (let j = from; j < columns; j++) {
    const square = clean(get(squares, j), row(a, j, ld), from, ld, rowSize)
    if (square == 0) continue
    const size = 0.5 * roughLog2(square) + get(exponents, j)
    if (size > bestSize) {
      bestSize = size
      best = j
    }
  }
  return best
}

/** log2 to 0.09: pivots need an order, not digits. */
// @ts-ignore: decorator
@inline
export function roughLog2(v: f64): f64 {
  const bits = reinterpret<i64>(v)
  return <f64>(bits >> 52) - 1023 + <f64>(bits & 0xfffffffffffff) * 2.220446049250313e-16
}

function exchange(
  a: usize,
  p: i32,
  q: i32,
  ld: i32,
  exponents: usize,
  squares: usize,
  order: usize,
): void {
  swapColumns(a, p, q, ld)
  const exponent = get(exponents, p)
  put(exponents, p, get(exponents, q))
  put(exponents, q, exponent)
  const square = get(squares, p)
  put(squares, p, get(squares, q))
  put(squares, q, square)
  const index = getInt(order, p)
  putInt(order, p, getInt(order, q))
  putInt(order, q, index)
}

/** Householder step k: the vector stays in column k from row k down, R above it. */
function reflect(
  a: usize,
  k: i32,
  columns: i32,
  ld: i32,
  tau: usize,
  diagonal: usize,
  squares: usize,
): void {
  const column = row(a, k, ld)
  const tail = exactSquare(column, k + 1, ld)
  const head = get(column, k)
  const size = Math.sqrt(head * head + tail)
  put(diagonal, k, head >= 0 ? -size : size)
  const v0 = head - get(diagonal, k)
  const t = size == 0 ? 0 : 2 / (v0 * v0 + tail)
  put(tau, k, t)
  put(column, k, v0)
  for (let j = k + 1; j < columns; j++) put(squares, j, applyReflection(column, row(a, j, ld), k, ld, t))
}

/**
 * c -= t (v . c) v from row k down; the sum of squares of c below row k comes back. Rows up to the next
 * even one are done one by one, the rest two at a time.
 */
function applyReflection(v: usize, c: usize, k: i32, ld: i32, t: f64): f64 {
  const even = (k & ~1) + 2
  const v0 = get(v, k)
  const v1 = (k & 1) == 0 ? get(v, k + 1) : 0
  const c1 = (k & 1) == 0 ? get(c, k + 1) : 0
  const rest = <usize>even << 3
  const factor = t * (v0 * get(c, k) + v1 * c1 + dot(v + rest, c + rest, ld - even))
  put(c, k, get(c, k) - factor * v0)
  const next = c1 - factor * v1
  if ((k & 1) == 0) put(c, k + 1, next)
  return next * next + subtractScaled(v + rest, c + rest, factor, ld - even)
}

function exactSquare(column: usize, from: i32, ld: i32): f64 {
  let square: f64 = 0
  for (let i = from; i < ld; i++) square += get(column, i) * get(column, i)
  return square
}

function writeU(
  a: usize,
  rank: i32,
  columns: i32,
  ld: i32,
  u: usize,
  diagonal: usize,
  fraction: usize,
  whole: usize,
): void {
  memory.fill(u, 0, (<usize>ld * <usize>ld) << 3)
  for (let i = 0; i < rank; i++) {
    const out = row(u, i, ld)
    const size = Math.abs(get(diagonal, i))
    put(out, i, get(diagonal, i) < 0 ? -1 : 1)
    const scale = 1 / (size * get(fraction, i))
    for (let j = i + 1; j < columns; j++) {
      const ratio = powerOfTwo(get(whole, j) - get(whole, i))
      if (ratio != 0) put(out, j, get(row(a, j, ld), i) * scale * get(fraction, j) * ratio)
    }
  }
}

function writeQ(a: usize, rank: i32, ld: i32, q: usize, tau: usize, rowOf: usize, work: usize): void {
  const stride = <usize>ld << 3
  for (let j = 0; j < rank; j++) {
    const column = work + <usize>j * stride
    memory.fill(column, 0, stride)
    put(column, j, 1)
  }
  for (let k = rank - 1; k >= 0; k--) {
    for (let j = k; j < rank; j++)
      applyReflection(row(a, k, ld), work + <usize>j * stride, k, ld, get(tau, k))
  }
  for (let j = 0; j < rank; j++) {
    const from = work + <usize>j * stride
    const to = q + <usize>j * stride
    for (let i = 0; i < ld; i++) put(to, getInt(rowOf, i), get(from, i))
  }
}
