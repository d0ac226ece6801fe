// Products of float64 matrices by tiles that stay in registers.

import { put, row } from './memory'
import { dot, total } from './vectors'

/** out[j, i] = sum_k a[j, k] b[i, k]: [rows, ld] by [ld, ld], all padded; tiles of 2 by 4. */
export function multiplyTransposed(a: usize, b: usize, out: usize, rows: i32, ld: i32): void {
  const stride = <usize>ld << 3
  let j = 0
  for (; j + 1 < rows; j += 2) {
    for (let i = 0; i < ld; i += 4) tile2x4(row(a, j, ld), row(b, i, ld), stride, row(out, j, ld) + (<usize>i << 3), stride)
  }
  if (j < rows) for (let i = 0; i < ld; i++) put(row(out, j, ld), i, dot(row(a, j, ld), row(b, i, ld), ld))
}

/** out[j, i] = a_j . b_i for two rows of a and four of b, each `stride` bytes (whole vectors) long. */
// @ts-ignore: decorator
@inline
export function tile2x4(a0: usize, b0: usize, stride: usize, out: usize, outStride: usize): void {
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
  const next = out + outStride
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
export function rowsTimes(a: usize, from: i32, b: usize, out: usize, inner: i32, ld: i32): void {
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
