// Normalization forward and backward: the float32 twins of src/engine/reference/normalize.ts. A group is
// `size` entries `stride` apart; group g starts at g * groupStep. Sums are float64. Groups side by side
// (columns) are worked four at a time, groups in a row (stride 1) two entries at a time.

import { total } from '../f64/vectors'
import { high, low } from './elementwise'

/**
 * A group whose norm is under this times its norm before a projection counts as zero: what enters, after
 * centring, and what goes back, after the directions that the normalization cannot see are gone.
 */
const COLLAPSED: f64 = 1e-6

// @ts-ignore: decorator
@inline
function byte(entries: i32): usize {
  return <usize>entries << 2
}

// @ts-ignore: decorator
@inline
function narrowed(lower: v128, upper: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(lower), f32x4.demote_f64x2_zero(upper), 0, 2)
}

// @ts-ignore: decorator
@inline
function square(v: v128): v128 {
  return f64x2.mul(v, v)
}

/** Is what a projection left nothing but rounding? Sums of squares after and before it. */
// @ts-ignore: decorator
@inline
function collapsed(after: f64, before: f64): bool {
  return after <= COLLAPSED * COLLAPSED * before
}

/** 1 / sqrt(after / size), or 0 where the group collapsed. */
// @ts-ignore: decorator
@inline
function inverseDeviation(before: f64, after: f64, size: i32): f64 {
  return collapsed(after, before) ? 0 : Math.sqrt(<f64>size / after)
}

/** z = norm(h), mean and 1 / sigma per group in float64 (0 for a group that counts as zero). */
export function normalize(
  h: usize,
  z: usize,
  groups: i32,
  groupStep: i32,
  size: i32,
  stride: i32,
  centred: bool,
  mean: usize,
  inverse: usize,
): void {
  const step = byte(stride)
  let g = 0
  if (groupStep == 1)
    for (; g + 4 <= groups; g += 4)
      columns(h + byte(g), z + byte(g), size, step, centred, mean + (<usize>g << 3), inverse + (<usize>g << 3))
  for (; g < groups; g++) {
    const start = byte(g * groupStep)
    if (stride == 1) row(h + start, z + start, size, centred, mean + (<usize>g << 3), inverse + (<usize>g << 3))
    else column(h + start, z + start, size, step, centred, mean + (<usize>g << 3), inverse + (<usize>g << 3))
  }
}

/** Four columns side by side. */
function columns(h: usize, z: usize, size: i32, step: usize, centred: bool, mean: usize, inverse: usize): void {
  const end = h + <usize>size * step
  let m0 = f64x2.splat(0)
  let m1 = f64x2.splat(0)
  if (centred) {
    for (let at = h; at < end; at += step) {
      const v = v128.load(at)
      m0 = f64x2.add(m0, low(v))
      m1 = f64x2.add(m1, high(v))
    }
    const count = f64x2.splat(<f64>size)
    m0 = f64x2.div(m0, count)
    m1 = f64x2.div(m1, count)
  }
  let before0 = f64x2.splat(0)
  let before1 = f64x2.splat(0)
  let after0 = f64x2.splat(0)
  let after1 = f64x2.splat(0)
  for (let at = h; at < end; at += step) {
    const v = v128.load(at)
    const a = low(v)
    const b = high(v)
    before0 = f64x2.add(before0, square(a))
    before1 = f64x2.add(before1, square(b))
    after0 = f64x2.add(after0, square(f64x2.sub(a, m0)))
    after1 = f64x2.add(after1, square(f64x2.sub(b, m1)))
  }
  const i0 = inverseDeviations(before0, after0, size)
  const i1 = inverseDeviations(before1, after1, size)
  v128.store(mean, m0)
  v128.store(mean, m1, 16)
  v128.store(inverse, i0)
  v128.store(inverse, i1, 16)
  for (let at = h; at < end; at += step) {
    const v = v128.load(at)
    const a = f64x2.mul(f64x2.sub(low(v), m0), i0)
    const b = f64x2.mul(f64x2.sub(high(v), m1), i1)
    v128.store(z, narrowed(a, b))
    z += step
  }
}

// @ts-ignore: decorator
@inline
function inverseDeviations(before: v128, after: v128, size: i32): v128 {
  const first = inverseDeviation(f64x2.extract_lane(before, 0), f64x2.extract_lane(after, 0), size)
  const second = inverseDeviation(f64x2.extract_lane(before, 1), f64x2.extract_lane(after, 1), size)
  return f64x2.replace_lane(f64x2.splat(first), 1, second)
}

/** One column. */
function column(h: usize, z: usize, size: i32, step: usize, centred: bool, mean: usize, inverse: usize): void {
  const end = h + <usize>size * step
  let m: f64 = 0
  if (centred) for (let at = h; at < end; at += step) m += <f64>load<f32>(at)
  m /= <f64>size
  let before: f64 = 0
  let after: f64 = 0
  for (let at = h; at < end; at += step) {
    const v = <f64>load<f32>(at)
    before += v * v
    after += (v - m) * (v - m)
  }
  const inv = inverseDeviation(before, after, size)
  store<f64>(mean, m)
  store<f64>(inverse, inv)
  for (let at = h; at < end; at += step) {
    store<f32>(z, <f32>((<f64>load<f32>(at) - m) * inv))
    z += step
  }
}

/** One row of consecutive entries. */
function row(h: usize, z: usize, size: i32, centred: bool, mean: usize, inverse: usize): void {
  const end = h + byte(size)
  const end4 = h + byte(size & ~3)
  let sum0 = f64x2.splat(0)
  let sum1 = f64x2.splat(0)
  let at = h
  for (; at < end4; at += 16) {
    const v = v128.load(at)
    sum0 = f64x2.add(sum0, low(v))
    sum1 = f64x2.add(sum1, high(v))
  }
  let m = total(f64x2.add(sum0, sum1))
  for (; at < end; at += 4) m += <f64>load<f32>(at)
  m = centred ? m / <f64>size : 0
  const means = f64x2.splat(m)
  let before2 = f64x2.splat(0)
  let after2 = f64x2.splat(0)
  for (at = h; at < end4; at += 16) {
    const v = v128.load(at)
    const a = low(v)
    const b = high(v)
    before2 = f64x2.add(before2, f64x2.add(square(a), square(b)))
    after2 = f64x2.add(after2, f64x2.add(square(f64x2.sub(a, means)), square(f64x2.sub(b, means))))
  }
  let before = total(before2)
  let after = total(after2)
  for (; at < end; at += 4) {
    const v = <f64>load<f32>(at)
    before += v * v
    after += (v - m) * (v - m)
  }
  const inv = inverseDeviation(before, after, size)
  store<f64>(mean, m)
  store<f64>(inverse, inv)
  const inverses = f64x2.splat(inv)
  for (at = h; at < end4; at += 16) {
    const v = v128.load(at)
    const a = f64x2.mul(f64x2.sub(low(v), means), inverses)
    const b = f64x2.mul(f64x2.sub(high(v), means), inverses)
    v128.store(z, narrowed(a, b))
    z += 16
  }
  for (; at < end; at += 4) {
    store<f32>(z, <f32>((<f64>load<f32>(at) - m) * inv))
    z += 4
  }
}

/**
 * dh = (dz - mean(dz) - z mean(dz z)) / sigma per group, the mean only where centred; exact zeros where
 * the bracket is nothing but rounding.
 */
export function normalizeBackward(
  dz: usize,
  z: usize,
  dh: usize,
  groups: i32,
  groupStep: i32,
  size: i32,
  stride: i32,
  centred: bool,
  inverse: usize,
): void {
  const step = byte(stride)
  let g = 0
  if (groupStep == 1)
    for (; g + 4 <= groups; g += 4)
      columnsBackward(dz + byte(g), z + byte(g), dh + byte(g), size, step, centred, inverse + (<usize>g << 3))
  for (; g < groups; g++) {
    const start = byte(g * groupStep)
    const inv = load<f64>(inverse + (<usize>g << 3))
    if (stride == 1) rowBackward(dz + start, z + start, dh + start, size, centred, inv)
    else columnBackward(dz + start, z + start, dh + start, size, step, centred, inv)
  }
}

/** Four columns side by side. */
function columnsBackward(dz: usize, z: usize, dh: usize, size: i32, step: usize, centred: bool, inverse: usize): void {
  const bytes = <usize>size * step
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  let d0 = f64x2.splat(0)
  let d1 = f64x2.splat(0)
  let before0 = f64x2.splat(0)
  let before1 = f64x2.splat(0)
  for (let at: usize = 0; at < bytes; at += step) {
    const v = v128.load(dz + at)
    const w = v128.load(z + at)
    const a = low(v)
    const b = high(v)
    s0 = f64x2.add(s0, a)
    s1 = f64x2.add(s1, b)
    d0 = f64x2.add(d0, f64x2.mul(a, low(w)))
    d1 = f64x2.add(d1, f64x2.mul(b, high(w)))
    before0 = f64x2.add(before0, square(a))
    before1 = f64x2.add(before1, square(b))
  }
  const count = f64x2.splat(<f64>size)
  const none = f64x2.splat(0)
  s0 = centred ? f64x2.div(s0, count) : none
  s1 = centred ? f64x2.div(s1, count) : none
  d0 = f64x2.div(d0, count)
  d1 = f64x2.div(d1, count)
  const i0 = v128.load(inverse)
  const i1 = v128.load(inverse, 16)
  let after0 = none
  let after1 = none
  for (let at: usize = 0; at < bytes; at += step) {
    const v = v128.load(dz + at)
    const w = v128.load(z + at)
    const a = f64x2.sub(f64x2.sub(low(v), s0), f64x2.mul(low(w), d0))
    const b = f64x2.sub(f64x2.sub(high(v), s1), f64x2.mul(high(w), d1))
    after0 = f64x2.add(after0, square(a))
    after1 = f64x2.add(after1, square(b))
    v128.store(dh + at, narrowed(f64x2.mul(a, i0), f64x2.mul(b, i1)))
  }
  clearCollapsed(dh, bytes, step, f64x2.extract_lane(after0, 0), f64x2.extract_lane(before0, 0))
  clearCollapsed(dh + 4, bytes, step, f64x2.extract_lane(after0, 1), f64x2.extract_lane(before0, 1))
  clearCollapsed(dh + 8, bytes, step, f64x2.extract_lane(after1, 0), f64x2.extract_lane(before1, 0))
  clearCollapsed(dh + 12, bytes, step, f64x2.extract_lane(after1, 1), f64x2.extract_lane(before1, 1))
}

function clearCollapsed(dh: usize, bytes: usize, step: usize, after: f64, before: f64): void {
  if (!collapsed(after, before)) return
  for (let at: usize = 0; at < bytes; at += step) store<f32>(dh + at, 0)
}

/** One column. */
function columnBackward(dz: usize, z: usize, dh: usize, size: i32, step: usize, centred: bool, inv: f64): void {
  const bytes = <usize>size * step
  let s: f64 = 0
  let d: f64 = 0
  let before: f64 = 0
  for (let at: usize = 0; at < bytes; at += step) {
    const v = <f64>load<f32>(dz + at)
    s += v
    d += v * <f64>load<f32>(z + at)
    before += v * v
  }
  const shift = centred ? s / <f64>size : 0
  const slope = d / <f64>size
  let after: f64 = 0
  for (let at: usize = 0; at < bytes; at += step) {
    const v = <f64>load<f32>(dz + at) - shift - <f64>load<f32>(z + at) * slope
    after += v * v
    store<f32>(dh + at, <f32>(v * inv))
  }
  clearCollapsed(dh, bytes, step, after, before)
}

/** One row of consecutive entries. */
function rowBackward(dz: usize, z: usize, dh: usize, size: i32, centred: bool, inv: f64): void {
  const bytes = byte(size)
  const bytes4 = byte(size & ~3)
  let s2 = f64x2.splat(0)
  let d2 = f64x2.splat(0)
  let before2 = f64x2.splat(0)
  let at: usize = 0
  for (; at < bytes4; at += 16) {
    const v = v128.load(dz + at)
    const w = v128.load(z + at)
    const a = low(v)
    const b = high(v)
    s2 = f64x2.add(s2, f64x2.add(a, b))
    d2 = f64x2.add(d2, f64x2.add(f64x2.mul(a, low(w)), f64x2.mul(b, high(w))))
    before2 = f64x2.add(before2, f64x2.add(square(a), square(b)))
  }
  let s = total(s2)
  let d = total(d2)
  let before = total(before2)
  for (; at < bytes; at += 4) {
    const v = <f64>load<f32>(dz + at)
    s += v
    d += v * <f64>load<f32>(z + at)
    before += v * v
  }
  const shift = centred ? s / <f64>size : 0
  const slope = d / <f64>size
  const shifts = f64x2.splat(shift)
  const slopes = f64x2.splat(slope)
  const inverses = f64x2.splat(inv)
  let after2 = f64x2.splat(0)
  for (at = 0; at < bytes4; at += 16) {
    const v = v128.load(dz + at)
    const w = v128.load(z + at)
    const a = f64x2.sub(f64x2.sub(low(v), shifts), f64x2.mul(low(w), slopes))
    const b = f64x2.sub(f64x2.sub(high(v), shifts), f64x2.mul(high(w), slopes))
    after2 = f64x2.add(after2, f64x2.add(square(a), square(b)))
    v128.store(dh + at, narrowed(f64x2.mul(a, inverses), f64x2.mul(b, inverses)))
  }
  let after = total(after2)
  for (; at < bytes; at += 4) {
    const v = <f64>load<f32>(dz + at) - shift - <f64>load<f32>(z + at) * slope
    after += v * v
    store<f32>(dh + at, <f32>(v * inv))
  }
  clearCollapsed(dh, bytes, 4, after, before)
}
