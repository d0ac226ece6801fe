// Sums in float64 and small passes over float32 arrays. Buffers may be read and written up to the next
// multiple of 4 entries; sums look at `count` entries only.

// @ts-ignore: decorator
@inline
function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v)
}

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(v, v, 1, 1))
}

// @ts-ignore: decorator
@inline
export function total(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1)
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
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      store<f32>(h, load<f32>(h) * p + load<f32>(b + (<usize>j << 2)) * q)
      h += 4
    }
  }
}

/**
 * What the statistics need of Z, [m, n]: out[0] = sum over units of the variance over samples (biased),
 * out[1] = mean over units of the mean square, out[2] = sum over units of min(P, N) / (P + N),
 * out[3] = units that are not zero for every sample.
 */
export function preactivationSums(z: usize, m: i32, n: i32, out: usize): void {
  let variance: f64 = 0
  let square: f64 = 0
  let diversity: f64 = 0
  let units: f64 = 0
  const row = <usize>n << 2
  for (let j = 0; j < n; j++) {
    let sum: f64 = 0
    let squares: f64 = 0
    let positive = 0
    let negative = 0
    let at = z + (<usize>j << 2)
    for (let a = 0; a < m; a++) {
      const v = load<f32>(at)
      sum += <f64>v
      squares += <f64>v * <f64>v
      positive += v > 0 ? 1 : 0
      negative += v < 0 ? 1 : 0
      at += row
    }
    const mean = sum / <f64>m
    let spread = squares / <f64>m - mean * mean
    // Where the variance drowns in the square of the mean it is summed again about the mean.
    if (spread < 1e-6 * mean * mean) spread = spreadAbout(z + (<usize>j << 2), m, row, mean)
    variance += spread
    square += squares / <f64>m
    if (positive + negative > 0) {
      diversity += <f64>min(positive, negative) / <f64>(positive + negative)
      units += 1
    }
  }
  store<f64>(out, variance)
  store<f64>(out, square, 8)
  store<f64>(out, diversity, 16)
  store<f64>(out, units, 24)
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
