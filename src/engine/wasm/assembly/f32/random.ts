// Threefry-2x32 with 20 rounds, four counters at a time: the twin of src/math/random.ts, where the
// addressing and the formulas are documented. key = (seed, role), counter = (pair index, layer).

import { horner, madd } from './madd'
import { splat } from './transcendental'

const KEY_PARITY: i32 = 0x1bd11bda
const TWO_TO_MINUS_23: f32 = 1.1920929e-7

// @ts-ignore: decorator
@inline
function rotate(v: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(v, bits), i32x4.shr_u(v, 32 - bits))
}

/** The two words of four blocks are left in these globals, since a function returns one value. */
let word0: v128 = i32x4.splat(0)
let word1: v128 = i32x4.splat(0)

/** Four blocks, all rounds written out: a loop would keep the words in memory. */
// @ts-ignore: decorator
@inline
function block(k0: i32, k1: i32, counter: v128, layer: i32): void {
  const k2 = k0 ^ k1 ^ KEY_PARITY
  let x0 = i32x4.add(counter, i32x4.splat(k0))
  let x1 = i32x4.splat(layer + k1)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 13), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 15), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 26), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 6), x0)
  x0 = i32x4.add(x0, i32x4.splat(k1))
  x1 = i32x4.add(x1, i32x4.splat(k2 + 1))
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 17), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 29), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 16), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 24), x0)
  x0 = i32x4.add(x0, i32x4.splat(k2))
  x1 = i32x4.add(x1, i32x4.splat(k0 + 2))
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 13), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 15), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 26), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 6), x0)
  x0 = i32x4.add(x0, i32x4.splat(k0))
  x1 = i32x4.add(x1, i32x4.splat(k1 + 3))
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 17), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 29), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 16), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 24), x0)
  x0 = i32x4.add(x0, i32x4.splat(k1))
  x1 = i32x4.add(x1, i32x4.splat(k2 + 4))
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 13), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 15), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 26), x0)
  x0 = i32x4.add(x0, x1)
  x1 = v128.xor(rotate(x1, 6), x0)
  x0 = i32x4.add(x0, i32x4.splat(k2))
  x1 = i32x4.add(x1, i32x4.splat(k0 + 5))
  word0 = x0
  word1 = x1
}

/** (2 k + 1) / 2^24 with k the upper 23 bits of a word: exact in float32. */
// @ts-ignore: decorator
@inline
function unit(word: v128): v128 {
  const k = i32x4.shr_u(word, 9)
  const odd = i32x4.add(i32x4.shl(k, 1), i32x4.splat(1))
  return f32x4.mul(f32x4.convert_i32x4_s(odd), splat(0.5 * TWO_TO_MINUS_23))
}

/** ln(u) for u in (0, 1): u = 2^e m with m in [sqrt(1/2), sqrt(2)). Source: Cephes logf. */
// @ts-ignore: decorator
@inline
function log(u: v128): v128 {
  const bits = i32x4.sub(u, i32x4.splat(0x3f3504f3))
  const e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23))
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3))
  const f = f32x4.sub(m, splat(1))
  const z = f32x4.mul(f, f)
  let p = splat(7.0376836292e-2)
  p = horner(p, f, -1.1514610310e-1)
  p = horner(p, f, 1.1676998740e-1)
  p = horner(p, f, -1.2420140846e-1)
  p = horner(p, f, 1.4249322787e-1)
  p = horner(p, f, -1.6668057665e-1)
  p = horner(p, f, 2.0000714765e-1)
  p = horner(p, f, -2.4999993993e-1)
  p = horner(p, f, 3.3333331174e-1)
  p = f32x4.mul(f32x4.mul(p, f), z)
  p = madd(e, splat(-2.12194440e-4), p)
  p = madd(z, splat(-0.5), p)
  return madd(e, splat(0.693359375), f32x4.add(f, p))
}

/** Quadrant and remainder of an angle given in turns: v = quadrant / 4 + r / (2 pi), |r| <= pi / 4. */
// @ts-ignore: decorator
@inline
function remainder(v: v128, quadrant: v128): v128 {
  // 4 v - quadrant is exact: both have few bits.
  return f32x4.mul(f32x4.sub(f32x4.mul(v, splat(4)), quadrant), splat(1.57079633))
}

// @ts-ignore: decorator
@inline
function sinCore(r: v128): v128 {
  const t = f32x4.mul(r, r)
  let p = horner(splat(-1.9515295891e-4), t, 8.3321608736e-3)
  p = horner(p, t, -1.6666654611e-1)
  return madd(f32x4.mul(p, t), r, r)
}

// @ts-ignore: decorator
@inline
function cosCore(r: v128): v128 {
  const t = f32x4.mul(r, r)
  let p = horner(splat(2.443315711809948e-5), t, -1.388731625493765e-3)
  p = horner(p, t, 4.166664568298827e-2)
  return madd(p, f32x4.mul(t, t), madd(t, splat(-0.5), splat(1)))
}

/**
 * `count` normals times `scale`, pair i from block i. Whole groups of eight are written: the buffer must
 * reach to the next multiple of 8.
 */
export function fillNormals(out: usize, count: i32, seed: i32, role: i32, layer: i32, scale: f32): void {
  let counter = i32x4(0, 1, 2, 3)
  const end = out + (<usize>count << 2)
  while (out < end) {
    block(seed, role, counter, layer)
    const radius = f32x4.mul(splat(scale), f32x4.sqrt(f32x4.mul(splat(-2), log(unit(word0)))))
    const v = unit(word1)
    const quadrant = f32x4.nearest(f32x4.mul(v, splat(4)))
    const r = remainder(v, quadrant)
    const q = i32x4.trunc_sat_f32x4_s(quadrant)
    const odd = i32x4.eq(v128.and(q, i32x4.splat(1)), i32x4.splat(1))
    const s = sinCore(r)
    const c = cosCore(r)
    const signSin = i32x4.shl(v128.and(q, i32x4.splat(2)), 30)
    const signCos = i32x4.shl(v128.and(i32x4.add(q, i32x4.splat(1)), i32x4.splat(2)), 30)
    const cosine = f32x4.mul(radius, v128.xor(v128.bitselect(s, c, odd), signCos))
    const sine = f32x4.mul(radius, v128.xor(v128.bitselect(c, s, odd), signSin))
    v128.store(out, v128.shuffle<i32>(cosine, sine, 0, 4, 1, 5))
    v128.store(out, v128.shuffle<i32>(cosine, sine, 2, 6, 3, 7), 16)
    counter = i32x4.add(counter, i32x4.splat(4))
    out += 32
  }
}

/** `count` symmetric uniforms on (-scale, scale); buffer as for `fillNormals`. */
export function fillUniforms(out: usize, count: i32, seed: i32, role: i32, layer: i32, scale: f32): void {
  let counter = i32x4(0, 1, 2, 3)
  const end = out + (<usize>count << 2)
  const twice = splat(2)
  const one = splat(1)
  while (out < end) {
    block(seed, role, counter, layer)
    const a = f32x4.mul(splat(scale), f32x4.sub(f32x4.mul(twice, unit(word0)), one))
    const b = f32x4.mul(splat(scale), f32x4.sub(f32x4.mul(twice, unit(word1)), one))
    v128.store(out, v128.shuffle<i32>(a, b, 0, 4, 1, 5))
    v128.store(out, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16)
    counter = i32x4.add(counter, i32x4.splat(4))
    out += 32
  }
}

/** The raw words of `count` pairs (rounded up to 4): for the test that holds the twins together. */
export function fillWords(out: usize, count: i32, seed: i32, role: i32, layer: i32): void {
  for (let i = 0; i < count; i += 4) {
    block(seed, role, i32x4.add(i32x4.splat(i), i32x4(0, 1, 2, 3)), layer)
    v128.store(out, v128.shuffle<i32>(word0, word1, 0, 4, 1, 5))
    v128.store(out, v128.shuffle<i32>(word0, word1, 2, 6, 3, 7), 16)
    out += 32
  }
}
