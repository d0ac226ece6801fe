// Normalization forward and backward: the float32 twins of src/engine/reference/normalize.ts. A group is
// `size` entries `stride` apart; group g starts at g * groupStep. Sums are float64.

/** A centred group whose norm is under this times its norm before centring counts as zero. */
const COLLAPSED: f64 = 1e-6

// @ts-ignore: decorator
@inline
function byte(entries: i32): usize {
  return <usize>entries << 2
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
  for (let g = 0; g < groups; g++) {
    const start = byte(g * groupStep)
    const m = centred ? sum(h + start, size, stride) / <f64>size : 0
    let before: f64 = 0
    let after: f64 = 0
    let at = h + start
    for (let i = 0; i < size; i++) {
      const v = <f64>load<f32>(at)
      before += v * v
      after += (v - m) * (v - m)
      at += byte(stride)
    }
    const inv = after <= COLLAPSED * COLLAPSED * before ? 0 : Math.sqrt(<f64>size / after)
    store<f64>(mean + (<usize>g << 3), m)
    store<f64>(inverse + (<usize>g << 3), inv)
    at = h + start
    let to = z + start
    for (let i = 0; i < size; i++) {
      store<f32>(to, <f32>((<f64>load<f32>(at) - m) * inv))
      at += byte(stride)
      to += byte(stride)
    }
  }
}

function sum(at: usize, size: i32, stride: i32): f64 {
  let s: f64 = 0
  for (let i = 0; i < size; i++) {
    s += <f64>load<f32>(at)
    at += byte(stride)
  }
  return s
}

/** dh = (dz - mean(dz) - z mean(dz z)) / sigma per group, the mean only where centred. */
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
  for (let g = 0; g < groups; g++) {
    const start = byte(g * groupStep)
    let s: f64 = 0
    let d: f64 = 0
    let at = start
    for (let i = 0; i < size; i++) {
      const v = <f64>load<f32>(dz + at)
      s += v
      d += v * <f64>load<f32>(z + at)
      at += byte(stride)
    }
    const shift = centred ? s / <f64>size : 0
    const slope = d / <f64>size
    const inv = load<f64>(inverse + (<usize>g << 3))
    at = start
    for (let i = 0; i < size; i++) {
      const v = <f64>load<f32>(dz + at) - shift - <f64>load<f32>(z + at) * slope
      store<f32>(dh + at, <f32>(v * inv))
      at += byte(stride)
    }
  }
}
