import { combine, rescaled, type Scaled, times } from '../../base/scaled.ts'
import type { Network } from '../../model/network.ts'
import { activate, activateBackward } from './activate.ts'
import { product, timesTransposed, transposedTimes } from './matrix.ts'
import { normalize, normalizeBackward, type Normalized } from './normalize.ts'

/** Weights of a layer in float64. `s`: "identity", a matrix, or absent inside a block and without mixing. */
export interface Weights {
  readonly w: Float64Array
  readonly b: Float64Array
  readonly s?: Float64Array | 'identity' | undefined
}

/** One layer, forward: all that the backward step and the statistics need. */
export interface LayerTape {
  /** X_{l-1} */
  readonly input: Scaled
  readonly h: Scaled
  readonly norm: Normalized
  /** What W multiplies: X_{l-1}, or phi(Z) in the pre-activation order. */
  readonly operand: Scaled
  /** Y_l, before mixing. */
  readonly y: Scaled
}

/** X W^T + b */
function linear(x: Scaled, { w, b }: Weights): Scaled {
  const n = b.length
  const product: Scaled = { values: timesTransposed(x.values, w, n), exponent: x.exponent }
  if (b.every((v) => v === 0)) return rescaled(product)
  const bias: Scaled = { values: product.values.map((_, i) => b[i % n]!), exponent: 0 }
  return rescaled(combine(1, product, 1, bias))
}

/** Y_l from X_{l-1} in either order (contract section 1). */
export function branchForward(
  input: Scaled,
  weights: Weights,
  network: Network,
  layer: number,
): LayerTape {
  const { order, norm: id } = network.config
  const preactivationFirst = order === 'norm_act_linear'
  const h = preactivationFirst ? input : linear(input, weights)
  const norm = normalize(h, network.width, id)
  const activated = rescaled(activate(norm.z, network, layer))
  if (!preactivationFirst) return { input, h, norm, operand: input, y: activated }
  return { input, h, norm, operand: activated, y: linear(activated, weights) }
}

/** X_l = alpha X_{l-k} S^T + beta Y_l; just Y_l where nothing is mixed in. */
export function mixForward(
  blockInput: Scaled,
  y: Scaled,
  s: Weights['s'],
  network: Network,
): Scaled {
  if (s === undefined) return y
  return rescaled(combine(network.alpha, filtered(blockInput, s, network.width), network.beta, y))
}

function filtered(x: Scaled, s: Float64Array | 'identity', n: number): Scaled {
  return s === 'identity' ? x : { values: timesTransposed(x.values, s, n), exponent: x.exponent }
}

/** What flows back along the filtered branch: alpha G S. */
export function filterBackward(
  gradient: Scaled,
  s: Float64Array | 'identity',
  network: Network,
): Scaled {
  const through = s === 'identity' ? gradient.values : product(gradient.values, s, network.width)
  return times(network.alpha, { values: through, exponent: gradient.exponent })
}

/** d loss / d X_{l-1} and d loss / d W_l from d loss / d Y_l. */
export function branchBackward(
  dy: Scaled,
  tape: LayerTape,
  weights: Weights,
  { network, layer }: { readonly network: Network; readonly layer: number },
): { readonly dx: Scaled; readonly dw: Scaled } {
  const { order, norm: id } = network.config
  const n = network.width
  const throughPhi = (d: Scaled) => rescaled(activateBackward(d, tape.norm.z, network, layer))
  const throughNorm = (d: Scaled) => rescaled(normalizeBackward(d, tape.norm, n, id))
  const throughW = (d: Scaled): Scaled => ({
    values: product(d.values, weights.w, n),
    exponent: d.exponent,
  })
  const preactivationFirst = order === 'norm_act_linear'
  const dLinear = preactivationFirst ? dy : throughNorm(throughPhi(dy))
  const dw: Scaled = {
    values: transposedTimes(dLinear.values, tape.operand.values, network.batch),
    exponent: dLinear.exponent + tape.operand.exponent,
  }
  const dx = preactivationFirst ? throughNorm(throughPhi(throughW(dy))) : throughW(dLinear)
  return { dx: rescaled(dx), dw }
}
