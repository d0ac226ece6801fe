import { activations } from '../../model/activations.ts'
import { mixings } from '../../model/mixings.ts'
import { normalizations } from '../../model/normalizations.ts'
import { gainAt, type Network } from '../../model/network.ts'
import { activationCode } from './activations.ts'
import { coefficient } from './coefficient.ts'
import type { Layout } from './layout.ts'
import { noParameters, type Parameters } from './parameters.ts'
import type { WeightPlaces } from './weightPlaces.ts'

/** Codes of kernels/layout.wgsl and kernels/activate.wgsl. */
const axes = { none: 0, batch: 1, feature: 2 } as const
const filters = { absent: 0, identity: 1, orthogonal: 2 } as const
const orders = { linear_norm_act: 0, norm_act_linear: 1 } as const
const [GROWS, VANISHES, SHIFTED] = [1, 2, 4]

/** The uniforms that stay the same for a whole run. */
export function networkParameters(
  network: Network,
  layout: Layout,
  places: WeightPlaces,
): Parameters {
  const { config, alpha, beta } = network
  const { axis, centred } = normalizations[config.norm]
  const [p, q, sw, sb] = [alpha, beta, config.sw, config.sb].map(coefficient)
  const hasBias = config.sb > 0 ? 1 : 0
  const { samples, width, lead, slots } = layout
  return {
    ...noParameters,
    shape: [samples, width, lead, slots],
    slot: [layout.ring, layout.slot, layout.x, layout.z],
    offsets: [layout.activated, layout.columns, layout.gradient, layout.skipped],
    buffers: [layout.sideExponents, layout.product, layout.filtered, places.biases],
    kind: [activationCode(config.act), axes[axis], centred ? 1 : 0, orders[config.order]],
    mixing: [filters[mixings[config.mix].filter], config.branch, hasBias, traits(network)],
    storage: [places.weightSlots, places.filterSlots, places.filters, config.tied],
    coefficient: [p!.mantissa, q!.mantissa, network.a, network.b],
    exponent: [p!.exponent, q!.exponent, sb!.exponent, sw!.exponent],
    scalars: [0, 0, config.slope, 0],
  }
}

function traits({ config, b }: Network): number {
  const { grows, vanishes } = activations[config.act]
  return (grows ? GROWS : 0) | (vanishes ? VANISHES : 0) | (b === 0 ? 0 : SHIFTED)
}

/** g_l as mantissa and exponent for l = 0 ... L, two floats each; layer 0 has none. */
export function gainTable({ config, depth }: Network): Float32Array {
  const table = new Float32Array(2 * (depth + 1))
  for (let layer = 1; layer <= depth; layer++) {
    const { mantissa, exponent } = coefficient(gainAt(config, layer))
    table[2 * layer] = mantissa
    table[2 * layer + 1] = exponent
  }
  return table
}
