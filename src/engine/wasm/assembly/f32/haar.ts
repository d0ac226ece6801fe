// Haar orthogonal matrices: the float32 twin of src/math/haar.ts, which documents the algorithm.

import { madd } from './madd'
import { fillNormals } from './random'

// @ts-ignore: decorator
@inline
function at(base: usize, i: i32): usize {
  return base + (<usize>i << 2)
}

/** Bytes of scratch for `haar`: all normals (whole groups of 8) and the Householder vector. */
export function haarScratchBytes(n: i32): i32 {
  return 4 * (((n * (n + 1)) / 2 + 8) + n + 8)
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
  const u = at(scratch, (count + 7) & ~7)
  memory.fill(q, 0, (<usize>n * <usize>n) << 2)
  let offset = count - 1
  store<f32>(at(q, n * n - 1), load<f32>(at(scratch, offset)) < 0 ? -1 : 1)
  for (let m = 2; m <= n; m++) {
    offset -= m
    grow(q, n, m, at(scratch, offset), u)
  }
  if (scale != 1) for (let i = 0; i < n * n; i++) store<f32>(at(q, i), load<f32>(at(q, i)) * scale)
}

/** Turns the trailing block B of order m - 1 into H diag(-sign(x_0), B) of order m. */
function grow(q: usize, n: i32, m: i32, x: usize, u: usize): void {
  let square: f64 = 0
  for (let i = 0; i < m; i++) square += <f64>load<f32>(at(x, i)) * <f64>load<f32>(at(x, i))
  const norm = Math.sqrt(square)
  const head = <f64>load<f32>(x)
  const scale = 1 / Math.sqrt(norm * (norm + Math.abs(head)))
  for (let i = 1; i < m; i++) store<f32>(at(u, i), <f32>(<f64>load<f32>(at(x, i)) * scale))
  store<f32>(u, <f32>((head < 0 ? head - norm : head + norm) * scale))
  const top = n - m
  // Columns left of the block are still zero, so chunks may start at a multiple of 4.
  let j = (top + 1) & ~3
  for (; j + 16 <= n; j += 16) reflect16(at(q, top * n + j), n, m, u)
  for (; j + 4 <= n; j += 4) reflect4(at(q, top * n + j), n, m, u)
  for (; j < n; j++) if (j > top) reflect1(at(q, top * n + j), n, m, u)
  for (let i = 0; i < m; i++)
    store<f32>(at(q, (top + i) * n + top), <f32>(<f64>load<f32>(at(x, i)) / norm))
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
