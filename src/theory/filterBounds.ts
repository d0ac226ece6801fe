import { mixings } from '../model/mixings.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import { nonlinearityAt } from './nonlinearity.ts'
import { steepestSlope } from './steepestSlope.ts'

/** ln of what no singular value is above, and none below; -Infinity where nothing keeps them from zero. */
export interface SpectrumBounds {
  readonly lnLow: number
  readonly lnHigh: number
}

/** A Gaussian matrix somewhere in the depth exceeds its norm below with this probability. */
const RISK = 1e-3

/** Largest singular value of W over all layers; null where no bound is known. */
function weightNorm({ config, depth, width }: Network): number | null {
  if (config.init === 'orthogonal') return config.sw
  if (config.init === 'looks_linear') return 2 * config.sw
  // P(norm > 2 + t) <= exp(-n t^2 / 2), Davidson and Szarek 2001.
  if (config.init === 'gaussian')
    return config.sw * (2 + Math.sqrt((2 * Math.log(depth / RISK)) / width))
  return null
}

/**
 * Bounds on all singular values of d x_l / d x_0 where every block keeps alpha times its input beside beta times
 * a branch of k layers:
 *
 *   prod (alpha - beta s^k) <= sigma <= prod (alpha + beta s^k),   s = sup|f'| |W|
 *
 * certain for orthogonal weights, with probability 99.9 % for Gaussian ones.
 *
 * @returns null without mixing, with a normalization, inside a block, or for weights of unknown norm
 * Accuracy: no draw outside (tests/theory/filterBounds).
 * Source: Ceni and Gallicchio 2024, arXiv:2308.02902, theorem 3.5, for k = 1; Weyl's inequality.
 */
export function filterBounds(network: Network, layer: number): SpectrumBounds | null {
  const { config, alpha, beta } = network
  const norm = weightNorm(network)
  const isFiltered = mixings[config.mix].filter !== 'absent' && isBlockEnd(network, layer)
  if (!isFiltered || config.norm !== 'none' || norm === null) return null
  let [lnLow, lnHigh, stretch] = [0, 0, beta]
  for (let l = 1; l <= layer; l++) {
    stretch *= norm * slopeOf(network, l)
    if (!isBlockEnd(network, l)) continue
    lnLow += Math.log(Math.max(0, alpha - stretch))
    lnHigh += Math.log(alpha + stretch)
    stretch = beta
  }
  return { lnLow, lnHigh }
}

function slopeOf(network: Network, layer: number): number {
  const { act, slope, gain, a } = nonlinearityAt(network, layer)
  return steepestSlope(act, slope) * Math.abs(a) * gain
}
