// float32 matrix products on a register tile of 4 rows by 8 columns. One kernel serves A B and A^T B:
// entry (i, k) of A lies at a + i * aRow + k * aStep (bytes). B and C are row-major.

import { madd } from './madd'

/** Steps of k worked at a time, so that a panel of B (8 columns) stays in the first-level cache. */
const K_BLOCK: i32 = 256

/** C[m, n] = A B, plus C itself where `accumulate`. Strides in entries. */
export function gemm(
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  bStep: i32,
  c: usize,
  cRow: i32,
  m: i32,
  n: i32,
  k: i32,
  accumulate: bool,
): void {
  const rowA = <usize>aRow << 2
  const stepA = <usize>aStep << 2
  const stepB = <usize>bStep << 2
  const rowC = <usize>cRow << 2
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const depth = min(K_BLOCK, k - k0)
    const a0 = a + <usize>k0 * stepA
    const b0 = b + <usize>k0 * stepB
    const add = accumulate || k0 > 0
    let j = 0
    for (; j + 8 <= n; j += 8) {
      const bj = b0 + (<usize>j << 2)
      const cj = c + (<usize>j << 2)
      let i = 0
      for (; i + 4 <= m; i += 4)
        tile4x8(a0 + <usize>i * rowA, rowA, stepA, bj, stepB, cj + <usize>i * rowC, rowC, depth, add)
      for (; i < m; i++) tile1x8(a0 + <usize>i * rowA, stepA, bj, stepB, cj + <usize>i * rowC, depth, add)
    }
    for (; j + 4 <= n; j += 4) {
      for (let i = 0; i < m; i++)
        tile1x4(a0 + <usize>i * rowA, stepA, b0 + (<usize>j << 2), stepB, c + <usize>i * rowC + (<usize>j << 2), depth, add)
    }
    for (; j < n; j++) {
      for (let i = 0; i < m; i++)
        tile1x1(a0 + <usize>i * rowA, stepA, b0 + (<usize>j << 2), stepB, c + <usize>i * rowC + (<usize>j << 2), depth, add)
    }
  }
}

// @ts-ignore: decorator
@inline
function tile4x8(
  a: usize,
  rowA: usize,
  stepA: usize,
  b: usize,
  stepB: usize,
  c: usize,
  rowC: usize,
  depth: i32,
  add: bool,
): void {
  let c00 = f32x4.splat(0)
  let c01 = f32x4.splat(0)
  let c10 = f32x4.splat(0)
  let c11 = f32x4.splat(0)
  let c20 = f32x4.splat(0)
  let c21 = f32x4.splat(0)
  let c30 = f32x4.splat(0)
  let c31 = f32x4.splat(0)
  const a2 = a + 2 * rowA
  for (let p = 0; p < depth; p++) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    let x = v128.load32_splat(a)
    c00 = madd(x, b0, c00)
    c01 = madd(x, b1, c01)
    x = v128.load32_splat(a + rowA)
    c10 = madd(x, b0, c10)
    c11 = madd(x, b1, c11)
    const offset = <usize>p * stepA
    x = v128.load32_splat(a2 + offset)
    c20 = madd(x, b0, c20)
    c21 = madd(x, b1, c21)
    x = v128.load32_splat(a2 + rowA + offset)
    c30 = madd(x, b0, c30)
    c31 = madd(x, b1, c31)
    a += stepA
    b += stepB
  }
  put(c, c00, c01, add)
  put(c + rowC, c10, c11, add)
  put(c + 2 * rowC, c20, c21, add)
  put(c + 3 * rowC, c30, c31, add)
}

// @ts-ignore: decorator
@inline
function put(c: usize, x: v128, y: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(v128.load(c), x) : x)
  v128.store(c, add ? f32x4.add(v128.load(c, 16), y) : y, 16)
}

function tile1x8(a: usize, stepA: usize, b: usize, stepB: usize, c: usize, depth: i32, add: bool): void {
  let c0 = f32x4.splat(0)
  let c1 = f32x4.splat(0)
  for (let p = 0; p < depth; p++) {
    const x = v128.load32_splat(a)
    c0 = madd(x, v128.load(b), c0)
    c1 = madd(x, v128.load(b, 16), c1)
    a += stepA
    b += stepB
  }
  put(c, c0, c1, add)
}

function tile1x4(a: usize, stepA: usize, b: usize, stepB: usize, c: usize, depth: i32, add: bool): void {
  let sum = f32x4.splat(0)
  for (let p = 0; p < depth; p++) {
    sum = madd(v128.load32_splat(a), v128.load(b), sum)
    a += stepA
    b += stepB
  }
  v128.store(c, add ? f32x4.add(v128.load(c), sum) : sum)
}

function tile1x1(a: usize, stepA: usize, b: usize, stepB: usize, c: usize, depth: i32, add: bool): void {
  let sum: f32 = 0
  for (let p = 0; p < depth; p++) {
    sum += load<f32>(a) * load<f32>(b)
    a += stepA
    b += stepB
  }
  store<f32>(c, add ? load<f32>(c) + sum : sum)
}

/** out[n, m] = in[m, n]^T, 4 x 4 at a time. */
export function transpose(from: usize, to: usize, m: i32, n: i32): void {
  const rowFrom = <usize>n << 2
  const rowTo = <usize>m << 2
  const m4 = m & ~3
  const n4 = n & ~3
  for (let i = 0; i < m4; i += 4)
    for (let j = 0; j < n4; j += 4)
      transpose4(from + <usize>i * rowFrom + (<usize>j << 2), rowFrom, to + <usize>j * rowTo + (<usize>i << 2), rowTo)
  for (let i = 0; i < m; i++)
    for (let j = i < m4 ? n4 : 0; j < n; j++)
      store<f32>(to + <usize>j * rowTo + (<usize>i << 2), load<f32>(from + <usize>i * rowFrom + (<usize>j << 2)))
}

// @ts-ignore: decorator
@inline
function transpose4(from: usize, rowFrom: usize, to: usize, rowTo: usize): void {
  const r0 = v128.load(from)
  const r1 = v128.load(from + rowFrom)
  const r2 = v128.load(from + 2 * rowFrom)
  const r3 = v128.load(from + 3 * rowFrom)
  const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5)
  const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7)
  const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5)
  const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7)
  v128.store(to, v128.shuffle<i32>(low01, low23, 0, 1, 4, 5))
  v128.store(to + rowTo, v128.shuffle<i32>(low01, low23, 2, 3, 6, 7))
  v128.store(to + 2 * rowTo, v128.shuffle<i32>(high01, high23, 0, 1, 4, 5))
  v128.store(to + 3 * rowTo, v128.shuffle<i32>(high01, high23, 2, 3, 6, 7))
}
