import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { EXPECTED_DEATHS, type FiniteLayer, FiniteLayers } from './finiteLayers.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'
import { unshared } from './momentLaw.ts'

/** Of ln of one sample's mean square, less that of infinite width: its mean and its variance. */
interface LengthLaw {
  readonly mean: number
  readonly variance: number
}

/** The length laws of X (layers 0 ... L) and H (1 ... L). */
export interface TypicalLengths {
  readonly meanX: Float64Array
  readonly varianceX: Float64Array
  readonly meanH: Float64Array
  readonly varianceH: Float64Array
}

/** The law inside a block, given that at its start: its variance is slope^2 times that at the start, and `added`. */
interface BranchLaw {
  readonly mean: number
  readonly slope: number
  readonly added: number
}

/**
 * How the length of a single sample differs from that of infinite width: to first order in 1 / n, with d ln of
 * the mean squares, r = d ln E[f^2] / d ln q, r' its derivative and v = Var(f^2) / E[f^2]^2,
 *
 *   through W     mean d - 1 / n                                       variance d + 2 / n
 *   through f     r mean d + r' var d / 2 - (r' - r + v / 2) / n       r^2 var d + (v - 2 r^2) / n
 *
 * on what f makes of units of given length. Orthogonal W keep lengths; normalization fixes them (d = 0), and the mean
 * over the units where it is centred.
 *
 * NaN from where a layer of zeros is to be expected.
 * Accuracy: tests/theory/narrowAgainstEngine. Source: derived here, by expanding E ln of a sum over units.
 */
export function typicalLengths(network: Network, forward: ForwardTrajectory): TypicalLengths {
  return new Lengths(network, forward).run()
}

class Lengths {
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly layers: FiniteLayers
  private readonly out: TypicalLengths
  private deaths = 0

  constructor(network: Network, forward: ForwardTrajectory) {
    this.network = network
    this.forward = forward
    this.layers = new FiniteLayers(network, forward)
    const row = () => new Float64Array(network.depth + 1)
    this.out = { meanX: row(), varianceX: row(), meanH: row(), varianceH: row() }
  }

  run(): TypicalLengths {
    const { depth, config } = this.network
    const { meanX, varianceX } = this.out
    let law = this.ofInput()
    this.write(0, law)
    for (let start = 0; start < depth; start += config.branch) {
      const end = start + config.branch
      let branch: BranchLaw = { mean: law.mean, slope: 1, added: 0 }
      for (let layer = start + 1; layer <= end; layer++) {
        branch = this.throughLayer(branch, layer, law.variance)
        this.write(layer, { mean: branch.mean, variance: varianceOf(branch, law.variance) })
      }
      if (mixings[config.mix].filter !== 'absent')
        this.write(end, this.mixed(law, branch, start, end))
      law = { mean: meanX[end]!, variance: varianceX[end]! }
    }
    return this.out
  }

  private write(layer: number, { mean, variance }: LengthLaw): void {
    this.out.meanX[layer] = this.deaths > EXPECTED_DEATHS ? NaN : mean
    this.out.varianceX[layer] = variance
  }

  /** The rms of the batch is known as drawn: a sample differs from it by what it does not have in common with the others. */
  private ofInput(): LengthLaw {
    const { config, width } = this.network
    const isDrawnFreely = config.data !== 'digits' && config.data !== 'circle'
    const own = isDrawnFreely ? unshared(this.forward.distanceX[0]!) : 0
    return { mean: -own / width, variance: (2 * own) / width }
  }

  private throughLayer(x: BranchLaw, layer: number, atStart: number): BranchLaw {
    const { meanH, varianceH } = this.out
    const at = this.layers.at(layer)
    const h = this.layers.isLast ? x : this.throughWeights(x, at, atStart)
    meanH[layer] = h.mean
    varianceH[layer] = varianceOf(h, atStart)
    const { axis } = normalizations[this.network.config.norm]
    const z = axis === 'feature' ? { mean: 0, slope: 0, added: 0 } : h
    const y = this.throughActivation(z, at, atStart)
    this.deaths += this.deathIn(at)
    return this.layers.isLast ? this.throughWeights(y, at, atStart) : y
  }

  /** How often no unit puts out anything, for good. */
  private deathIn({ moments, weightShare }: FiniteLayer): number {
    const { config, width } = this.network
    const { centred } = normalizations[config.norm]
    const isSaved = centred || weightShare < 1 || mixings[config.mix].filter !== 'absent'
    return isSaved ? 0 : moments.dead ** width
  }

  private throughWeights(x: BranchLaw, at: FiniteLayer, atStart: number): BranchLaw {
    const { weightShare: share, weightNoise } = at
    const noise = weightNoise / this.network.width
    const bend = (share * (1 - share) * varianceOf(x, atStart)) / 2
    return {
      mean: share * x.mean + bend - noise,
      slope: share * x.slope,
      added: share * share * x.added + 2 * noise,
    }
  }

  private throughActivation(z: BranchLaw, at: FiniteLayer, atStart: number): BranchLaw {
    const { squareRate: rate, squareBend, squareSpread, squareTilt } = at.moments
    const { centred } = normalizations[this.network.config.norm]
    const spread = squareSpread - (centred ? squareTilt ** 2 : 0)
    const n = this.network.width
    const bent = (squareBend * varianceOf(z, atStart)) / 2
    return {
      mean: rate * z.mean + bent - (squareBend - rate + spread / 2) / n,
      slope: rate * z.slope,
      added: rate * rate * z.added + Math.max(0, spread - 2 * rate * rate) / n,
    }
  }

  private mixed(skipped: LengthLaw, branched: BranchLaw, start: number, end: number): LengthLaw {
    const { lnX, lnY, meanY } = this.forward
    const { alpha, beta, width } = this.network
    const share = (factor: number, ln: number) =>
      factor === 0 ? 0 : factor ** 2 * Math.exp(ln - lnX[end]!)
    const [own, other] = [share(alpha, lnX[start]!), share(beta, lnY[end]!)]
    // The product of the two means is as much the one's as the other's.
    const common = (1 - own - other) / 2
    const [skip, branch] = [own + common, other + common]
    const overlap = (4 * own * other * (1 - meanY[end]! ** 2)) / width
    const between = (1 - branched.slope) ** 2 * skipped.variance + branched.added
    const convex = (skip * branch * between - overlap) / 2
    return {
      mean: skip * skipped.mean + branch * branched.mean + convex,
      variance:
        (skip + branch * branched.slope) ** 2 * skipped.variance +
        branch ** 2 * branched.added +
        overlap,
    }
  }
}

const varianceOf = ({ slope, added }: BranchLaw, atStart: number) => slope * slope * atStart + added
