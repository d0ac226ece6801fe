// Float64 SIMD twin of src/math/gradedProduct.ts, gradedQr.ts and gradedSvd.ts: the same steps on the
// same storage (columns one after another), every column or row padded with zeros to `ld` entries,
// a multiple of 4, so that no loop has a tail. Pointers are bytes; scratch comes from the caller.

const NOISE: f64 = 1e-12
const ORTHOGONAL: f64 = 1e-8
const MAX_SWEEPS: i32 = 40
const PROJECTION_BITS: f64 = 27

// @ts-ignore: decorator
@inline
function get(base: usize, i: i32): f64 {
  return load<f64>(base + (<usize>i << 3))
}

// @ts-ignore: decorator
@inline
function put(base: usize, i: i32, v: f64): void {
  store<f64>(base + (<usize>i << 3), v)
}

// @ts-ignore: decorator
@inline
function getInt(base: usize, i: i32): i32 {
  return load<i32>(base + (<usize>i << 2))
}

// @ts-ignore: decorator
@inline
function putInt(base: usize, i: i32, v: i32): void {
  store<i32>(base + (<usize>i << 2), v)
}

// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

// @ts-ignore: decorator
@inline
function row(base: usize, i: i32, ld: i32): usize {
  return base + ((<usize>i * <usize>ld) << 3)
}

/** Dot product of `count` entries (even). */
function dot(x: usize, y: usize, count: i32): f64 {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  const end = x + (<usize>count << 3)
  const end4 = x + (<usize>(count & ~3) << 3)
  while (x < end4) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)))
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)))
    x += 32
    y += 32
  }
  while (x < end) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)))
    x += 16
    y += 16
  }
  return total(f64x2.add(s0, s1))
}

/** y -= factor x over `count` entries (even); the sum of squares of the new y comes back. */
function subtractScaled(x: usize, y: usize, factor: f64, count: i32): f64 {
  const f = f64x2.splat(factor)
  let squares = f64x2.splat(0)
  const end = x + (<usize>count << 3)
  while (x < end) {
    const v = f64x2.sub(v128.load(y), f64x2.mul(f, v128.load(x)))
    v128.store(y, v)
    squares = f64x2.add(squares, f64x2.mul(v, v))
    x += 16
    y += 16
  }
  return total(squares)
}

/** out[j, i] = sum_k a[j, k] b[i, k]: [rows, ld] by [ld, ld], all padded; tiles of 4 by 2. */
export function multiplyTransposed(a: usize, b: usize, out: usize, rows: i32, ld: i32): void {
  let j = 0
  for (; j + 1 < rows; j += 2) {
    for (let i = 0; i < ld; i += 4) tile4x2(row(a, j, ld), row(b, i, ld), row(out, j, ld) + (<usize>i << 3), ld)
  }
  if (j < rows) for (let i = 0; i < ld; i++) put(row(out, j, ld), i, dot(row(a, j, ld), row(b, i, ld), ld))
}

// @ts-ignore: decorator
@inline
function tile4x2(a0: usize, b0: usize, out: usize, ld: i32): void {
  const stride = <usize>ld << 3
  const a1 = a0 + stride
  const b1 = b0 + stride
  const b2 = b1 + stride
  const b3 = b2 + stride
  let s00 = f64x2.splat(0)
  let s01 = f64x2.splat(0)
  let s02 = f64x2.splat(0)
  let s03 = f64x2.splat(0)
  let s10 = f64x2.splat(0)
  let s11 = f64x2.splat(0)
  let s12 = f64x2.splat(0)
  let s13 = f64x2.splat(0)
  for (let k: usize = 0; k < stride; k += 16) {
    const x0 = v128.load(a0 + k)
    const x1 = v128.load(a1 + k)
    let y = v128.load(b0 + k)
    s00 = f64x2.add(s00, f64x2.mul(x0, y))
    s10 = f64x2.add(s10, f64x2.mul(x1, y))
    y = v128.load(b1 + k)
    s01 = f64x2.add(s01, f64x2.mul(x0, y))
    s11 = f64x2.add(s11, f64x2.mul(x1, y))
    y = v128.load(b2 + k)
    s02 = f64x2.add(s02, f64x2.mul(x0, y))
    s12 = f64x2.add(s12, f64x2.mul(x1, y))
    y = v128.load(b3 + k)
    s03 = f64x2.add(s03, f64x2.mul(x0, y))
    s13 = f64x2.add(s13, f64x2.mul(x1, y))
  }
  put(out, 0, total(s00))
  put(out, 1, total(s01))
  put(out, 2, total(s02))
  put(out, 3, total(s03))
  const next = out + stride
  put(next, 0, total(s10))
  put(next, 1, total(s11))
  put(next, 2, total(s12))
  put(next, 3, total(s13))
}

/** out = a b, all [ld, ld] padded: four rows by four columns at a time. */
export function multiply(a: usize, b: usize, out: usize, ld: i32): void {
  for (let i = 0; i < ld; i += 4) rowsTimes(row(a, i, ld), 0, b, row(out, i, ld), ld, ld)
}

/** Four rows of out = the same four rows of a (from column `from` to `inner`) times b. */
function rowsTimes(a: usize, from: i32, b: usize, out: usize, inner: i32, ld: i32): void {
  const stride = <usize>ld << 3
  for (let k: usize = 0; k < stride; k += 32) {
    let s00 = f64x2.splat(0)
    let s01 = f64x2.splat(0)
    let s10 = f64x2.splat(0)
    let s11 = f64x2.splat(0)
    let s20 = f64x2.splat(0)
    let s21 = f64x2.splat(0)
    let s30 = f64x2.splat(0)
    let s31 = f64x2.splat(0)
    let bRow = row(b, from, ld) + k
    for (let j = from; j < inner; j++) {
      const y0 = v128.load(bRow)
      const y1 = v128.load(bRow, 16)
      const at = a + (<usize>j << 3)
      let x = v128.load64_splat(at)
      s00 = f64x2.add(s00, f64x2.mul(x, y0))
      s01 = f64x2.add(s01, f64x2.mul(x, y1))
      x = v128.load64_splat(at + stride)
      s10 = f64x2.add(s10, f64x2.mul(x, y0))
      s11 = f64x2.add(s11, f64x2.mul(x, y1))
      x = v128.load64_splat(at + 2 * stride)
      s20 = f64x2.add(s20, f64x2.mul(x, y0))
      s21 = f64x2.add(s21, f64x2.mul(x, y1))
      x = v128.load64_splat(at + 3 * stride)
      s30 = f64x2.add(s30, f64x2.mul(x, y0))
      s31 = f64x2.add(s31, f64x2.mul(x, y1))
      bRow += stride
    }
    const to = out + k
    v128.store(to, s00)
    v128.store(to, s01, 16)
    v128.store(to + stride, s10)
    v128.store(to + stride, s11, 16)
    v128.store(to + 2 * stride, s20)
    v128.store(to + 2 * stride, s21, 16)
    v128.store(to + 3 * stride, s30)
    v128.store(to + 3 * stride, s31, 16)
  }
}

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

/** Norms of the rows of m, [ld, ld]. */
export function rowNorms(m: usize, ld: i32, out: usize): void {
  for (let i = 0; i < ld; i++) put(out, i, Math.sqrt(dot(row(m, i, ld), row(m, i, ld), ld)))
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

function swapColumns(a: usize, p: i32, q: i32, ld: i32): void {
  let x = row(a, p, ld)
  let y = row(a, q, ld)
  const end = row(a, p + 1, ld)
  while (x < end) {
    const v = v128.load(x)
    v128.store(x, v128.load(y))
    v128.store(y, v)
    x += 16
    y += 16
  }
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
function roughLog2(v: f64): f64 {
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

/** out = U P^T T, [rank, ld]; `permuted` is scratch for P^T T. Rows past the rank come out as zeros. */
export function absorb(
  u: usize,
  order: usize,
  t: usize,
  rank: i32,
  inner: i32,
  ld: i32,
  permuted: usize,
  out: usize,
): void {
  const stride = <usize>ld << 3
  for (let j = 0; j < inner; j++)
    memory.copy(permuted + <usize>j * stride, row(t, getInt(order, j), ld), stride)
  for (let i = 0; i < rank; i += 4) rowsTimes(row(u, i, ld), i, permuted, row(out, i, ld), inner, ld)
}

/**
 * log2 of the singular values of diag(2^exponents) T, unsorted, into `exponents`: see gradedSvd.ts.
 * `t`: [rank, ld] is not changed; `q`, `u`: [ld, ld] and `order` are scratch.
 * @returns how many there are
 */
export function gradedSvd(
  t: usize,
  rank: i32,
  ld: i32,
  exponents: usize,
  q: usize,
  u: usize,
  order: usize,
  scratch: usize,
): i32 {
  const found = gradedQr(t, rank, ld, exponents, q, u, order, scratch, 0)
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++)
    if (!rotateAll(u, found, ld, exponents, scratch)) break
  for (let i = 0; i < found; i++) {
    const r = row(u, i, ld)
    put(exponents, i, get(exponents, i) + 0.5 * Math.log2(dot(r, r, ld)))
  }
  return found
}

function rotateAll(rows: usize, count: i32, ld: i32, exponents: usize, squares: usize): bool {
  let rotated = false
  for (let i = 0; i < count; i++) put(squares, i, dot(row(rows, i, ld), row(rows, i, ld), ld))
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const g = dot(row(rows, i, ld), row(rows, j, ld), ld)
      if (g * g <= ORTHOGONAL * ORTHOGONAL * get(squares, i) * get(squares, j)) continue
      rotated = true
      rotate(rows, i, j, ld, g, exponents, squares)
    }
  }
  return rotated
}

function rotate(
  rows: usize,
  i: i32,
  j: i32,
  ld: i32,
  g: f64,
  exponents: usize,
  squares: usize,
): void {
  const a = get(squares, i)
  const b = get(squares, j)
  const bits = get(exponents, j) - get(exponents, i)
  const gap = bits + 0.5 * (roughLog2(b) - roughLog2(a))
  const x = row(rows, i, ld)
  const y = row(rows, j, ld)
  if (gap < -PROJECTION_BITS) {
    put(squares, j, subtractScaled(x, y, g / a, ld))
  } else if (gap > PROJECTION_BITS) {
    put(squares, i, subtractScaled(y, x, g / b, ld))
  } else {
    const ratio = Math.pow(2, bits)
    const zeta = (b * ratio - a / ratio) / (2 * g)
    const t = (zeta >= 0 ? 1.0 : -1.0) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
    const c = 1 / Math.sqrt(1 + t * t)
    combineRows(x, y, ld, c, -c * t * ratio, (c * t) / ratio)
    put(squares, i, a - g * t * ratio)
    put(squares, j, b + (g * t) / ratio)
    if (get(squares, i) < 0.1 * a) put(squares, i, dot(x, x, ld))
    if (get(squares, j) < 0.1 * b) put(squares, j, dot(y, y, ld))
  }
}

/** (x, y) becomes (c x + p y, q x + c y). */
function combineRows(x: usize, y: usize, count: i32, c: f64, p: f64, q: f64): void {
  const cc = f64x2.splat(c)
  const pp = f64x2.splat(p)
  const qq = f64x2.splat(q)
  const end = x + (<usize>count << 3)
  while (x < end) {
    const vx = v128.load(x)
    const vy = v128.load(y)
    v128.store(x, f64x2.add(f64x2.mul(cc, vx), f64x2.mul(pp, vy)))
    v128.store(y, f64x2.add(f64x2.mul(qq, vx), f64x2.mul(cc, vy)))
    x += 16
    y += 16
  }
}

/** First byte that the caller may use. */
export function heapBase(): usize {
  return __heap_base
}
