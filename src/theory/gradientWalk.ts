import { activations } from '../model/activations.ts'
import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { BatchOfGradients, type Passage } from './batchOfGradients.ts'
import { EXPECTED_DEATHS, type FiniteLayer, FiniteLayers } from './finiteLayers.ts'
import { type ForwardTrajectory, linearLaw } from './forwardTrajectory.ts'
import { beyondFirstOrder, slopesOf } from './homogeneousSum.ts'
import { isWithinBand, leftOutBy } from './leftOut.ts'
import { angleOf, unshared } from './momentLaw.ts'
import type { TypicalLengths } from './typicalLengths.ts'

/** A passage through one layer, and how much more of the gradient behind it lies along the signal than 1 / n, times n. */
interface LayerPassage extends Passage {
  readonly excess: number
}

/**
 * Directions that layer normalization and the signal below keep from a gradient: a share of 1 / n is one of n less
 * these. Idle units count as more (measured: linear 2.4, tanh 1.4, gelu 2.5, ReLU 3.3 to 4.7; ReLU and
 * rms normalization 5, with tanh and selu 1).
 */
const RULED_OUT = 1
const RULED_OUT_BY_IDLE = 4

const NOTHING: Passage = { typical: 0, byGradient: 0, bySample: 0, lost: 0 }

const together = (a: Passage, b: Passage): Passage => ({
  typical: a.typical + b.typical,
  byGradient: a.byGradient + b.byGradient,
  bySample: a.bySample + b.bySample,
  lost: a.lost + b.lost,
})

/** Shift of ln of the mean square of the gradient of a batch, and its variance over networks, an entry a layer 0 ... L. */
export interface GradientWalk {
  readonly drift: Float64Array
  readonly variance: Float64Array
  /** Shift of the typical ln of one sample to first order, without what a batch adds; where `drift` is NaN, too. */
  readonly ofOne: Float64Array
  /** Variance of the ln of its factors by the direction of the gradient, of a block at its end, in units of 1 / n. */
  readonly byDirection: Float64Array
}

/**
 * The squared gradient of a network of finite width n is a product of one random factor a layer: what is typical of it
 * falls below its mean, layer by layer. With D = f'(z), s = Var(D^2) / E[D^2]^2 and r, r' the first and second derivative of
 * ln E[D^2] by ln q, n E ln of the factor of one sample, less what it is in the limit of infinite width:
 *
 *   D         -(r' - r + s / 2) + n (r mean d + r' var d / 2) - s       d: ln of the length of H (typicalLengths), 0 if normalized
 *   W         -1                                                        (0 if orthogonal)
 *   no norm   2 r where h adds to what lies along it; exact for homogeneous f (beyondFirstOrder)
 *   norm      1 - E[D^2 f^2] / (E[D^2] E[f^2])     the gradient is orthogonal to the signal,
 *             -E[z^2 D^2] / E[D^2] + E[z D f]^2 / (E[D^2] E[f^2]),  centred -1 + E[D f]^2 / (...)    and loses z and the mean,
 *             -1 by W as it is orthogonal to h (Gaussian), -n mean d    and is divided by the length of H
 *
 * (ReLU behind rms normalization: -2 in all, psi((k - 1) / 2) - psi(k / 2) for k live units). The mean over the samples of a
 * batch lies above, as long as their gradients differ in direction, or they in what the layers make of them: the variance that
 * they do not share counts half. A mixing takes the branch's share of it all, and 2 / n of the overlap with the skip.
 *
 * NaN from where second order may be more than what networks differ by (leftOut), or a layer without slopes is to be expected.
 *
 * Accuracy: against networks of widths 4 to 64 in tests/theory/narrowAgainstEngine. Source: derived here; for homogeneous f
 * Hanin and Nica 2020, arXiv:1812.05994.
 */
export function gradientWalk(
  network: Network,
  forward: ForwardTrajectory,
  lengths: TypicalLengths,
): GradientWalk {
  return new Walk(network, forward, lengths).run()
}

class Walk {
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly lengths: TypicalLengths
  private readonly layers: FiniteLayers
  private readonly isNormalized: boolean
  private readonly isMixed: boolean
  private readonly isExact: boolean
  private readonly centred: number
  private readonly lnWeight: number
  /** n times what an exact layer adds to first order. */
  private readonly beyond: number
  private deaths = 0

  constructor(network: Network, forward: ForwardTrajectory, lengths: TypicalLengths) {
    const { axis, centred } = normalizations[network.config.norm]
    this.network = network
    this.forward = forward
    this.lengths = lengths
    this.layers = new FiniteLayers(network, forward)
    this.isNormalized = axis === 'feature'
    this.isMixed = mixings[network.config.mix].filter !== 'absent'
    const { homogeneous } = activations[network.config.act]
    this.isExact = homogeneous && axis === 'none' && !this.isMixed
    this.centred = axis === 'feature' && centred ? 1 : 0
    this.lnWeight = linearLaw(network).lnWeight
    const { width, config } = network
    this.beyond = this.isExact
      ? width * beyondFirstOrder(slopesOf(config), width, this.layers.isRotation)
      : 0
  }

  run(): GradientWalk {
    const { depth, width, config } = this.network
    const row = () => new Float64Array(depth + 1)
    const [drift, variance, ofOne, byDirection] = [row(), row(), row(), row()]
    const batch = new BatchOfGradients(this.network)
    const { isMixed } = this
    let [typical, excess, leftOut] = [0, 0, 0]
    let isKnown = true
    for (let end = depth; end > 0; end -= config.branch) {
      const start = end - config.branch
      const branch = isMixed ? this.branchShare(start, end) : 1
      let inner = NOTHING
      for (let layer = end; layer > start; layer--) {
        const passage = this.passage(layer, 1 - branch, excess)
        if (!this.isExact)
          leftOut += branch * leftOutBy(width, passage.byGradient + passage.bySample)
        excess = passage.excess
        inner = together(inner, passage)
        ofOne[layer - 1] = typical + inner.typical / width
        drift[layer - 1] = isKnown ? ofOne[layer - 1]! + batch.gain : NaN
        variance[layer - 1] = batch.variance + (inner.bySample + inner.byGradient) / width
      }
      const passage = isMixed ? joined(inner, branch) : inner
      batch.step(passage, this.apart(end))
      byDirection[end] = passage.byGradient
      typical += passage.typical / width
      excess *= branch
      const isAlive = this.deaths < EXPECTED_DEATHS
      isKnown &&= isAlive && isWithinBand(leftOut, batch.variance)
      ofOne[start] = typical
      drift[start] = isKnown ? typical + batch.gain : NaN
      variance[start] = batch.variance
    }
    return { drift, variance, ofOne, byDirection }
  }

  /** The branch's share of the squared gradient at the start of a block. */
  private branchShare(start: number, end: number): number {
    const { alpha, beta } = this.network
    const { lnWeight, forward } = this
    const { lnSlope, lnH } = forward
    let ln = 2 * Math.log(beta)
    for (let layer = end; layer > start; layer--)
      ln += lnSlope[layer]! + lnWeight - (this.isNormalized ? lnH[layer]! : 0)
    return 1 / (1 + alpha ** 2 * Math.exp(-ln))
  }

  /** Down through a layer, from a gradient that lies along the signal by `above` in excess. */
  private passage(layer: number, overlap: number, above: number): LayerPassage {
    const at = this.layers.at(layer)
    const byWeights = this.layers.isRotation ? 0 : 1
    const { slopeSpread, slopeVariety } = at.moments
    this.deaths += this.deathIn(at)
    const parts = this.isNormalized
      ? this.throughNorm(layer, at, overlap)
      : this.throughSlopes(layer, at)
    const along = this.alongSignal(at, above)
    const across = this.toSecondOrder(parts.typical - slopeSpread - byWeights, at)
    return {
      typical: across + along.typical,
      bySample: parts.bySample,
      byGradient: 2 * slopeSpread + 2 * byWeights,
      lost: slopeVariety * this.differing(layer),
      excess: along.excess,
    }
  }

  /**
   * Share of a layer's noise that two samples do not have in common, 1 - c^2. A linear network leaves their cosine
   * where it is on average, but on its way up makes it +-1, as it does that of gradients on its way down.
   */
  private apart(layer: number): number {
    const own = unshared(this.forward.distanceOperand[layer]!)
    if (this.network.config.act !== 'linear' || this.layers.isRotation) return own
    return own * Math.exp(-layer / this.network.width)
  }

  /** How often no slope is left: a normalized layer needs two, one is along the signal. */
  private deathIn({ moments: { flat, dead } }: FiniteLayer): number {
    const n = this.network.width
    if (this.isMixed || (this.isExact && dead === 0)) return 0
    const single = this.isNormalized ? n * (1 - flat) * flat ** (n - 1) : 0
    return flat ** n + single
  }

  private toSecondOrder(typical: number, { moments }: FiniteLayer): number {
    const { width } = this.network
    if (this.isExact) return typical + this.beyond
    if (!this.isNormalized) return typical
    const ruledOut = RULED_OUT + this.centred + RULED_OUT_BY_IDLE * moments.idle
    return (typical * width) / Math.max(1, width - ruledOut)
  }

  /**
   * Without normalization f'(h) g lies along h by more, or less, than 1 / n of it, and with it W^T f'(h) g along x: what
   * is there in excess, times n, and what that adds to the squared gradient.
   */
  private alongSignal({ moments, weightShare }: FiniteLayer, above: number) {
    if (this.isNormalized) return { excess: 0, typical: 0 }
    const { slopeRate, squareRate, stretch, slopeSquare } = moments
    const excess = weightShare * (2 * slopeRate + (above * squareRate ** 2) / stretch)
    // A rotation keeps the length, whatever lies along x.
    const added = this.layers.isRotation ? 0 : excess
    return { excess, typical: above * (slopeSquare - 1) + added }
  }

  /** How differently kinks, or smooth slopes, see two samples: from 0 to 1. */
  private differing(layer: number): number {
    const e = this.forward.distanceZ[layer]!
    const { kinks } = activations[this.network.config.act]
    if (Number.isNaN(e)) return 1
    return kinks.length > 0 ? Math.min(1, (2 * angleOf(e)) / Math.PI) : Math.min(1, e)
  }

  private throughSlopes(layer: number, { moments, weightNoise }: FiniteLayer) {
    const { slopeRate, slopeBend, slopeSpread } = moments
    const [mean, variance] = [this.lengths.meanH[layer]!, this.lengths.varianceH[layer]!]
    const n = this.network.width
    const byLength = slopeRate * mean + (slopeBend * variance) / 2
    const noise = this.layers.isLast ? 0 : weightNoise
    return {
      typical: n * byLength - (slopeBend - slopeRate + slopeSpread / 2),
      bySample: slopeSpread - 2 * slopeRate ** 2 * (1 - noise),
    }
  }

  private throughNorm(
    layer: number,
    { moments, weightShare, weightNoise }: FiniteLayer,
    overlap: number,
  ) {
    const { slopeRate, slopeBend, slopeSpread, slopeTilt, slopeSquare, slopeMean } = moments
    const { squareRate, squareSpread, squareTilt, stretch } = moments
    const n = this.network.width
    const c = this.centred
    // Of the bias in H the gradient below knows nothing.
    const orthogonal = (1 - overlap) * weightShare
    const bySlopes = -(slopeBend - slopeRate + (slopeSpread - c * slopeTilt ** 2) / 2)
    const byDirection = orthogonal * (1 - slopeSquare)
    const alongZ = 1 + 2 * slopeRate - (orthogonal * squareRate ** 2) / stretch
    const alongOne = c * (1 - orthogonal * slopeMean)
    const byWeights = this.layers.isRotation ? 0 : -orthogonal
    // Lengths are those of H: what W adds, and what X brings.
    const byLength = c - n * this.lengths.meanH[layer]!
    return {
      typical: bySlopes + byDirection - alongZ - alongOne + byWeights + byLength,
      bySample:
        2 * weightNoise +
        slopeSpread +
        squareSpread -
        2 * (slopeSquare - 1) -
        2 * (slopeRate - squareRate) ** 2 -
        c * (slopeTilt - squareTilt) ** 2,
    }
  }
}

/** Skip and branch together: their shares, and the overlap of the two. */
function joined({ typical, byGradient, bySample, lost }: Passage, branch: number): Passage {
  const product = branch * (1 - branch)
  return {
    typical: branch * typical + (product * (byGradient + bySample)) / 2 - 2 * product,
    byGradient: branch ** 2 * byGradient + 4 * product,
    bySample: branch ** 2 * bySample,
    lost: branch * lost,
  }
}
