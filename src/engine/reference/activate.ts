import { exponentOf, type Scaled, timesPowerOfTwo, ZERO_EXPONENT } from '../../base/scaled.ts'
import { activations, FAR_OUT } from '../../model/activations.ts'
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

/** Numbers of any scale, each its own: values[i] * 2^exponents[i]. */
export interface WideNumbers {
  readonly values: Float64Array
  readonly exponents: Float64Array
}

/** The same numbers with one exponent for all; what is out of float64's range below the largest is zero. */
export function onOneScale({ values, exponents }: WideNumbers): Scaled {
  const own = exponents.map((e, i) => e + exponentOf(values[i]!))
  const exponent = own.reduce((top, e) => Math.max(top, e), ZERO_EXPONENT)
  return { values: values.map((v, i) => timesPowerOfTwo(v, exponents[i]! - exponent)), exponent }
}

/** d loss / d Z = d loss / d Y * a g phi'(g Z). */
export function activateBackward(dy: Scaled, z: Scaled, network: Network, layer: number): Scaled {
  const slopes = activationSlopes(z, network, layer)
  const through = (by: Float64Array) => dy.values.map((v, i) => v * by[i]!)
  if (staysInRange(slopes, z, network, layer))
    return { values: through(slopes), exponent: dy.exponent }
  const { values, exponents } = wideSlopes(z, network, layer)
  const found = onOneScale({ values: through(values), exponents })
  return { values: found.values, exponent: found.exponent + dy.exponent }
}

/** a g phi'(g z), the derivative of the layer's activation at a pre-activation of any scale. */
export function activationSlopes(z: Scaled, network: Network, layer: number): Float64Array {
  const { config, a } = network
  const { dphi } = activations[config.act]
  const gain = gainAt(config, layer)
  const { factor } = activationScales(z.exponent, network, layer, MAX_EXPONENT.float64)
  return z.values.map((v) => a * gain * dphi(factor * v, config.slope))
}

/** Slopes under this may have lost digits to underflow, or all of them. */
const UNDERFLOW = 1e-280

/** Are plain floats enough for these slopes? */
function staysInRange(slopes: Float64Array, z: Scaled, network: Network, layer: number): boolean {
  const gain = gainAt(network.config, layer)
  if (gain === 0 || !activations[network.config.act].lnSlopeFar) return true
  const isEvaluatedWhereItIs = z.exponent + exponentOf(gain) <= MAX_EXPONENT.float64
  return isEvaluatedWhereItIs && slopes.every((v) => Math.abs(v) >= UNDERFLOW)
}

/** a g phi'(g z), however deep the units are saturated. */
export function wideSlopes(z: Scaled, network: Network, layer: number): WideNumbers {
  const plain = activationSlopes(z, network, layer)
  if (staysInRange(plain, z, network, layer))
    return { values: plain, exponents: new Float64Array(plain.length) }
  const [values, exponents] = [new Float64Array(plain.length), new Float64Array(plain.length)]
  const lnScale = z.exponent * Math.LN2 + Math.log(gainAt(network.config, layer))
  for (const [i, v] of z.values.entries()) {
    const { sign, log2 } = log2Slope(Math.sign(v), Math.log(Math.abs(v)) + lnScale, network, layer)
    if (log2 === -Infinity) continue
    exponents[i] = Math.floor(log2)
    values[i] = sign * 2 ** (log2 - exponents[i])
  }
  return { values, exponents }
}

/** Sign and log2 of a g phi'(z) at z = side * e^lnAbs. */
function log2Slope(side: number, lnAbs: number, network: Network, layer: number) {
  const { config, a } = network
  const { dphi, lnSlopeFar } = activations[config.act]
  const scale = a * gainAt(config, layer)
  const isFar = lnSlopeFar !== undefined && lnAbs > Math.log(FAR_OUT)
  const near = dphi(side * (isFar ? FAR_OUT : Math.exp(lnAbs)), config.slope)
  const ln = isFar ? lnSlopeFar(side < 0 ? -1 : 1, lnAbs) : Math.log(Math.abs(near))
  return { sign: Math.sign(scale * near), log2: (ln + Math.log(Math.abs(scale))) / Math.LN2 }
}
