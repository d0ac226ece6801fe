// The Gram matrix of a batch in float64, and what src/engine/gram.ts reads off it.

import { tile2x4 } from '../f64/products'
import { dot } from '../f64/vectors'

/** Leading dimension of the widened rows: a multiple of 2, the rest zeros. */
// @ts-ignore: decorator
@inline
function padded(n: i32): i32 {
  return (n + 1) & ~1
}

/** Bytes of scratch for `gram` and `cholesky`. */
export function gramScratchBytes(m: i32, n: i32): i32 {
  return 8 * max(m * padded(n), m * m)
}

/** G = X X^T, [m, m] float64; `wide` holds the rows of X as float64. */
export function gram(x: usize, m: i32, n: i32, wide: usize, out: usize): void {
  const ld = padded(n)
  for (let a = 0; a < m; a++) {
    const to = wide + ((<usize>a * <usize>ld) << 3)
    for (let j = 0; j < n; j++)
      store<f64>(to + (<usize>j << 3), <f64>load<f32>(x + ((<usize>a * <usize>n + <usize>j) << 2)))
    if (ld > n) store<f64>(to + (<usize>n << 3), 0)
  }
  const row = <usize>ld << 3
  const rowOut = <usize>m << 3
  let a = 0
  for (; a + 2 <= m; a += 2) {
    let b = 0
    for (; b + 4 <= a + 2; b += 4) tile2x4(wide + <usize>a * row, wide + <usize>b * row, row, out + <usize>a * rowOut + (<usize>b << 3), rowOut)
    for (; b < a + 2; b++) {
      store<f64>(out + <usize>a * rowOut + (<usize>b << 3), dot(wide + <usize>a * row, wide + <usize>b * row, ld))
      store<f64>(out + <usize>(a + 1) * rowOut + (<usize>b << 3), dot(wide + <usize>(a + 1) * row, wide + <usize>b * row, ld))
    }
  }
  for (; a < m; a++)
    for (let b = 0; b <= a; b++)
      store<f64>(out + <usize>a * rowOut + (<usize>b << 3), dot(wide + <usize>a * row, wide + <usize>b * row, ld))
  for (let i = 0; i < m; i++)
    for (let j = 0; j < i; j++)
      store<f64>(out + <usize>j * rowOut + (<usize>i << 3), load<f64>(out + <usize>i * rowOut + (<usize>j << 3)))
}

/**
 * Cosines over pairs of non-zero rows, from G: out = pairs, sum, sum of absolute values, smallest,
 * largest; then the trace and the sum of squares of G.
 */
export function gramSums(g: usize, m: i32, norms: usize, out: usize): void {
  let trace: f64 = 0
  let squares: f64 = 0
  for (let a = 0; a < m; a++) {
    const d = load<f64>(g + ((<usize>a * <usize>m + <usize>a) << 3))
    store<f64>(norms + (<usize>a << 3), d > 0 ? 1 / Math.sqrt(d) : 0)
    trace += d
    squares += d * d
  }
  let pairs: f64 = 0
  let sum: f64 = 0
  let absolute: f64 = 0
  let smallest: f64 = Infinity
  let largest: f64 = -Infinity
  let off: f64 = 0
  for (let a = 0; a < m; a++) {
    const na = load<f64>(norms + (<usize>a << 3))
    for (let b = 0; b < a; b++) {
      const v = load<f64>(g + ((<usize>a * <usize>m + <usize>b) << 3))
      off += v * v
      const nb = load<f64>(norms + (<usize>b << 3))
      if (na == 0 || nb == 0) continue
      const c = Math.min(1, Math.max(-1, v * na * nb))
      pairs += 1
      sum += c
      absolute += Math.abs(c)
      smallest = Math.min(smallest, c)
      largest = Math.max(largest, c)
    }
  }
  store<f64>(out, pairs)
  store<f64>(out, sum, 8)
  store<f64>(out, absolute, 16)
  store<f64>(out, smallest, 24)
  store<f64>(out, largest, 32)
  store<f64>(out, trace, 40)
  store<f64>(out, squares + 2 * off, 48)
}

/** ln det G into out[0] (-Infinity if a pivot is not positive), smallest pivot into out[1]; `a` is scratch. */
export function cholesky(g: usize, m: i32, a: usize, out: usize): void {
  const row = <usize>m << 3
  memory.copy(a, g, row * <usize>m)
  let logDet: f64 = 0
  let smallest: f64 = Infinity
  let product: f64 = 1
  for (let k = 0; k < m; k++) {
    const top = a + <usize>k * row
    const pivot = load<f64>(top + (<usize>k << 3))
    if (!(pivot > 0)) {
      store<f64>(out, -Infinity)
      store<f64>(out, 0, 8)
      return
    }
    smallest = Math.min(smallest, pivot)
    product *= pivot
    if (product < 1e-200 || product > 1e200) {
      logDet += Math.log(product)
      product = 1
    }
    for (let i = k + 1; i < m; i++) {
      const factor = load<f64>(top + (<usize>i << 3)) / pivot
      if (factor != 0) eliminate(a + <usize>i * row, top, factor, i, m)
    }
  }
  store<f64>(out, logDet + Math.log(product))
  store<f64>(out, smallest, 8)
}

/** row -= factor top, from column i (or the one before it) on. */
// @ts-ignore: decorator
@inline
function eliminate(row: usize, top: usize, factor: f64, from: i32, m: i32): void {
  const f = f64x2.splat(factor)
  let j = from & ~1
  for (; j + 2 <= m; j += 2) {
    const at = <usize>j << 3
    v128.store(row + at, f64x2.sub(v128.load(row + at), f64x2.mul(f, v128.load(top + at))))
  }
  if (j < m) {
    const at = <usize>j << 3
    store<f64>(row + at, load<f64>(row + at) - factor * load<f64>(top + at))
  }
}
