// Elementary functions of four float32 lanes. Relative error under 1e-6 everywhere that the result is a
// normal float32, near zero included; results under 1e-38 become 0. Polynomials named "fit" are minimax
// in relative error; the others name their source.

import { horner, madd } from './madd'

const LOG2E: f32 = 1.44269504
const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -2.12194440e-4
const SQRT_2: f32 = 1.41421356
const TWO_OVER_SQRT_PI: f32 = 1.12837917
const INV_SQRT_2PI: f32 = 0.39894228

/** Below this exp is under the smallest normal float32. */
const EXP_MIN: f32 = -87.3
/** Below this exp(x) - 1 is -1. */
const EXPM1_MIN: f32 = -20
/** 1.5 * 2^23: adding it rounds to a whole number, which then stands in the low bits. */
const ROUNDER: f32 = 12582912
/** |x| beyond which exp(-x^2 / 2) is 0 in float32. */
const GAUSSIAN_MAX: f32 = 14

// @ts-ignore: decorator
@inline
export function splat(v: f32): v128 {
  return f32x4.splat(v)
}

/** The larger of two: one instruction, unlike f32x4.max, which also orders zeros. Keeps NaN in `a`. */
// @ts-ignore: decorator
@inline
export function atLeast(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b)
}

// @ts-ignore: decorator
@inline
export function atMost(a: v128, b: v128): v128 {
  return f32x4.pmin(a, b)
}

// @ts-ignore: decorator
@inline
export function withSign(magnitude: v128, x: v128): v128 {
  return v128.or(magnitude, v128.and(x, i32x4.splat(0x80000000)))
}

/** x / ln 2 to the nearest whole number, still shifted by ROUNDER. */
// @ts-ignore: decorator
@inline
function shiftedExponent(x: v128): v128 {
  return madd(x, splat(LOG2E), splat(ROUNDER))
}

/** 2^n for a shifted n in -126 ... 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(shifted: v128): v128 {
  return i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23))
}

/** x - n ln 2, with a shifted n. */
// @ts-ignore: decorator
@inline
function reduced(x: v128, shifted: v128): v128 {
  const n = f32x4.sub(shifted, splat(ROUNDER))
  return madd(n, splat(-LN2_LOW), madd(n, splat(-LN2_HIGH), x))
}

/** exp(r) - 1 for |r| <= ln(2) / 2: r + r^2 P(r), fit. */
// @ts-ignore: decorator
@inline
function expm1Core(r: v128): v128 {
  let p = horner(splat(1.390129006e-3), r, 8.363162135e-3)
  p = horner(p, r, 4.166685367e-2)
  p = horner(p, r, 1.666657719e-1)
  p = horner(p, r, 0.5)
  return madd(p, f32x4.mul(r, r), r)
}

/** exp(x + low) for x <= 0 and |low| small beside ln 2. */
// @ts-ignore: decorator
@inline
function expOfSum(x: v128, low: v128): v128 {
  const shifted = shiftedExponent(atLeast(x, splat(EXP_MIN)))
  const p = expm1Core(f32x4.add(reduced(x, shifted), low))
  const power = powerOfTwo(shifted)
  return v128.and(madd(power, p, power), f32x4.ge(x, splat(EXP_MIN)))
}

/** exp(x) for x <= 0. */
// @ts-ignore: decorator
@inline
export function expNegative(x: v128): v128 {
  const shifted = shiftedExponent(atLeast(x, splat(EXP_MIN)))
  const p = expm1Core(reduced(x, shifted))
  const power = powerOfTwo(shifted)
  return v128.and(madd(power, p, power), f32x4.ge(x, splat(EXP_MIN)))
}

/** exp(x) - 1 for x <= 0. */
// @ts-ignore: decorator
@inline
export function expm1Negative(x: v128): v128 {
  const inside = atLeast(x, splat(EXPM1_MIN))
  const shifted = shiftedExponent(inside)
  const p = expm1Core(reduced(inside, shifted))
  const power = powerOfTwo(shifted)
  return madd(power, p, f32x4.sub(power, splat(1)))
}

/** ln(1 + e) for 0 <= e <= 1 as 2 atanh(s), s = e / (2 + e): s (1 + s^2 P(s^2)), fit. */
// @ts-ignore: decorator
@inline
function log1pUnit(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(splat(2), e))
  const t = f32x4.mul(s, s)
  let p = horner(splat(1.408916302e-1), t, 1.398030236e-1)
  p = horner(p, t, 2.001245507e-1)
  p = horner(p, t, 3.333315734e-1)
  const twice = f32x4.add(s, s)
  return madd(f32x4.mul(p, t), twice, twice)
}

/** exp(-|x|) */
// @ts-ignore: decorator
@inline
function decay(x: v128): v128 {
  return expNegative(f32x4.neg(f32x4.abs(x)))
}

// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const e = expm1Negative(f32x4.mul(f32x4.abs(x), splat(-2)))
  return withSign(f32x4.div(f32x4.neg(e), f32x4.add(e, splat(2))), x)
}

/** 1 - tanh(x)^2 as 4 e / (1 + e)^2, e = exp(-2 |x|). */
// @ts-ignore: decorator
@inline
export function sechSquared(x: v128): v128 {
  const e = expNegative(f32x4.mul(f32x4.abs(x), splat(-2)))
  const d = f32x4.add(e, splat(1))
  return f32x4.div(f32x4.mul(e, splat(4)), f32x4.mul(d, d))
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = decay(x)
  const one = splat(1)
  const top = v128.bitselect(one, e, f32x4.ge(x, splat(0)))
  return f32x4.div(top, f32x4.add(one, e))
}

/** sigma(x) sigma(-x) */
// @ts-ignore: decorator
@inline
export function dsigmoid(x: v128): v128 {
  const e = decay(x)
  const d = f32x4.add(splat(1), e)
  return f32x4.div(e, f32x4.mul(d, d))
}

/** d/dx of x sigma(x): sigma(x) (1 + x sigma(-x)). */
// @ts-ignore: decorator
@inline
export function dsilu(x: v128): v128 {
  const e = decay(x)
  const larger = f32x4.div(splat(1), f32x4.add(splat(1), e))
  const smaller = f32x4.mul(e, larger)
  const right = f32x4.ge(x, splat(0))
  const here = v128.bitselect(larger, smaller, right)
  const there = v128.bitselect(smaller, larger, right)
  return f32x4.mul(here, madd(x, there, splat(1)))
}

// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  return f32x4.add(atLeast(x, splat(0)), log1pUnit(decay(x)))
}

/**
 * tanh(softplus(x)) = N / D with e = exp(-|x|): left of 0, N = e (e + 2) and D = N + 2;
 * right of it both divided by e^2, N = 1 + 2 e and D = N + 2 e^2.
 */
// @ts-ignore: decorator
@inline
export function tanhSoftplus(x: v128): v128 {
  const e = decay(x)
  const right = f32x4.ge(x, splat(0))
  const top = mishTop(e, right)
  return f32x4.div(top, f32x4.add(top, mishRest(e, right)))
}

// @ts-ignore: decorator
@inline
function mishTop(e: v128, right: v128): v128 {
  return v128.bitselect(madd(e, splat(2), splat(1)), f32x4.mul(e, f32x4.add(e, splat(2))), right)
}

/** D - N */
// @ts-ignore: decorator
@inline
function mishRest(e: v128, right: v128): v128 {
  return v128.bitselect(f32x4.mul(f32x4.add(e, e), e), splat(2), right)
}

/** d/dx of x N / D: N / D + x (D - N) (D + N) / D^2 sigma(x). */
// @ts-ignore: decorator
@inline
export function dmish(x: v128): v128 {
  const e = decay(x)
  const one = splat(1)
  const right = f32x4.ge(x, splat(0))
  const top = mishTop(e, right)
  const rest = mishRest(e, right)
  const bottom = f32x4.add(top, rest)
  const s = f32x4.div(v128.bitselect(one, e, right), f32x4.add(one, e))
  const inverse = f32x4.div(one, bottom)
  const slope = f32x4.mul(f32x4.mul(rest, inverse), f32x4.mul(f32x4.add(bottom, top), inverse))
  // Far right the slope is 0 while x may be anything: x slope is formed last but one.
  return madd(top, inverse, f32x4.mul(f32x4.mul(x, slope), s))
}

/** exp(-a^2 / 2) for a >= 0: the square is split so that its rounding is not lost. */
// @ts-ignore: decorator
@inline
function gaussianOf(a: v128): v128 {
  const inside = atMost(a, splat(GAUSSIAN_MAX))
  const high = v128.and(inside, i32x4.splat(0xfffff000))
  const low = f32x4.mul(f32x4.sub(inside, high), f32x4.add(inside, high))
  const half = splat(-0.5)
  return expOfSum(f32x4.mul(half, f32x4.mul(high, high)), f32x4.mul(half, low))
}

/** exp(a^2 / 2) Phi(-a) for 0 <= a <= 14: P((a - 3) / (a + 3)) / (a + 3), fit. */
// @ts-ignore: decorator
@inline
function millsRatio(a: v128): v128 {
  const inverse = f32x4.div(splat(1), f32x4.add(a, splat(3)))
  const y = madd(inverse, splat(-6), splat(1))
  let p = horner(splat(-2.722034867e-4), y, -9.114191256e-4)
  p = horner(p, y, 1.077484708e-3)
  p = horner(p, y, 6.929499099e-3)
  p = horner(p, y, -1.04795192e-2)
  p = horner(p, y, -4.725722112e-2)
  p = horner(p, y, 2.300192584e-1)
  p = horner(p, y, -5.093322274e-1)
  p = horner(p, y, 7.290836707e-1)
  return f32x4.mul(p, inverse)
}

/** Phi(-a) for a >= 0. */
// @ts-ignore: decorator
@inline
function tail(a: v128): v128 {
  return f32x4.mul(gaussianOf(a), millsRatio(atMost(a, splat(GAUSSIAN_MAX))))
}

/** Phi(x), the normal distribution function, with its left tail. */
// @ts-ignore: decorator
@inline
export function normalCdf(x: v128): v128 {
  const t = tail(f32x4.abs(x))
  return v128.bitselect(t, f32x4.sub(splat(1), t), f32x4.lt(x, splat(0)))
}

/** d/dx of x Phi(x): Phi(x) + x exp(-x^2 / 2) / sqrt(2 pi). */
// @ts-ignore: decorator
@inline
export function dgelu(x: v128): v128 {
  const a = f32x4.abs(x)
  const g = gaussianOf(a)
  const inside = atMost(a, splat(GAUSSIAN_MAX))
  const t = f32x4.mul(g, millsRatio(inside))
  const cdf = v128.bitselect(t, f32x4.sub(splat(1), t), f32x4.lt(x, splat(0)))
  return madd(f32x4.mul(withSign(inside, x), splat(INV_SQRT_2PI)), g, cdf)
}

/** erf: x P(x^2), fit, on |x| <= 1, and 1 - 2 Phi(-sqrt(2) |x|) beyond. */
// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const a = f32x4.abs(x)
  const one = splat(1)
  const far = f32x4.sub(one, f32x4.mul(splat(2), tail(f32x4.mul(a, splat(SQRT_2)))))
  const t = atMost(f32x4.mul(a, a), one)
  let p = horner(splat(7.853857697e-5), t, -8.010192518e-4)
  p = horner(p, t, 5.18832756e-3)
  p = horner(p, t, -2.685381187e-2)
  p = horner(p, t, 1.128358515e-1)
  p = horner(p, t, -3.761262582e-1)
  p = horner(p, t, TWO_OVER_SQRT_PI)
  return withSign(v128.bitselect(f32x4.mul(p, a), far, f32x4.lt(a, one)), x)
}

/** 2 / sqrt(pi) exp(-x^2) */
// @ts-ignore: decorator
@inline
export function derf(x: v128): v128 {
  const inside = atMost(f32x4.abs(x), splat(GAUSSIAN_MAX))
  const high = v128.and(inside, i32x4.splat(0xfffff000))
  const low = f32x4.mul(f32x4.sub(high, inside), f32x4.add(inside, high))
  return f32x4.mul(splat(TWO_OVER_SQRT_PI), expOfSum(f32x4.neg(f32x4.mul(high, high)), low))
}

/** sin on |r| <= pi / 4. Source: Cephes sinf. */
// @ts-ignore: decorator
@inline
export function sinCore(r: v128): v128 {
  const t = f32x4.mul(r, r)
  let p = horner(splat(-1.9515295891e-4), t, 8.3321608736e-3)
  p = horner(p, t, -1.6666654611e-1)
  return madd(f32x4.mul(p, t), r, r)
}

/** cos on |r| <= pi / 4. Source: Cephes cosf. */
// @ts-ignore: decorator
@inline
export function cosCore(r: v128): v128 {
  const t = f32x4.mul(r, r)
  let p = horner(splat(2.443315711809948e-5), t, -1.388731625493765e-3)
  p = horner(p, t, 4.166664568298827e-2)
  return madd(p, f32x4.mul(t, t), madd(t, splat(-0.5), splat(1)))
}

/** Angles beyond this are taken one by one. */
const SIN_FAST: f32 = 1e6
/** 1.5 * 2^52, the float64 twin of ROUNDER. */
const ROUNDER_64: f64 = 6755399441055744
/** pi / 2 in two parts: n times the first, of 33 bits, is exact for n < 2^20. */
const HALF_PI_HIGH: f64 = 1.5707963267341256
const HALF_PI_LOW: f64 = 6.077100506506192e-11

/** Two angles to the nearest multiple of pi / 2, shifted by ROUNDER_64. */
// @ts-ignore: decorator
@inline
function shiftedQuarters(x: v128): v128 {
  const scaled = f64x2.mul(x, f64x2.splat(0.6366197723675814))
  return f64x2.add(scaled, f64x2.splat(ROUNDER_64))
}

/** What is left of two angles, exact to 1e-21: a zero of sin or cos is met with full relative accuracy. */
// @ts-ignore: decorator
@inline
function quarterRest(x: v128, shifted: v128): v128 {
  const n = f64x2.sub(shifted, f64x2.splat(ROUNDER_64))
  const high = f64x2.sub(x, f64x2.mul(n, f64x2.splat(HALF_PI_HIGH)))
  return f64x2.sub(high, f64x2.mul(n, f64x2.splat(HALF_PI_LOW)))
}

/** sin(x + quarter pi / 2) for quarter 0 or 1. */
// @ts-ignore: decorator
@inline
export function sinQuarter(x: v128, quarter: i32): v128 {
  if (v128.any_true(f32x4.gt(f32x4.abs(x), splat(SIN_FAST)))) return sinSlow(x, quarter)
  const first = f64x2.promote_low_f32x4(x)
  const second = f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1))
  const n0 = shiftedQuarters(first)
  const n1 = shiftedQuarters(second)
  const r0 = f32x4.demote_f64x2_zero(quarterRest(first, n0))
  const r1 = f32x4.demote_f64x2_zero(quarterRest(second, n1))
  const r = v128.shuffle<i64>(r0, r1, 0, 2)
  const q = i32x4.add(v128.shuffle<i32>(n0, n1, 0, 2, 4, 6), i32x4.splat(quarter))
  const odd = i32x4.shr_s(i32x4.shl(q, 31), 31)
  const value = v128.bitselect(cosCore(r), sinCore(r), odd)
  return v128.xor(value, i32x4.shl(v128.and(q, i32x4.splat(2)), 30))
}

function sinSlow(x: v128, quarter: i32): v128 {
  let out = splat(slowOne(f32x4.extract_lane(x, 0), quarter))
  out = f32x4.replace_lane(out, 1, slowOne(f32x4.extract_lane(x, 1), quarter))
  out = f32x4.replace_lane(out, 2, slowOne(f32x4.extract_lane(x, 2), quarter))
  return f32x4.replace_lane(out, 3, slowOne(f32x4.extract_lane(x, 3), quarter))
}

function slowOne(x: f32, quarter: i32): f32 {
  return <f32>(quarter === 0 ? NativeMath.sin(<f64>x) : NativeMath.cos(<f64>x))
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
