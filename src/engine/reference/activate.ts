import { type Scaled } from '../../base/scaled.ts'
import { activations } from '../../model/activations.ts'
import { gainAt, type Network } from '../../model/network.ts'

/**
 * Beyond these powers of two an activation is its own asymptote to float64 precision: it is evaluated
 * there, and what is left of the scale is carried outside (phi(s z) / s is then constant in s).
 */
const MAX_EXPONENT = 200

/** Exponent at which phi is evaluated, and the rest. */
function splitExponent(exponent: number): { readonly inside: number; readonly rest: number } {
  const inside = Math.min(Math.max(exponent, -MAX_EXPONENT), MAX_EXPONENT)
  return { inside, rest: exponent - inside }
}

/** Y = a phi(g z) + b for a pre-activation of any scale. */
export function activate(z: Scaled, network: Network, layer: number): Scaled {
  const { config, a, b } = network
  const { phi, grows, vanishes } = activations[config.act]
  const { inside, rest } = splitExponent(z.exponent)
  const factor = gainAt(config, layer) * 2 ** inside
  const carried = (rest > 0 && grows) || (rest < 0 && vanishes) ? rest : 0
  const exponent = b === 0 ? carried : Math.max(carried, 0)
  const scale = a * 2 ** (carried - exponent)
  const shift = b === 0 ? 0 : b * 2 ** -exponent
  const values = z.values.map((v) => scale * phi(factor * v, config.slope) + shift)
  return { values, exponent }
}

/** d loss / d Z = d loss / d Y * a g phi'(g Z). */
export function activateBackward(dy: Scaled, z: Scaled, network: Network, layer: number): Scaled {
  const slopes = activationSlopes(z, network, layer)
  return { values: dy.values.map((v, i) => v * slopes[i]!), exponent: dy.exponent }
}

/** a g phi'(g z), the derivative of the layer's activation at a pre-activation of any scale. */
export function activationSlopes(z: Scaled, network: Network, layer: number): Float64Array {
  const { config, a } = network
  const { dphi } = activations[config.act]
  const gain = gainAt(config, layer)
  const factor = gain * 2 ** splitExponent(z.exponent).inside
  return z.values.map((v) => a * gain * dphi(factor * v, config.slope))
}
