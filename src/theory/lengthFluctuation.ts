import { activations } from '../model/activations.ts'
import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import { type ForwardTrajectory, linearLaw } from './forwardTrajectory.ts'
import { unshared } from './momentLaw.ts'

/** Variances of the ln of a sample's mean square at finite width, an entry a layer 0 ... L. */
export interface LengthFluctuation {
  /** Of X, over networks. */
  readonly ofNetworks: Float64Array
  /** Of H, among the samples of a batch. */
  readonly ofSamples: Float64Array
}

/**
 * Without normalization every layer passes on what it gets, by the slope of the length map in logarithms, and
 * adds to the difference between two samples of correlation c, in units of 1 / n,
 *
 *   2 (1 - c^2) E[f'^2 f^2] q / E[f^2]^2     (Gaussian weights)
 *
 * which is exact for linear f and to first order in 1 - c; at c = 0 it gives 4 of the 5 of ReLU. Orthogonal weights
 * keep lengths, so that what the slope of the length map makes of 2 (1 - c^2) is taken off. A bias, the same for all
 * samples, is part of c and of q. Over networks it is the same with c = 0. With normalization every layer starts
 * afresh: zero.
 *
 * Accuracy: a factor of 2, with mirrored weights of 4; for most tens of per cent (tests/theory/lengthFluctuation).
 * Source: derived here, by linearizing |f(W x)|^2 in W.
 */
export function lengthFluctuation(network: Network, forward: ForwardTrajectory): LengthFluctuation {
  const walk = new LengthWalk(network, forward)
  const zero = new Float64Array(network.depth + 1)
  if (network.config.norm !== 'none') return { ofNetworks: zero, ofSamples: zero }
  return {
    ofNetworks: walk.run(() => 1).ofX,
    ofSamples: walk.run(unshared).ofH,
  }
}

/** Share of a layer's noise that two samples at distance e do not have in common: 1 - c^2, or all of it. */
type Unshared = (e: number) => number

class LengthWalk {
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly isRotation: boolean
  private readonly isLast: boolean
  private readonly lnBias: number

  constructor(network: Network, forward: ForwardTrajectory) {
    const { init, order } = network.config
    this.network = network
    this.forward = forward
    this.isRotation = init === 'orthogonal' || init === 'looks_linear'
    this.isLast = order === 'norm_act_linear'
    this.lnBias = linearLaw(network).lnBias
  }

  run(unshared: Unshared) {
    const { depth, width, config } = this.network
    const ofX = new Float64Array(depth + 1)
    const ofH = new Float64Array(depth + 1)
    const isDrawnFreely = config.data !== 'digits' && config.data !== 'circle'
    ofX[0] = isDrawnFreely ? (2 * unshared(this.forward.distanceX[0]!)) / width : 0
    for (let start = 0; start < depth; start += config.branch) {
      const end = start + config.branch
      let [slope, added] = [1, 0]
      for (let layer = start + 1; layer <= end; layer++) {
        const below = slope * slope * ofX[start]! + added
        const rate = this.rate(layer)
        slope *= rate
        added = rate * rate * added + this.byLayer(layer, unshared)
        ofX[layer] = slope * slope * ofX[start]! + added
        ofH[layer] = this.isLast
          ? below
          : this.weightShare(layer) ** 2 * below + this.byWeights(layer, unshared)
      }
      if (mixings[config.mix].filter === 'absent') continue
      const { skip, branch, overlap } = this.mixture(start, end, unshared)
      ofX[end] = (skip + branch * slope) ** 2 * ofX[start]! + branch ** 2 * added + overlap
    }
    return { ofX, ofH }
  }

  /** The share of the variance of what the weights put out, W x + b, that is not bias. */
  private weightShare(layer: number): number {
    const { lnH, lnY } = this.forward
    if (this.lnBias === -Infinity) return 1
    return Math.max(0, 1 - Math.exp(this.lnBias - (this.isLast ? lnY : lnH)[layer]!))
  }

  /** d ln of the mean square after the layer by that before. */
  private rate(layer: number): number {
    return this.forward.squareRate[layer]! * this.weightShare(layer)
  }

  /** Of W x + b for x of given length: normal units vary by 2 / n, less the length of O x where W rotates. */
  private byWeights(layer: number, unshared: Unshared): number {
    const e = this.forward.distanceOperand[layer]!
    const share = this.weightShare(layer)
    const kept = this.isRotation ? share ** 2 * unshared(e) : 0
    return (2 / this.network.width) * Math.max(0, unshared(share * e) - kept)
  }

  private byLayer(layer: number, unshared: Unshared): number {
    const { lnH, lnSlope, lnY, lnOperand, slopeSquare, squareRate } = this.forward
    const { act, init } = this.network.config
    const stretch = Math.exp(
      lnH[layer]! + lnSlope[layer]! - (this.isLast ? lnOperand : lnY)[layer]!,
    )
    if (!Number.isFinite(stretch)) return 0
    const known = squareRate[layer]! ** 2
    const byLength = this.byWeights(layer, unshared)
    // Of mirrored units only the difference goes on: that of a homogeneous activation is linear.
    const isLinear = init === 'looks_linear' && activations[act].homogeneous
    const bent = isLinear ? 0 : Math.max(0, stretch * slopeSquare[layer]! - known)
    const byActivation = (2 * bent * unshared(this.forward.distanceH[layer]!)) / this.network.width
    return this.isLast
      ? this.weightShare(layer) ** 2 * byActivation + byLength
      : byActivation + known * byLength
  }

  private mixture(start: number, end: number, unshared: Unshared) {
    const { lnX, lnY, meanY, distanceX } = this.forward
    const { alpha, beta, width } = this.network
    const share = (factor: number, ln: number) =>
      factor === 0 ? 0 : factor ** 2 * Math.exp(ln - lnX[end]!)
    const [skip, branch] = [share(alpha, lnX[start]!), share(beta, lnY[end]!)]
    const apart = unshared(distanceX[start]!) * (1 - meanY[end]! ** 2)
    const overlap = (4 * skip * branch * apart) / width
    // The product of the two means is as much the one's as the other's.
    const shared = 1 - skip - branch
    return { skip: skip + shared / 2, branch: branch + shared / 2, overlap }
  }
}

/** Lengths that vary by more than this between networks have no typical value. */
const LARGEST_VARIANCE = 1

/**
 * Is there a typical length at all? An unstable length map makes of 1 / n a difference of order one within
 * a few dozen layers. A homogeneous activation keeps no memory of length, so that the random walk of
 * `finiteWidth` holds at any length as long as samples that have not merged walk together.
 */
export function isLengthTypical(
  network: Network,
  forward: ForwardTrajectory,
  { ofNetworks }: LengthFluctuation,
): boolean {
  const { homogeneous } = activations[network.config.act]
  const isFree = homogeneous && network.config.sb === 0 && network.b === 0
  const apart = forward.distanceX[network.depth]!
  const share = isFree && !Number.isNaN(apart) ? Math.min(1, apart) : 1
  return !(ofNetworks[network.depth]! * share > LARGEST_VARIANCE)
}
