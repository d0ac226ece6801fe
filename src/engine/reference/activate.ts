import { exponentOf, type Scaled } from '../../base/scaled.ts'
import { activations } from '../../model/activations.ts'
import { gainAt, type Network } from '../../model/network.ts'

/**
 * Beyond these powers of two an activation is its own asymptote to the precision of the floats: it is
 * evaluated there, and what is left of the scale is carried outside (phi(s z) / s is constant in s then).
 */
export const MAX_EXPONENT = { float64: 200, float32: 50 } as const

/** Y = 2^exponent (scale phi(factor z) + shift), z the stored values of a scaled pre-activation. */
export interface ActivationScales {
  readonly factor: number
  readonly scale: number
  readonly shift: number
  readonly exponent: number
}

/** How a phi(g z) + b is evaluated for a pre-activation of exponent `exponent`. */
export function activationScales(
  exponent: number,
  network: Network,
  layer: number,
  maxExponent: number,
): ActivationScales {
  const { config, a, b } = network
  const { grows, vanishes } = activations[config.act]
  const gain = gainAt(config, layer)
  const whole = exponentOf(gain)
  const inside = Math.min(Math.max(exponent + whole, -maxExponent), maxExponent)
  const rest = exponent + whole - inside
  const carried = (rest > 0 && grows) || (rest < 0 && vanishes) ? rest : 0
  const outside = b === 0 ? carried : Math.max(carried, 0)
  return {
    factor: gain === 0 ? 0 : (gain / 2 ** whole) * 2 ** inside,
    scale: a * 2 ** (carried - outside),
    shift: b === 0 ? 0 : b * 2 ** -outside,
    exponent: outside,
  }
}

/** Y = a phi(g z) + b for a pre-activation of any scale. */
export function activate(z: Scaled, network: Network, layer: number): Scaled {
  const { phi } = activations[network.config.act]
  const { slope } = network.config
  const scales = activationScales(z.exponent, network, layer, MAX_EXPONENT.float64)
  const { factor, scale, shift, exponent } = scales
  return { values: z.values.map((v) => scale * phi(factor * v, slope) + shift), exponent }
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
  const { factor } = activationScales(z.exponent, network, layer, MAX_EXPONENT.float64)
  return z.values.map((v) => a * gain * dphi(factor * v, config.slope))
}
