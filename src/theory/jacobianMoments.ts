import { mixings } from '../model/mixings.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { columnDimensions } from './batchLaw.ts'
import { type ColumnSlopes, columnSlopes } from './columnSlopes.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'
import { nonlinearityAt } from './nonlinearity.ts'
import { lnSum, type MixingLaw } from './signal.ts'
import { slopeSpread } from './slopeSpread.ts'

/** Squared singular values of a matrix: ln of their mean, and their variance in units of the squared mean. */
export interface SpectralMoments {
  readonly lnMean: number
  readonly spread: number
}

const identity: SpectralMoments = { lnMean: 0, spread: 0 }

/**
 * Moments of the squared singular values of d x_l / d x_0, an entry a layer 0 ... L, for wide networks with fresh
 * weights. Factors of a product are free of each other, so that logarithms of means and relative variances add:
 *
 *   D W:               mean sigma_w^2 E[f'^2] / sigma^2,   spread mu_2 / mu_1^2 - 1 - s_1
 *   alpha S + beta A:  mean alpha^2 + beta^2 a,            spread (2 alpha^2 beta^2 a + beta^4 a^2 spread_A) / mean^2
 *
 * with s_1 = -1 for independent and 0 for orthogonal weights, a the mean of A. Directions that a row normalization
 * removes, one or two of n, are left out of account; statistics of a batch are held fixed.
 *
 * Accuracy against the engine at width 512: tests/theory/jacobianMoments.
 * Source: Pennington et al. 2017, arXiv:1711.04735, eqs. 17 and 18, layer by layer; mixing and batches derived here.
 */
export function jacobianMoments(
  network: Network,
  forward: ForwardTrajectory,
): readonly SpectralMoments[] {
  const { depth, alpha, beta, config } = network
  const law: MixingLaw = { alpha, beta, filter: mixings[config.mix].filter }
  const layers = new LayerMoments(network, forward)
  const moments: SpectralMoments[] = [identity]
  let [below, block] = [identity, identity]
  for (let layer = 1; layer <= depth; layer++) {
    block = product(block, layers.at(layer))
    const isEnd = isBlockEnd(network, layer)
    moments.push(product(below, isEnd ? mixedMoments(block, law) : block))
    if (isEnd) [below, block] = [moments[layer]!, identity]
  }
  return moments
}

function product(first: SpectralMoments, second: SpectralMoments): SpectralMoments {
  return { lnMean: first.lnMean + second.lnMean, spread: first.spread + second.spread }
}

/** Of alpha S + beta A, from those of A. */
export function mixedMoments(branch: SpectralMoments, law: MixingLaw): SpectralMoments {
  if (law.filter === 'absent') return branch
  const [lnSkip, lnBranch] = [2 * Math.log(law.alpha), 2 * Math.log(law.beta) + branch.lnMean]
  const lnMean = lnSum(lnSkip, lnBranch)
  if (lnMean === -Infinity) return { lnMean, spread: 0 }
  const [skip, through] = [Math.exp(lnSkip - lnMean), Math.exp(lnBranch - lnMean)]
  return { lnMean, spread: 2 * skip * through + through ** 2 * branch.spread }
}

/** The moments of single layers D W, or W D. */
export class LayerMoments {
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly weights: SpectralMoments
  private cached: { readonly gain: number; readonly slopes: ColumnSlopes } | undefined

  constructor(network: Network, forward: ForwardTrajectory) {
    const { sw, init } = network.config
    this.network = network
    this.forward = forward
    this.weights = { lnMean: 2 * Math.log(sw), spread: init === 'orthogonal' ? 0 : 1 }
  }

  at(layer: number): SpectralMoments {
    return product(this.weights, this.slopes(layer))
  }

  /** Of the diagonal matrix f'(z) / sigma. */
  private slopes(layer: number): SpectralMoments {
    const { axis, centred } = normalizations[this.network.config.norm]
    if (axis === 'batch') return this.behindBatch(layer, centred)
    const { lnH, lnSlope } = this.forward
    const lnSize = lnH[layer]!
    const f = nonlinearityAt(this.network, layer)
    const spread = slopeSpread(f, axis === 'none' ? lnSize : 0)
    return { lnMean: lnSlope[layer]! - (axis === 'none' ? 0 : lnSize), spread }
  }

  /** sigma^2 of a unit is q (1 - c) times a chi-square of N degrees over m: E[1 / chi^2] = 1 / (N - 2), and so on. */
  private behindBatch(layer: number, centred: boolean): SpectralMoments {
    const { batch } = this.network
    const free = columnDimensions({ batch, centred }) - 2
    const { lnSlope, spread } = this.columnSlopes(layer, centred)
    const { lnH, distanceH } = this.forward
    const lnApart = centred ? Math.log(distanceH[layer]!) : 0
    const lnMean = lnSlope + Math.log(batch / free) - lnH[layer]! - lnApart
    return { lnMean, spread: ((1 + spread) * free) / (free - 2) - 1 }
  }

  private columnSlopes(layer: number, centred: boolean): ColumnSlopes {
    const f = nonlinearityAt(this.network, layer)
    if (this.cached?.gain === f.gain) return this.cached.slopes
    const slopes = columnSlopes(f, { batch: this.network.batch, centred })
    this.cached = { gain: f.gain, slopes }
    return slopes
  }
}
