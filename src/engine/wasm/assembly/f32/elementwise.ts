// Sums in float64 and small passes over float32 arrays. Buffers may be read and written up to the next
// multiple of 4 entries; sums look at `count` entries only.

import { total } from '../f64/vectors'

// @ts-ignore: decorator
@inline
export function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v)
}

// @ts-ignore: decorator
@inline
export function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))
}

export function sumOfSquares(x: usize, count: i32): f64 {
  return dot(x, x, count)
}

/** Dot product of float32 arrays, products and sum in float64. */
export function dot(x: usize, y: usize, count: i32): f64 {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  const end4 = x + (<usize>(count & ~3) << 2)
  const end = x + (<usize>count << 2)
  while (x < end4) {
    const a = v128.load(x)
    const b = v128.load(y)
    s0 = f64x2.add(s0, f64x2.mul(low(a), low(b)))
    s1 = f64x2.add(s1, f64x2.mul(high(a), high(b)))
    x += 16
    y += 16
  }
  let sum = total(f64x2.add(s0, s1))
  while (x < end) {
    sum += <f64>load<f32>(x) * <f64>load<f32>(y)
    x += 4
    y += 4
  }
  return sum
}

/** out = p x + q y */
export function combine(p: f32, x: usize, q: f32, y: usize, out: usize, count: i32): void {
  const a = f32x4.splat(p)
  const b = f32x4.splat(q)
  const end = x + (<usize>count << 2)
  while (x < end) {
    v128.store(out, f32x4.add(f32x4.mul(a, v128.load(x)), f32x4.mul(b, v128.load(y))))
    x += 16
    y += 16
    out += 16
  }
}

/** x *= factor */
export function scale(x: usize, factor: f32, count: i32): void {
  const f = f32x4.splat(factor)
  const end = x + (<usize>count << 2)
  while (x < end) {
    v128.store(x, f32x4.mul(v128.load(x), f))
    x += 16
  }
}

/** Every row of h, [m, n]: h = p h + q b. */
export function addBias(h: usize, b: usize, m: i32, n: i32, p: f32, q: f32): void {
  const factor = f32x4.splat(p)
  const share = f32x4.splat(q)
  for (let i = 0; i < m; i++) {
    let j = 0
    for (; j + 4 <= n; j += 4) {
      const bias = v128.load(b + (<usize>j << 2))
      v128.store(h, f32x4.add(f32x4.mul(v128.load(h), factor), f32x4.mul(bias, share)))
      h += 16
    }
    for (; j < n; j++) {
      store<f32>(h, load<f32>(h) * p + load<f32>(b + (<usize>j << 2)) * q)
      h += 4
    }
  }
}

/**
 * What the statistics need of Z, [m, n]: out[0] = sum over units of the variance over samples (biased),
 * out[1] = sum over units of the mean square, out[2] = sum over units of min(P, N) / (P + N),
 * out[3] = units that are not zero for every sample.
 */
export function preactivationSums(z: usize, m: i32, n: i32, out: usize): void {
  memory.fill(out, 0, 32)
  const row = <usize>n << 2
  let j = 0
  for (; j + 4 <= n; j += 4) unitSums4(z + (<usize>j << 2), m, row, out)
  for (; j < n; j++) unitSums(z + (<usize>j << 2), m, row, out)
}

/** Four units side by side: sums in float64 lanes, signs counted in whole-number lanes. */
function unitSums4(z: usize, m: i32, row: usize, out: usize): void {
  let sum0 = f64x2.splat(0)
  let sum1 = f64x2.splat(0)
  let square0 = f64x2.splat(0)
  let square1 = f64x2.splat(0)
  let positive = i32x4.splat(0)
  let negative = i32x4.splat(0)
  const zero = f32x4.splat(0)
  let at = z
  for (let a = 0; a < m; a++) {
    const v = v128.load(at)
    const x = low(v)
    const y = high(v)
    sum0 = f64x2.add(sum0, x)
    sum1 = f64x2.add(sum1, y)
    square0 = f64x2.add(square0, f64x2.mul(x, x))
    square1 = f64x2.add(square1, f64x2.mul(y, y))
    // A true comparison is -1.
    positive = i32x4.sub(positive, f32x4.gt(v, zero))
    negative = i32x4.sub(negative, f32x4.lt(v, zero))
    at += row
  }
  addUnit(z, m, row, f64x2.extract_lane(sum0, 0), f64x2.extract_lane(square0, 0), i32x4.extract_lane(positive, 0), i32x4.extract_lane(negative, 0), out)
  addUnit(z + 4, m, row, f64x2.extract_lane(sum0, 1), f64x2.extract_lane(square0, 1), i32x4.extract_lane(positive, 1), i32x4.extract_lane(negative, 1), out)
  addUnit(z + 8, m, row, f64x2.extract_lane(sum1, 0), f64x2.extract_lane(square1, 0), i32x4.extract_lane(positive, 2), i32x4.extract_lane(negative, 2), out)
  addUnit(z + 12, m, row, f64x2.extract_lane(sum1, 1), f64x2.extract_lane(square1, 1), i32x4.extract_lane(positive, 3), i32x4.extract_lane(negative, 3), out)
}

function unitSums(z: usize, m: i32, row: usize, out: usize): void {
  let sum: f64 = 0
  let squares: f64 = 0
  let positive = 0
  let negative = 0
  let at = z
  for (let a = 0; a < m; a++) {
    const v = load<f32>(at)
    sum += <f64>v
    squares += <f64>v * <f64>v
    positive += v > 0 ? 1 : 0
    negative += v < 0 ? 1 : 0
    at += row
  }
  addUnit(z, m, row, sum, squares, positive, negative, out)
}

function addUnit(z: usize, m: i32, row: usize, sum: f64, squares: f64, positive: i32, negative: i32, out: usize): void {
  const mean = sum / <f64>m
  let spread = squares / <f64>m - mean * mean
  // Where the variance drowns in the square of the mean it is summed again about the mean.
  if (spread < 1e-6 * mean * mean) spread = spreadAbout(z, m, row, mean)
  store<f64>(out, load<f64>(out) + spread)
  store<f64>(out, load<f64>(out, 8) + squares / <f64>m, 8)
  if (positive + negative == 0) return
  const diversity = <f64>min(positive, negative) / <f64>(positive + negative)
  store<f64>(out, load<f64>(out, 16) + diversity, 16)
  store<f64>(out, load<f64>(out, 24) + 1, 24)
}

function spreadAbout(at: usize, m: i32, row: usize, mean: f64): f64 {
  let sum: f64 = 0
  for (let a = 0; a < m; a++) {
    const d = <f64>load<f32>(at) - mean
    sum += d * d
    at += row
  }
  return sum / <f64>m
}
