import type { ActivationId } from '../model/activations.ts'
import { gainAt, type Network } from '../model/network.ts'

/** The pointwise law of a layer: z -> a phi(gain z) + b. */
export interface Nonlinearity {
  readonly act: ActivationId
  /** Negative slope of leaky_relu. */
  readonly slope: number
  readonly gain: number
  readonly a: number
  readonly b: number
}

/** phi itself: gain 1, a = 1, b = 0. */
export function plain(act: ActivationId, slope = 0.01): Nonlinearity {
  return { act, slope, gain: 1, a: 1, b: 0 }
}

/** What layer l >= 1 of a network applies to Z. */
export function nonlinearityAt({ config, a, b }: Network, layer: number): Nonlinearity {
  return { act: config.act, slope: config.slope, gain: gainAt(config, layer), a, b }
}
