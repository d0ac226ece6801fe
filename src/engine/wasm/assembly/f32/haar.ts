// Haar orthogonal matrices: the float32 twin of src/math/haar.ts, which documents the algorithm.

import { scale as scaleBy, sumOfSquares } from './elementwise'
import { gemm } from './gemm'
import { madd } from './madd'
import { fillNormals } from './random'

// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): usize {
  return base + (<usize>i << 2)
}

/** Reflections applied at once, as I - V T V^T (Schreiber and Van Loan 1989), and the order below which it does not pay. */
const BLOCK: i32 = 16
const SMALL: i32 = 64

/** Normals in front of reflection k of order n. */
// @ts-ignore: decorator
@inline
function offsetOf(k: i32, n: i32): i32 {
  return k * n - (k * (k - 1)) / 2
}

// @ts-ignore: decorator
@inline
function wholeGroups(entries: i32): i32 {
  return (entries + 7) & ~7
}

/** Bytes of scratch for `haar`: all normals, then a Householder vector or the matrices of a block. */
export function haarScratchBytes(n: i32): i32 {
  return 4 * (wholeGroups((n * (n + 1)) / 2) + wholeGroups(n) + BLOCK * (3 * n + 2 * BLOCK))
}

/** q, [n, n], becomes `scale` times a Haar orthogonal matrix. */
export function haar(
  q: usize,
  n: i32,
  scratch: usize,
  seed: i32,
  role: i32,
  layer: i32,
  scale: f32,
): void {
  const count = (n * (n + 1)) / 2
  fillNormals(scratch, count, seed, role, layer, 1)
  const work = at(scratch, wholeGroups(count))
  memory.fill(q, 0, (<usize>n * <usize>n) << 2)
  store<f32>(at(q, n * n - 1), load<f32>(at(scratch, count - 1)) < 0 ? -1 : 1)
  // The order that is left when only whole blocks of reflections remain.
  const rest = n < SMALL ? n : n % BLOCK + BLOCK
  for (let m = 2; m <= rest; m++) grow(q, n, m, at(scratch, offsetOf(n - m, n)), work)
  for (let top = n - rest - BLOCK; top >= 0; top -= BLOCK)
    growBlock(q, n, top, at(scratch, offsetOf(top, n)), work)
  if (scale != 1) scaleBy(q, scale, n * n)
}

/**
 * H_top ... H_{top + BLOCK - 1} applied to diag(d, B), with B the finished block of order m - BLOCK:
 * W = V^T diag(d, B), then diag(d, B) - V (T W). The reflections are I - u u^T, so that
 * T^-1 = I + (what lies above the diagonal of V^T V).
 */
function growBlock(q: usize, n: i32, top: i32, x: usize, work: usize): void {
  const m = n - top
  const v = work
  const products = at(v, m * BLOCK)
  const t = at(products, BLOCK * BLOCK)
  const w = at(t, BLOCK * BLOCK)
  const tw = at(w, m * BLOCK)
  const corner = at(q, top * (n + 1))
  memory.fill(v, 0, <usize>(m * BLOCK) << 2)
  let next = x
  for (let j = 0; j < BLOCK; j++) {
    const d = householder(next, m - j, at(v, j * BLOCK + j), BLOCK)
    store<f32>(at(corner, j * (n + 1)), d)
    next = at(next, m - j)
  }
  gemm(v, 1, BLOCK, v, BLOCK, products, BLOCK, BLOCK, BLOCK, m, false)
  invertTriangle(products, t)
  for (let i = 0; i < BLOCK; i++)
    for (let j = 0; j < BLOCK; j++)
      store<f32>(at(w, i * m + j), load<f32>(at(v, j * BLOCK + i)) * load<f32>(at(corner, j * (n + 1))))
  const left = m - BLOCK
  gemm(at(v, BLOCK * BLOCK), 1, BLOCK, at(corner, BLOCK * (n + 1)), n, at(w, BLOCK), m, BLOCK, left, left, false)
  gemm(t, BLOCK, 1, w, m, tw, m, BLOCK, m, BLOCK, false)
  gemm(v, BLOCK, 1, tw, m, corner, n, m, m, BLOCK, true)
}

/** t = -(I + (what lies above the diagonal of s))^-1, column by column. */
function invertTriangle(s: usize, t: usize): void {
  memory.fill(t, 0, <usize>(BLOCK * BLOCK) << 2)
  for (let j = 0; j < BLOCK; j++) {
    store<f32>(at(t, j * BLOCK + j), -1)
    for (let i = j - 1; i >= 0; i--) {
      let sum: f32 = 0
      for (let k = i + 1; k <= j; k++)
        sum += load<f32>(at(s, i * BLOCK + k)) * load<f32>(at(t, k * BLOCK + j))
      store<f32>(at(t, i * BLOCK + j), -sum)
    }
  }
}

/**
 * u with I - u u^T the reflection that maps x, of m entries, to d |x| e_1, d = -sign(x_0); says d.
 * The entries of u lie `stride` apart.
 */
function householder(x: usize, m: i32, u: usize, stride: i32): f32 {
  const norm = Math.sqrt(sumOfSquares(x, m))
  const head = <f64>load<f32>(x)
  const scale = 1 / Math.sqrt(norm * (norm + Math.abs(head)))
  store<f32>(u, <f32>((head < 0 ? head - norm : head + norm) * scale))
  const factor = <f32>scale
  for (let i = 1; i < m; i++) store<f32>(at(u, i * stride), load<f32>(at(x, i)) * factor)
  return head < 0 ? 1 : -1
}

/** Turns the trailing block B of order m - 1 into H diag(-sign(x_0), B) of order m. */
function grow(q: usize, n: i32, m: i32, x: usize, u: usize): void {
  householder(x, m, u, 1)
  const inverseNorm = 1 / Math.sqrt(sumOfSquares(x, m))
  const top = n - m
  // Columns left of the block are still zero, so chunks may start at a multiple of 4.
  let j = (top + 1) & ~3
  for (; j + 16 <= n; j += 16) reflect16(at(q, top * n + j), n, m, u)
  for (; j + 4 <= n; j += 4) reflect4(at(q, top * n + j), n, m, u)
  for (; j < n; j++) if (j > top) reflect1(at(q, top * n + j), n, m, u)
  for (let i = 0; i < m; i++)
    store<f32>(at(q, (top + i) * n + top), <f32>(<f64>load<f32>(at(x, i)) * inverseNorm))
}

/** B -= u (u^T B) on sixteen columns. */
function reflect16(block: usize, n: i32, m: i32, u: usize): void {
  const stride = <usize>n << 2
  let p0 = f32x4.splat(0)
  let p1 = f32x4.splat(0)
  let p2 = f32x4.splat(0)
  let p3 = f32x4.splat(0)
  let row = block + stride
  for (let i = 1; i < m; i++) {
    const v = v128.load32_splat(at(u, i))
    p0 = madd(v, v128.load(row), p0)
    p1 = madd(v, v128.load(row, 16), p1)
    p2 = madd(v, v128.load(row, 32), p2)
    p3 = madd(v, v128.load(row, 48), p3)
    row += stride
  }
  p0 = f32x4.neg(p0)
  p1 = f32x4.neg(p1)
  p2 = f32x4.neg(p2)
  p3 = f32x4.neg(p3)
  row = block
  for (let i = 0; i < m; i++) {
    const v = v128.load32_splat(at(u, i))
    v128.store(row, madd(v, p0, v128.load(row)))
    v128.store(row, madd(v, p1, v128.load(row, 16)), 16)
    v128.store(row, madd(v, p2, v128.load(row, 32)), 32)
    v128.store(row, madd(v, p3, v128.load(row, 48)), 48)
    row += stride
  }
}

function reflect4(block: usize, n: i32, m: i32, u: usize): void {
  const stride = <usize>n << 2
  let p = f32x4.splat(0)
  let row = block + stride
  for (let i = 1; i < m; i++) {
    p = madd(v128.load32_splat(at(u, i)), v128.load(row), p)
    row += stride
  }
  p = f32x4.neg(p)
  row = block
  for (let i = 0; i < m; i++) {
    v128.store(row, madd(v128.load32_splat(at(u, i)), p, v128.load(row)))
    row += stride
  }
}

function reflect1(block: usize, n: i32, m: i32, u: usize): void {
  const stride = <usize>n << 2
  let p: f32 = 0
  for (let i = 1; i < m; i++) p += load<f32>(at(u, i)) * load<f32>(block + <usize>i * stride)
  for (let i = 0; i < m; i++) {
    const row = block + <usize>i * stride
    store<f32>(row, load<f32>(row) - load<f32>(at(u, i)) * p)
  }
}

/** out, [2 h, 2 h], = [[O, -O], [-O, O]] from O, [h, h]. */
export function mirror(block: usize, out: usize, half: i32): void {
  const n = 2 * half
  for (let i = 0; i < half; i++) {
    for (let j = 0; j < half; j++) {
      const v = load<f32>(at(block, i * half + j))
      store<f32>(at(out, i * n + j), v)
      store<f32>(at(out, i * n + half + j), -v)
      store<f32>(at(out, (half + i) * n + j), -v)
      store<f32>(at(out, (half + i) * n + half + j), v)
    }
  }
}
