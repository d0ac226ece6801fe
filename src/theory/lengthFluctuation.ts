import { activations } from '../model/activations.ts'
import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'

/**
 * Rough variance of the ln of one sample's mean square at the top, over networks: each layer passes on
 * what it gets, by the slope of the length map in logarithms, and adds about 2 / n by its weights (none if they
 * are orthogonal) and 1 / n by its activation.
 *
 * It tells where a limit of infinite width says nothing about the network at hand: an unstable length
 * map (slope above 1) makes of 1 / n a difference of order one within a few dozen layers.
 * Zero with normalization, which starts every layer afresh.
 */
export function lengthFluctuation(network: Network, forward: ForwardTrajectory): number {
  const { config, depth, width, alpha, beta } = network
  if (config.norm !== 'none') return 0
  const { lnX, lnY, squareRate } = forward
  const byWeights = config.init === 'orthogonal' || config.init === 'looks_linear' ? 0 : 2
  // Of mirrored units only the difference goes on: that of a homogeneous activation is linear.
  const { homogeneous } = activations[config.act]
  const isLinear = config.act === 'linear' || (homogeneous && config.init === 'looks_linear')
  const byActivation = isLinear ? 0 : 1
  const isMixed = mixings[config.mix].filter !== 'absent'
  let variance = 2 / width
  for (let start = 0; start < depth; start += config.branch) {
    const end = start + config.branch
    let [slope, added] = [1, 0]
    for (let layer = start + 1; layer <= end; layer++) {
      const rate = squareRate[layer]!
      slope *= rate
      added = rate * rate * (added + byWeights / width) + byActivation / width
    }
    const branch = isMixed ? beta ** 2 * Math.exp(lnY[end]! - lnX[end]!) : 1
    const skip = isMixed ? alpha ** 2 * Math.exp(lnX[start]! - lnX[end]!) : 0
    variance = (skip + branch * slope) ** 2 * variance + branch * branch * added
  }
  return variance
}

/** Lengths that vary by more than this between networks have no typical value. */
const LARGEST_VARIANCE = 1

/**
 * Is there a typical length at all? A homogeneous activation keeps no memory of it, so that the random walk
 * of `finiteWidth` holds at any length, as long as samples that have not merged walk together.
 */
export function isLengthTypical(network: Network, forward: ForwardTrajectory): boolean {
  const fluctuation = lengthFluctuation(network, forward)
  const { homogeneous } = activations[network.config.act]
  const isFree = homogeneous && network.config.sb === 0 && network.b === 0
  const apart = forward.distanceX[network.depth]!
  const share = isFree && !Number.isNaN(apart) ? Math.min(1, apart) : 1
  return !(fluctuation * share > LARGEST_VARIANCE)
}
