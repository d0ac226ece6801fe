import { gainAt, type Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { type ForwardTrajectory, linearLaw } from './forwardTrajectory.ts'
import { nonlinearityAt } from './nonlinearity.ts'
import { type UnitMoments, unitMoments } from './unitMoments.ts'

/** What a finite width makes of a layer: its moments, and how the weights act on lengths. */
export interface FiniteLayer {
  readonly moments: UnitMoments
  /** Share of the variance of W x + b that is not bias. */
  readonly weightShare: number
  /** n / 2 times the variance that fresh weights add to the ln of the length of W x + b. */
  readonly weightNoise: number
}

/** Where this many layers are expected to have died - all units without output, or without slope - there is no typical value. */
export const EXPECTED_DEATHS = 0.1

/** Moments of layers nearer to each other than this in ln q are the same: 1e-3 of a correction of order 1 / n. */
const SAME = 2e-3

/** The layers of a network, each worked out once for as long as nothing changes. */
export class FiniteLayers {
  readonly isRotation: boolean
  readonly isLast: boolean
  readonly isNormalized: boolean
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly lnBias: number
  private cached: { readonly place: number; readonly moments: UnitMoments } | null = null

  private last: FiniteLayer | undefined

  constructor(network: Network, forward: ForwardTrajectory) {
    this.network = network
    this.forward = forward
    this.isRotation = network.config.init === 'orthogonal'
    this.isNormalized = normalizations[network.config.norm].axis === 'feature'
    this.isLast = network.config.order === 'norm_act_linear'
    this.lnBias = linearLaw(network).lnBias
  }

  at(layer: number): FiniteLayer {
    const { lnH, lnY } = this.forward
    const moments = this.momentsAt(layer)
    if (this.lnBias === -Infinity) return this.withoutBias(moments)
    const lnOut = (this.isLast ? lnY : lnH)[layer]!
    const weightShare = Math.max(0, 1 - Math.exp(this.lnBias - lnOut))
    return { moments, weightShare, weightNoise: this.isRotation ? 1 - weightShare ** 2 : 1 }
  }

  private withoutBias(moments: UnitMoments): FiniteLayer {
    if (this.last?.moments !== moments)
      this.last = { moments, weightShare: 1, weightNoise: this.isRotation ? 0 : 1 }
    return this.last
  }

  private momentsAt(layer: number): UnitMoments {
    const { lnH } = this.forward
    const place =
      (this.isNormalized ? 0 : lnH[layer]!) + 2 * Math.log(gainAt(this.network.config, layer))
    const { cached } = this
    if (cached && (place === cached.place || Math.abs(place - cached.place) < SAME))
      return cached.moments
    const f = { ...nonlinearityAt(this.network, layer), gain: 1 }
    const moments = unitMoments(f, place)
    this.cached = { place, moments }
    return moments
  }
}
