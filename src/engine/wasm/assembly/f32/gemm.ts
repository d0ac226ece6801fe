// float32 matrix products on a register tile of 4 rows by 8 columns. One kernel serves A B, A^T B and A B^T:
// entry (i, k) of A lies at a + i * aRow + k * aStep (bytes). B is worked in panels of 8 columns, copied
// together where it is not laid out for that. Every entry of C is summed in the order of k, whatever the sizes.

import { madd } from './madd'

/** Steps of k worked at a time, so that a panel of B stays in the first-level cache. */
const K_BLOCK: i32 = 256

/** Rows this many bytes apart share their places in the caches: a panel is then copied together first. */
const CLASHING_BYTES: usize = 4096
/** From this many rows of A on the copy pays. */
const MIN_ROWS_TO_COPY: i32 = 16
const PANEL = memory.data(4 * 8 * 256, 64)
/** A tile of C of which only some columns exist. */
const EDGE = memory.data(4 * 4 * 8, 64)

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
  const stepB = <usize>bStep << 2
  const copies = stepB % CLASHING_BYTES == 0 && m >= MIN_ROWS_TO_COPY
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const depth = min(K_BLOCK, k - k0)
    const add = accumulate || k0 > 0
    const a0 = a + <usize>k0 * (<usize>aStep << 2)
    for (let j = 0; j < n; j += 8) {
      let panel = b + <usize>k0 * stepB + (<usize>j << 2)
      let step = stepB
      const columns = min(8, n - j)
      if (copies || columns < 8) {
        copyPanel(panel, stepB, columns, depth)
        panel = PANEL
        step = 32
      }
      timesPanel(a0, aRow, aStep, panel, step, c + (<usize>j << 2), cRow, m, columns, depth, add)
    }
  }
}

/** C[m, n] = A B^T, plus C itself where `accumulate`; B is [n, k] with rows bRow entries apart. */
export function gemmTransposed(
  a: usize,
  aRow: i32,
  aStep: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32,
  m: i32,
  n: i32,
  k: i32,
  accumulate: bool,
): void {
  const rowB = <usize>bRow << 2
  for (let k0 = 0; k0 < k; k0 += K_BLOCK) {
    const depth = min(K_BLOCK, k - k0)
    const add = accumulate || k0 > 0
    const a0 = a + <usize>k0 * (<usize>aStep << 2)
    for (let j = 0; j < n; j += 8) {
      const columns = min(8, n - j)
      turnPanel(b + <usize>j * rowB + (<usize>k0 << 2), rowB, columns, depth)
      timesPanel(a0, aRow, aStep, PANEL, 32, c + (<usize>j << 2), cRow, m, columns, depth, add)
    }
  }
}

/** Copies a panel of up to 8 columns of B, zeros in the columns that are not there. */
function copyPanel(b: usize, stepB: usize, columns: i32, depth: i32): void {
  const end = PANEL + (<usize>depth << 5)
  if (columns == 8) {
    for (let to = PANEL; to < end; to += 32) {
      v128.store(to, v128.load(b))
      v128.store(to, v128.load(b, 16), 16)
      b += stepB
    }
    return
  }
  memory.fill(PANEL, 0, end - PANEL)
  for (let to = PANEL; to < end; to += 32) {
    for (let j = 0; j < columns; j++)
      store<f32>(to + (<usize>j << 2), load<f32>(b + (<usize>j << 2)))
    b += stepB
  }
}

/** The same from up to 8 rows of B, which become the columns. */
function turnPanel(b: usize, rowB: usize, columns: i32, depth: i32): void {
  let p = 0
  if (columns == 8) {
    for (; p + 4 <= depth; p += 4) {
      const from = b + (<usize>p << 2)
      const to = PANEL + (<usize>p << 5)
      transpose4(from, rowB, to, 32)
      transpose4(from + 4 * rowB, rowB, to + 16, 32)
    }
  } else memory.fill(PANEL, 0, <usize>depth << 5)
  for (; p < depth; p++)
    for (let j = 0; j < columns; j++)
      store<f32>(PANEL + (<usize>(p * 8 + j) << 2), load<f32>(b + <usize>j * rowB + (<usize>p << 2)))
}

/** C = A panel for up to 8 columns of C. */
function timesPanel(
  a: usize,
  aRow: i32,
  aStep: i32,
  panel: usize,
  step: usize,
  c: usize,
  cRow: i32,
  m: i32,
  columns: i32,
  depth: i32,
  add: bool,
): void {
  const rowA = <usize>aRow << 2
  const stepA = <usize>aStep << 2
  const rowC = <usize>cRow << 2
  let i = 0
  if (columns == 8) {
    for (; i + 4 <= m; i += 4)
      tile4x8(a + <usize>i * rowA, rowA, stepA, panel, step, c + <usize>i * rowC, rowC, depth, add)
    for (; i < m; i++) tile1x8(a + <usize>i * rowA, stepA, panel, step, c + <usize>i * rowC, depth, add)
    return
  }
  for (; i + 4 <= m; i += 4) {
    tile4x8(a + <usize>i * rowA, rowA, stepA, panel, step, EDGE, 32, depth, false)
    for (let r = 0; r < 4; r++) putEdge(EDGE + 32 * r, c + <usize>(i + r) * rowC, columns, add)
  }
  for (; i < m; i++) {
    tile1x8(a + <usize>i * rowA, stepA, panel, step, EDGE, depth, false)
    putEdge(EDGE, c + <usize>i * rowC, columns, add)
  }
}

function putEdge(from: usize, c: usize, columns: i32, add: bool): void {
  for (let j: usize = 0; j < <usize>columns << 2; j += 4)
    store<f32>(c + j, add ? load<f32>(c + j) + load<f32>(from + j) : load<f32>(from + j))
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

/** The 4 x 4 entries at `from`, turned. */
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
