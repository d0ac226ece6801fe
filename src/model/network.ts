import { type NetworkConfig } from './config.ts'
import { gaussPoincare } from './gaussPoincare.ts'
import { ties } from './mixings.ts'

/** A network with everything worked out that its config only implies. */
export interface Network {
  readonly config: NetworkConfig
  /** Linear layers: the depth asked for, rounded down to a multiple of the branch (at least one branch). */
  readonly depth: number
  readonly width: number
  readonly batch: number
  /** Weights of the filtered and of the nonlinear branch as used: (0, 1) without mixing. */
  readonly alpha: number
  readonly beta: number
  /** phi_l(z) = a phi(g_l z) + b: (1, 0), or the Gaussian-Poincare constants. */
  readonly a: number
  readonly b: number
}

/** Linear layers of a network: the depth asked for, rounded down to whole branches (at least one). */
export function roundedDepth({ depth, branch }: NetworkConfig): number {
  return Math.max(branch, depth - (depth % branch))
}

/** Works out depth, branch weights and activation constants (contract section 1). */
export function resolveNetwork(config: NetworkConfig): Network {
  const { width, batch } = config
  const depth = roundedDepth(config)
  const mixing = config.mix === 'none' ? { alpha: 0, beta: 1 } : ties[config.tie].weights(config)
  const constants = config.gpn === 1 ? gaussPoincare(config.act, config.slope) : { a: 1, b: 0 }
  return { config, depth, width, batch, ...mixing, a: constants.a, b: constants.b }
}

/** g_l = gain * l^(-gain_decay), the factor in front of the activation's argument in layer l >= 1. */
export function gainAt({ gain, gain_decay }: NetworkConfig, layer: number): number {
  return gain * layer ** -gain_decay
}

/** Is X_l mixed with the input of its block, i.e. is l the last layer of a block? */
export function isBlockEnd({ config }: Network, layer: number): boolean {
  return layer % config.branch === 0
}

/** Layers that growth is fitted on (contract section 5): the middle 80 %, block ends alone where blocks are mixed. */
export function fittedRange({ depth, config }: Network) {
  const step = config.mix === 'none' ? 1 : config.branch
  const first = step * Math.ceil(Math.ceil(0.1 * depth) / step)
  return { first, last: Math.floor(0.9 * depth), step }
}

export function fittedLayers(network: Network): readonly number[] {
  const { first, last, step } = fittedRange(network)
  const layers: number[] = []
  for (let l = first; l <= last; l += step) layers.push(l)
  return layers
}

/** The layer index whose random stream layer l reads: always 1 where all layers share their weights. */
export function drawnLayer({ config }: Network, layer: number): number {
  return config.tied === 1 ? 1 : layer
}
