// Pointwise nonlinearities on float32, the twins of src/model/activations.ts. A kind is the position of
// the activation in that table; the loader checks that both lists agree in length.

import { madd } from './madd'
import {
  atan,
  atLeast,
  atMost,
  derf,
  dgelu,
  dmish,
  dsigmoid,
  dsilu,
  erf,
  expm1Negative,
  expNegative,
  normalCdf,
  sechSquared,
  sigmoid,
  sinQuarter,
  softplus,
  splat,
  tanh,
  tanhSoftplus,
} from './transcendental'

const SELU_ALPHA: f32 = 1.6732632423543772
const SELU_LAMBDA: f32 = 1.0507009873554805

export const ACTIVATION_COUNT: i32 = 17

// @ts-ignore: decorator
@inline
function phi(kind: i32, x: v128, slope: v128): v128 {
  const zero = splat(0)
  const positive = f32x4.gt(x, zero)
  switch (kind) {
    case 0:
      return x
    case 1:
      return v128.and(x, positive)
    case 2:
      return v128.bitselect(x, f32x4.mul(slope, x), positive)
    case 3:
      return v128.bitselect(x, expm1Negative(atMost(x, zero)), positive)
    case 4: {
      const negative = f32x4.mul(splat(SELU_ALPHA), expm1Negative(atMost(x, zero)))
      return f32x4.mul(splat(SELU_LAMBDA), v128.bitselect(x, negative, positive))
    }
    case 5:
      return f32x4.mul(x, normalCdf(x))
    case 6:
      return f32x4.mul(x, sigmoid(x))
    case 7:
      return f32x4.mul(x, tanhSoftplus(x))
    case 8:
      return softplus(x)
    case 9:
      return sigmoid(x)
    case 10:
      return tanh(x)
    case 11:
      return atMost(atLeast(x, splat(-1)), splat(1))
    case 12:
      return erf(x)
    case 13:
      return sinQuarter(x, 0)
    case 14:
      return atan(x)
    case 15:
      return f32x4.div(x, f32x4.add(splat(1), f32x4.abs(x)))
    default:
      return f32x4.abs(x)
  }
}

// @ts-ignore: decorator
@inline
function dphi(kind: i32, x: v128, slope: v128): v128 {
  const zero = splat(0)
  const one = splat(1)
  const positive = f32x4.gt(x, zero)
  switch (kind) {
    case 0:
      return one
    case 1:
      return v128.and(one, positive)
    case 2:
      return v128.bitselect(one, slope, positive)
    case 3:
      return v128.bitselect(one, expNegative(atMost(x, zero)), positive)
    case 4: {
      const negative = f32x4.mul(splat(SELU_ALPHA), expNegative(atMost(x, zero)))
      return f32x4.mul(splat(SELU_LAMBDA), v128.bitselect(one, negative, positive))
    }
    case 5:
      return dgelu(x)
    case 6:
      return dsilu(x)
    case 7:
      return dmish(x)
    case 8:
      return sigmoid(x)
    case 9:
      return dsigmoid(x)
    case 10:
      return sechSquared(x)
    case 11:
      return v128.and(one, f32x4.lt(f32x4.abs(x), one))
    case 12:
      return derf(x)
    case 13:
      return sinQuarter(x, 1)
    case 14:
      return f32x4.div(one, madd(x, x, one))
    case 15: {
      const d = f32x4.add(one, f32x4.abs(x))
      return f32x4.div(one, f32x4.mul(d, d))
    }
    default:
      return f32x4.sub(v128.and(one, positive), v128.and(one, f32x4.lt(x, zero)))
  }
}

/** y = scale * phi(factor * z) + shift; buffers may be read and written up to the next multiple of 4. */
export function activate(
  z: usize,
  y: usize,
  count: i32,
  kind: i32,
  slope: f32,
  factor: f32,
  scale: f32,
  shift: f32,
): void {
  const s = splat(slope)
  const f = splat(factor)
  const a = splat(scale)
  const b = splat(shift)
  const end = z + (<usize>count << 2)
  while (z < end) {
    const value = phi(kind, f32x4.mul(f, v128.load(z)), s)
    v128.store(y, f32x4.add(f32x4.mul(a, value), b))
    z += 16
    y += 16
  }
}

/** dz = dy * scale * phi'(factor * z), as `activate`. */
export function activateBackward(
  dy: usize,
  z: usize,
  dz: usize,
  count: i32,
  kind: i32,
  slope: f32,
  factor: f32,
  scale: f32,
): void {
  const s = splat(slope)
  const f = splat(factor)
  const a = splat(scale)
  const end = z + (<usize>count << 2)
  while (z < end) {
    const value = dphi(kind, f32x4.mul(f, v128.load(z)), s)
    v128.store(dz, f32x4.mul(v128.load(dy), f32x4.mul(a, value)))
    dy += 16
    z += 16
    dz += 16
  }
}
