// Elementary functions of four float32 lanes. Relative error under 1e-6 everywhere that the result is a
// normal float32, near zero included; results under 1e-37 become 0.

import { horner, madd } from './madd'

const LOG2E: f32 = 1.44269504
const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -2.12194440e-4
const EXP_MIN: f32 = -87
const EXP_MAX: f32 = 88
const INV_SQRT_2: f32 = 0.70710678
const TWO_OVER_SQRT_PI: f32 = 1.12837917
const INV_SQRT_2PI: f32 = 0.39894228

// @ts-ignore: decorator
@inline
export function splat(v: f32): v128 {
  return f32x4.splat(v)
}

// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
}

/** exp(r) - 1 for |r| <= ln(2) / 2. Source: Cephes expf. */
// @ts-ignore: decorator
@inline
function expm1Core(r: v128): v128 {
  let p = splat(1.9875691500e-4)
  p = horner(p, r, 1.3981999507e-3)
  p = horner(p, r, 8.3334519073e-3)
  p = horner(p, r, 4.1665795894e-2)
  p = horner(p, r, 1.6666665459e-1)
  p = horner(p, r, 5.0000001201e-1)
  return madd(p, f32x4.mul(r, r), r)
}

// @ts-ignore: decorator
@inline
function reduceExp(x: v128, n: v128): v128 {
  return madd(n, splat(-LN2_LOW), madd(n, splat(-LN2_HIGH), x))
}

// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const inside = f32x4.min(f32x4.max(x, splat(EXP_MIN)), splat(EXP_MAX))
  const n = f32x4.nearest(f32x4.mul(inside, splat(LOG2E)))
  const p = expm1Core(reduceExp(inside, n))
  const scale = powerOfTwo(n)
  return v128.and(madd(scale, p, scale), f32x4.ge(x, splat(EXP_MIN)))
}

// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  const inside = f32x4.min(f32x4.max(x, splat(-30)), splat(EXP_MAX))
  const n = f32x4.nearest(f32x4.mul(inside, splat(LOG2E)))
  const p = expm1Core(reduceExp(inside, n))
  const scale = powerOfTwo(n)
  return madd(scale, p, f32x4.sub(scale, splat(1)))
}

/** ln(1 + e) for 0 <= e <= 1 as 2 atanh(e / (2 + e)). */
// @ts-ignore: decorator
@inline
function log1pUnit(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(splat(2), e))
  const t = f32x4.mul(s, s)
  let p = splat(1.0 / 15.0)
  p = horner(p, t, 1.0 / 13.0)
  p = horner(p, t, 1.0 / 11.0)
  p = horner(p, t, 1.0 / 9.0)
  p = horner(p, t, 1.0 / 7.0)
  p = horner(p, t, 1.0 / 5.0)
  p = horner(p, t, 1.0 / 3.0)
  const twice = f32x4.add(s, s)
  return madd(f32x4.mul(p, t), twice, twice)
}

// @ts-ignore: decorator
@inline
export function withSign(magnitude: v128, x: v128): v128 {
  return v128.or(magnitude, v128.and(x, i32x4.splat(0x80000000)))
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const a = f32x4.min(f32x4.abs(x), splat(12))
  const e = expm1(f32x4.add(a, a))
  return withSign(f32x4.div(e, f32x4.add(e, splat(2))), x)
}

/** 1 - tanh(x)^2 as 4 e / (1 + e)^2, e = exp(-2 |x|). */
// @ts-ignore: decorator
@inline
export function sechSquared(x: v128): v128 {
  const e = exp(f32x4.mul(f32x4.abs(x), splat(-2)))
  const d = f32x4.add(e, splat(1))
  return f32x4.div(f32x4.mul(e, splat(4)), f32x4.mul(d, d))
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)))
  const one = splat(1)
  const top = v128.bitselect(one, e, f32x4.ge(x, splat(0)))
  return f32x4.div(top, f32x4.add(one, e))
}

// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)))
  return f32x4.add(f32x4.max(x, splat(0)), log1pUnit(e))
}

/** exp(-x^2) with the rounding of the square put back in. */
// @ts-ignore: decorator
@inline
function expMinusSquare(x: v128): v128 {
  const high = v128.and(x, i32x4.splat(0xfffff000))
  const low = f32x4.mul(f32x4.sub(x, high), f32x4.add(x, high))
  const main = exp(f32x4.neg(f32x4.mul(high, high)))
  return madd(main, expm1(f32x4.neg(low)), main)
}

/** exp(z^2) erfc(z) for z >= 0. Source: the Chebyshev fit in Press et al., Numerical Recipes, erfc. */
// @ts-ignore: decorator
@inline
function erfcScaled(z: v128): v128 {
  const t = f32x4.div(splat(1), madd(z, splat(0.5), splat(1)))
  let p = splat(0.17087277)
  p = horner(p, t, -0.82215223)
  p = horner(p, t, 1.48851587)
  p = horner(p, t, -1.13520398)
  p = horner(p, t, 0.27886807)
  p = horner(p, t, -0.18628806)
  p = horner(p, t, 0.09678418)
  p = horner(p, t, 0.37409196)
  p = horner(p, t, 1.00002368)
  p = horner(p, t, -1.26551223)
  return f32x4.mul(t, exp(p))
}

/** erf on |x| <= 1 by its Taylor series, x P(x^2). */
// @ts-ignore: decorator
@inline
function erfSeries(x: v128): v128 {
  const t = f32x4.mul(x, x)
  let p = splat(1.4807192815879219e-8)
  p = horner(p, t, -1.6365844691234924e-7)
  p = horner(p, t, 1.6462114365889246e-6)
  p = horner(p, t, -1.492565035840625e-5)
  p = horner(p, t, 1.2055332981789664e-4)
  p = horner(p, t, -8.548327023450852e-4)
  p = horner(p, t, 5.2239776254421878e-3)
  p = horner(p, t, -2.6866170645131251e-2)
  p = horner(p, t, 1.1283791670955126e-1)
  p = horner(p, t, -3.7612638903183754e-1)
  p = horner(p, t, TWO_OVER_SQRT_PI)
  return f32x4.mul(p, x)
}

// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const a = f32x4.min(f32x4.abs(x), splat(9))
  const tail = f32x4.sub(splat(1), f32x4.mul(expMinusSquare(a), erfcScaled(a)))
  const near = erfSeries(f32x4.min(a, splat(1)))
  return withSign(v128.bitselect(near, tail, f32x4.lt(a, splat(1))), x)
}

// @ts-ignore: decorator
@inline
export function derf(x: v128): v128 {
  return f32x4.mul(splat(TWO_OVER_SQRT_PI), expMinusSquare(x))
}

/** Phi(x), the normal distribution function, with its left tail. */
// @ts-ignore: decorator
@inline
export function normalCdf(x: v128): v128 {
  const z = f32x4.mul(f32x4.abs(x), splat(INV_SQRT_2))
  const half = f32x4.mul(splat(0.5), f32x4.mul(gaussian(x), erfcScaled(z)))
  return v128.bitselect(half, f32x4.sub(splat(1), half), f32x4.lt(x, splat(0)))
}

/** exp(-x^2 / 2) */
// @ts-ignore: decorator
@inline
function gaussian(x: v128): v128 {
  const a = f32x4.min(f32x4.abs(x), splat(20))
  const high = v128.and(a, i32x4.splat(0xfffff000))
  const low = f32x4.mul(f32x4.sub(a, high), f32x4.add(a, high))
  const main = exp(f32x4.mul(splat(-0.5), f32x4.mul(high, high)))
  return madd(main, expm1(f32x4.mul(splat(-0.5), low)), main)
}

// @ts-ignore: decorator
@inline
export function normalPdf(x: v128): v128 {
  return f32x4.mul(splat(INV_SQRT_2PI), gaussian(x))
}

/** Angles beyond this are reduced in float64, one by one. */
const SIN_FAST: f32 = 8000

/** sin(x + quarter * pi / 2). */
export function sinQuarter(x: v128, quarter: i32): v128 {
  if (v128.any_true(f32x4.gt(f32x4.abs(x), splat(SIN_FAST)))) return sinSlow(x, quarter)
  const n = f32x4.nearest(f32x4.mul(x, splat(0.63661977)))
  let r = madd(n, splat(-1.5703125), x)
  r = madd(n, splat(-4.837512969970703125e-4), r)
  r = madd(n, splat(-7.54978995489188216e-8), r)
  const q = i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(quarter))
  const t = f32x4.mul(r, r)
  let s = horner(splat(-1.9515295891e-4), t, 8.3321608736e-3)
  s = horner(s, t, -1.6666654611e-1)
  s = madd(f32x4.mul(s, t), r, r)
  let c = horner(splat(2.443315711809948e-5), t, -1.388731625493765e-3)
  c = horner(c, t, 4.166664568298827e-2)
  c = madd(c, f32x4.mul(t, t), madd(t, splat(-0.5), splat(1)))
  const odd = i32x4.eq(v128.and(q, i32x4.splat(1)), i32x4.splat(1))
  const value = v128.bitselect(c, s, odd)
  return v128.xor(value, i32x4.shl(v128.and(q, i32x4.splat(2)), 30))
}

function sinSlow(x: v128, quarter: i32): v128 {
  const shift = <f64>quarter * 1.5707963267948966
  let out = splat(<f32>slowOne(f32x4.extract_lane(x, 0), shift))
  out = f32x4.replace_lane(out, 1, <f32>slowOne(f32x4.extract_lane(x, 1), shift))
  out = f32x4.replace_lane(out, 2, <f32>slowOne(f32x4.extract_lane(x, 2), shift))
  return f32x4.replace_lane(out, 3, <f32>slowOne(f32x4.extract_lane(x, 3), shift))
}

function slowOne(x: f32, shift: f64): f64 {
  return shift == 0 ? NativeMath.sin(<f64>x) : NativeMath.cos(<f64>x)
}

/** Source: Cephes atanf. */
// @ts-ignore: decorator
@inline
export function atan(x: v128): v128 {
  const a = f32x4.abs(x)
  const far = f32x4.gt(a, splat(2.414213562373095))
  const middle = v128.andnot(f32x4.gt(a, splat(0.4142135623730950)), far)
  const one = splat(1)
  let u = v128.bitselect(f32x4.div(f32x4.sub(a, one), f32x4.add(a, one)), a, middle)
  u = v128.bitselect(f32x4.div(splat(-1), a), u, far)
  let base = v128.and(splat(0.785398163397448), middle)
  base = v128.bitselect(splat(1.570796326794897), base, far)
  const t = f32x4.mul(u, u)
  let p = horner(splat(8.05374449538e-2), t, -1.38776856032e-1)
  p = horner(p, t, 1.99777106478e-1)
  p = horner(p, t, -3.33329491539e-1)
  return withSign(f32x4.add(base, madd(f32x4.mul(p, t), u, u)), x)
}
