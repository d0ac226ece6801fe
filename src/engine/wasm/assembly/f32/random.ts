// Threefry-2x32 with 20 rounds: the twin of src/math/random.ts, where the addressing and the formulas are
// documented. key = (seed, role), counter = (pair index, layer).

import { horner, madd } from './madd'
import { cosCore, sinCore, splat } from './transcendental'

const KEY_PARITY: i32 = 0x1bd11bda
const LN2_HIGH: f32 = 0.693359375
const LN2_LOW: f32 = -2.12194440e-4
/** Bits of sqrt(1/2). */
const SQRT_HALF: i32 = 0x3f3504f3
/** 2 pi / 2^24 and 2^-23 */
const TURN: f32 = 3.7450704e-7
const TWO_TO_MINUS_23: f32 = 1.1920929e-7

/** Where `sixteenBlocks` leaves its words: first, then second words of four pairs at a time. */
const WORDS = memory.data(128, 16)
const WORDS_BYTES: usize = 128

// @ts-ignore: decorator
@inline
function rotate(v: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(v, bits), i32x4.shr_u(v, 32 - bits))
}

/**
 * The blocks of sixteen pairs from `pair` on, as four chains of four: each round waits for the one before
 * it, so that one chain alone leaves the machine idle (two chains cost 1.4 times as much a word). All
 * rounds are written out: a loop would keep the words in memory.
 */
function sixteenBlocks(k0: i32, k1: i32, pair: i32, layer: i32): void {
  const k2 = k0 ^ k1 ^ KEY_PARITY
  let xa = i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(pair + k0))
  let xb = i32x4.add(xa, i32x4.splat(4))
  let xc = i32x4.add(xa, i32x4.splat(8))
  let xd = i32x4.add(xa, i32x4.splat(12))
  let ya = i32x4.splat(layer + k1)
  let yb = ya
  let yc = ya
  let yd = ya
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 13), xa)
  yb = v128.xor(rotate(yb, 13), xb)
  yc = v128.xor(rotate(yc, 13), xc)
  yd = v128.xor(rotate(yd, 13), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 15), xa)
  yb = v128.xor(rotate(yb, 15), xb)
  yc = v128.xor(rotate(yc, 15), xc)
  yd = v128.xor(rotate(yd, 15), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 26), xa)
  yb = v128.xor(rotate(yb, 26), xb)
  yc = v128.xor(rotate(yc, 26), xc)
  yd = v128.xor(rotate(yd, 26), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 6), xa)
  yb = v128.xor(rotate(yb, 6), xb)
  yc = v128.xor(rotate(yc, 6), xc)
  yd = v128.xor(rotate(yd, 6), xd)
  const x1 = i32x4.splat(k1)
  const y1 = i32x4.splat(k2 + 1)
  xa = i32x4.add(xa, x1)
  ya = i32x4.add(ya, y1)
  xb = i32x4.add(xb, x1)
  yb = i32x4.add(yb, y1)
  xc = i32x4.add(xc, x1)
  yc = i32x4.add(yc, y1)
  xd = i32x4.add(xd, x1)
  yd = i32x4.add(yd, y1)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 17), xa)
  yb = v128.xor(rotate(yb, 17), xb)
  yc = v128.xor(rotate(yc, 17), xc)
  yd = v128.xor(rotate(yd, 17), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 29), xa)
  yb = v128.xor(rotate(yb, 29), xb)
  yc = v128.xor(rotate(yc, 29), xc)
  yd = v128.xor(rotate(yd, 29), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 16), xa)
  yb = v128.xor(rotate(yb, 16), xb)
  yc = v128.xor(rotate(yc, 16), xc)
  yd = v128.xor(rotate(yd, 16), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 24), xa)
  yb = v128.xor(rotate(yb, 24), xb)
  yc = v128.xor(rotate(yc, 24), xc)
  yd = v128.xor(rotate(yd, 24), xd)
  const x2 = i32x4.splat(k2)
  const y2 = i32x4.splat(k0 + 2)
  xa = i32x4.add(xa, x2)
  ya = i32x4.add(ya, y2)
  xb = i32x4.add(xb, x2)
  yb = i32x4.add(yb, y2)
  xc = i32x4.add(xc, x2)
  yc = i32x4.add(yc, y2)
  xd = i32x4.add(xd, x2)
  yd = i32x4.add(yd, y2)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 13), xa)
  yb = v128.xor(rotate(yb, 13), xb)
  yc = v128.xor(rotate(yc, 13), xc)
  yd = v128.xor(rotate(yd, 13), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 15), xa)
  yb = v128.xor(rotate(yb, 15), xb)
  yc = v128.xor(rotate(yc, 15), xc)
  yd = v128.xor(rotate(yd, 15), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 26), xa)
  yb = v128.xor(rotate(yb, 26), xb)
  yc = v128.xor(rotate(yc, 26), xc)
  yd = v128.xor(rotate(yd, 26), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 6), xa)
  yb = v128.xor(rotate(yb, 6), xb)
  yc = v128.xor(rotate(yc, 6), xc)
  yd = v128.xor(rotate(yd, 6), xd)
  const x3 = i32x4.splat(k0)
  const y3 = i32x4.splat(k1 + 3)
  xa = i32x4.add(xa, x3)
  ya = i32x4.add(ya, y3)
  xb = i32x4.add(xb, x3)
  yb = i32x4.add(yb, y3)
  xc = i32x4.add(xc, x3)
  yc = i32x4.add(yc, y3)
  xd = i32x4.add(xd, x3)
  yd = i32x4.add(yd, y3)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 17), xa)
  yb = v128.xor(rotate(yb, 17), xb)
  yc = v128.xor(rotate(yc, 17), xc)
  yd = v128.xor(rotate(yd, 17), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 29), xa)
  yb = v128.xor(rotate(yb, 29), xb)
  yc = v128.xor(rotate(yc, 29), xc)
  yd = v128.xor(rotate(yd, 29), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 16), xa)
  yb = v128.xor(rotate(yb, 16), xb)
  yc = v128.xor(rotate(yc, 16), xc)
  yd = v128.xor(rotate(yd, 16), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 24), xa)
  yb = v128.xor(rotate(yb, 24), xb)
  yc = v128.xor(rotate(yc, 24), xc)
  yd = v128.xor(rotate(yd, 24), xd)
  const x4 = i32x4.splat(k1)
  const y4 = i32x4.splat(k2 + 4)
  xa = i32x4.add(xa, x4)
  ya = i32x4.add(ya, y4)
  xb = i32x4.add(xb, x4)
  yb = i32x4.add(yb, y4)
  xc = i32x4.add(xc, x4)
  yc = i32x4.add(yc, y4)
  xd = i32x4.add(xd, x4)
  yd = i32x4.add(yd, y4)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 13), xa)
  yb = v128.xor(rotate(yb, 13), xb)
  yc = v128.xor(rotate(yc, 13), xc)
  yd = v128.xor(rotate(yd, 13), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 15), xa)
  yb = v128.xor(rotate(yb, 15), xb)
  yc = v128.xor(rotate(yc, 15), xc)
  yd = v128.xor(rotate(yd, 15), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 26), xa)
  yb = v128.xor(rotate(yb, 26), xb)
  yc = v128.xor(rotate(yc, 26), xc)
  yd = v128.xor(rotate(yd, 26), xd)
  xa = i32x4.add(xa, ya)
  xb = i32x4.add(xb, yb)
  xc = i32x4.add(xc, yc)
  xd = i32x4.add(xd, yd)
  ya = v128.xor(rotate(ya, 6), xa)
  yb = v128.xor(rotate(yb, 6), xb)
  yc = v128.xor(rotate(yc, 6), xc)
  yd = v128.xor(rotate(yd, 6), xd)
  const x5 = i32x4.splat(k2)
  const y5 = i32x4.splat(k0 + 5)
  xa = i32x4.add(xa, x5)
  ya = i32x4.add(ya, y5)
  xb = i32x4.add(xb, x5)
  yb = i32x4.add(yb, y5)
  xc = i32x4.add(xc, x5)
  yc = i32x4.add(yc, y5)
  xd = i32x4.add(xd, x5)
  yd = i32x4.add(yd, y5)
  v128.store(WORDS, xa)
  v128.store(WORDS, ya, 16)
  v128.store(WORDS, xb, 32)
  v128.store(WORDS, yb, 48)
  v128.store(WORDS, xc, 64)
  v128.store(WORDS, yc, 80)
  v128.store(WORDS, xd, 96)
  v128.store(WORDS, yd, 112)
}

/** 2 k + 1 with k the upper 23 bits of a word. */
// @ts-ignore: decorator
@inline
function odd(word: v128): v128 {
  return v128.or(i32x4.shr_u(word, 8), i32x4.splat(1))
}

/** ln(w / 2^24) for a whole number w in 1 ... 2^24 - 1; w = 2^e m, m in [sqrt(1/2), sqrt(2)), fit. */
// @ts-ignore: decorator
@inline
function logOf24(w: v128): v128 {
  const bits = i32x4.sub(f32x4.convert_i32x4_s(w), i32x4.splat(SQRT_HALF))
  const e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(bits, 23), i32x4.splat(24)))
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(SQRT_HALF))
  const f = f32x4.sub(m, splat(1))
  const z = f32x4.mul(f, f)
  let p = horner(splat(-7.974110463e-2), f, 1.265565098e-1)
  p = horner(p, f, -1.298929081e-1)
  p = horner(p, f, 1.420995208e-1)
  p = horner(p, f, -1.664158102e-1)
  p = horner(p, f, 2.000120075e-1)
  p = horner(p, f, -2.500030393e-1)
  p = horner(p, f, 3.333332995e-1)
  p = f32x4.mul(f32x4.mul(p, f), z)
  p = madd(e, splat(LN2_LOW), p)
  p = madd(z, splat(-0.5), p)
  return madd(e, splat(LN2_HIGH), f32x4.add(f, p))
}

/** Writes the eight normals of four pairs; the angle is w1 / 2^24 turns, its octant is found in whole numbers. */
// @ts-ignore: decorator
@inline
function storeNormals(out: usize, word0: v128, word1: v128, scale: v128): void {
  const radius = f32x4.mul(scale, f32x4.sqrt(f32x4.mul(splat(-2), logOf24(odd(word0)))))
  const w = odd(word1)
  // Bits 22 and 23 are the nearest quarter turn.
  const quarters = i32x4.add(w, i32x4.splat(1 << 21))
  const rest = i32x4.sub(w, v128.and(quarters, i32x4.splat(0x1c00000)))
  const r = f32x4.mul(f32x4.convert_i32x4_s(rest), splat(TURN))
  const s = sinCore(r)
  const c = cosCore(r)
  const isOdd = i32x4.shr_s(i32x4.shl(quarters, 9), 31)
  const sign = i32x4.splat(0x80000000)
  const signSin = v128.and(i32x4.shl(quarters, 8), sign)
  const signCos = v128.and(i32x4.shl(i32x4.add(quarters, i32x4.splat(1 << 22)), 8), sign)
  const cosine = f32x4.mul(radius, v128.xor(v128.bitselect(s, c, isOdd), signCos))
  const sine = f32x4.mul(radius, v128.xor(v128.bitselect(c, s, isOdd), signSin))
  storePairs(out, cosine, sine)
}

// @ts-ignore: decorator
@inline
function storePairs(out: usize, first: v128, second: v128): void {
  v128.store(out, v128.shuffle<i32>(first, second, 0, 4, 1, 5))
  v128.store(out, v128.shuffle<i32>(first, second, 2, 6, 3, 7), 16)
}

/**
 * `count` normals times `scale`, pair i from block i. Whole groups of eight are written: the buffer must
 * reach to the next multiple of 8.
 */
export function fillNormals(out: usize, count: i32, seed: i32, role: i32, layer: i32, scale: f32): void {
  const factor = splat(scale)
  const end = out + (<usize>count << 2)
  for (let pair = 0; out < end; pair += 16) {
    sixteenBlocks(seed, role, pair, layer)
    for (let at = WORDS; at < WORDS + WORDS_BYTES && out < end; at += 32) {
      storeNormals(out, v128.load(at), v128.load(at, 16), factor)
      out += 32
    }
  }
}

/** scale (w / 2^23 - 1) for odd w under 2^24: the bracket is exact. */
// @ts-ignore: decorator
@inline
function uniform(word: v128, factor: v128): v128 {
  const centred = i32x4.sub(odd(word), i32x4.splat(1 << 23))
  return f32x4.mul(f32x4.convert_i32x4_s(centred), factor)
}

/** `count` symmetric uniforms on (-scale, scale); buffer as for `fillNormals`. */
export function fillUniforms(out: usize, count: i32, seed: i32, role: i32, layer: i32, scale: f32): void {
  const factor = splat(scale * TWO_TO_MINUS_23)
  const end = out + (<usize>count << 2)
  for (let pair = 0; out < end; pair += 16) {
    sixteenBlocks(seed, role, pair, layer)
    for (let at = WORDS; at < WORDS + WORDS_BYTES && out < end; at += 32) {
      storePairs(out, uniform(v128.load(at), factor), uniform(v128.load(at, 16), factor))
      out += 32
    }
  }
}

/** The raw words of `count` pairs, rounded up to 16: for the test that holds the twins together. */
export function fillWords(out: usize, count: i32, seed: i32, role: i32, layer: i32): void {
  for (let pair = 0; pair < count; pair += 16) {
    sixteenBlocks(seed, role, pair, layer)
    for (let at = WORDS; at < WORDS + WORDS_BYTES; at += 32) {
      storePairs(out, v128.load(at), v128.load(at, 16))
      out += 32
    }
  }
}
