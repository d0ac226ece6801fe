// What is done to one or two vectors of float64, two entries at a time.

import { row } from './memory'

// @ts-ignore: decorator
@inline
export function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
}

/** Dot product of `count` entries (even). */
export function dot(x: usize, y: usize, count: i32): f64 {
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
export function subtractScaled(x: usize, y: usize, factor: f64, count: i32): f64 {
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

/** (x, y) becomes (c x + p y, q x + c y). */
export function combineRows(x: usize, y: usize, count: i32, c: f64, p: f64, q: f64): void {
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

/** Columns p and q change places. */
export function swapColumns(a: usize, p: i32, q: i32, ld: i32): void {
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
