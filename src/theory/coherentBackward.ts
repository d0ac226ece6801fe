import { type Mixing, mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import type { BackwardPass, RecordGradient } from './downward.ts'
import { type ForwardTrajectory, linearLaw } from './forwardTrajectory.ts'

/** Covariance of A and R. */
interface Covariance {
  readonly aa: number
  readonly ar: number
  readonly rr: number
}

type Pair = readonly [number, number]

/**
 * What (A, R) become, from (A, R) at the end of the block and from the overlap U of the random part with the
 * direction in which skip and branch differ: orthogonal to the end, it is seen with opposite signs by the two.
 */
interface LinearMap {
  readonly fromA: Pair
  readonly fromR: Pair
  readonly fromU: Pair
}

/** The gradient at the end of a block: its random part has mean square `random` exp(ln). */
interface BlockGradient {
  readonly ln: number
  readonly random: number
  readonly covariance: Covariance
}

const stateOf = ({ ln, random, covariance: { aa, ar, rr } }: BlockGradient) =>
  Float64Array.of(ln, random, aa, ar, rr)

const gradientOf = (state: Float64Array): BlockGradient => ({
  ln: state[0]!,
  random: state[1]!,
  covariance: { aa: state[2]!, ar: state[3]!, rr: state[4]! },
})

/** The gradient inside a block: (A, R) is `map` of that at the end of the block, plus noise. */
interface BranchGradient {
  readonly ln: number
  readonly random: number
  readonly map: LinearMap
  readonly noise: Covariance
}

const UNMOVED: LinearMap = { fromA: [1, 0], fromR: [0, 1], fromU: [0, 0] }
const NOTHING: LinearMap = { fromA: [0, 0], fromR: [0, 0], fromU: [0, 0] }
const QUIET: Covariance = { aa: 0, ar: 0, rr: 0 }

function mapped(
  { aa, ar, rr }: Covariance,
  { fromA, fromR, fromU }: LinearMap,
  varianceOfU = 0,
): Covariance {
  const product = (i: 0 | 1, j: 0 | 1) =>
    fromA[i] * fromA[j] * aa +
    (fromA[i] * fromR[j] + fromR[i] * fromA[j]) * ar +
    fromR[i] * fromR[j] * rr +
    fromU[i] * fromU[j] * varianceOfU
  return { aa: product(0, 0), ar: product(0, 1), rr: product(1, 1) }
}

function sum(a: Covariance, b: Covariance, scaleOfB = 1): Covariance {
  return {
    aa: a.aa + scaleOfB * b.aa,
    ar: a.ar + scaleOfB * b.ar,
    rr: a.rr + scaleOfB * b.rr,
  }
}

/** A map followed by (A, R) -> (0, toA A + toR R). */
function followed(map: LinearMap, { toA, toR }: { readonly toA: number; readonly toR: number }) {
  const image = ([a, r]: Pair): Pair => [0, toA * a + toR * r]
  return { fromA: image(map.fromA), fromR: image(map.fromR), fromU: image(map.fromU) }
}

function added(a: LinearMap, b: LinearMap, scaleOfB: number): LinearMap {
  const add = (x: Pair, y: Pair): Pair => [x[0] + scaleOfB * y[0], x[1] + scaleOfB * y[1]]
  return {
    fromA: add(a.fromA, b.fromA),
    fromR: add(a.fromR, b.fromR),
    fromU: add(a.fromU, b.fromU),
  }
}

/** Mean square of A 1 + R x / rms(x), where x has mean `mean` rms(x). */
const energy = ({ aa, ar, rr }: Covariance, mean: number) => aa + 2 * ar * mean + rr

/**
 * ln of the typical mean square of random + A 1 + R x / rms(x) over m samples, where x has mean `mean` rms(x):
 * A and R are single normal numbers a sample, so that their share f of the sum varies by 2 f^2 / m.
 */
function lnTypical(random: number, covariance: Covariance, mean: number, m: number): number {
  const coherent = energy(covariance, mean)
  const total = random + coherent
  return Math.log(total) - (coherent / total) ** 2 / m
}

/** Means nearer to the rms than this: x is a constant, and nothing is left of it beside 1. */
const CONSTANT = 1e-9

/** An amount `size` of what x / rms(x) has beside its mean, normalized, as (A, R). */
function alongSignal(mean: number, size: number): Pair {
  const left = 1 - mean * mean
  if (left < CONSTANT) return [0, 0]
  return [(-mean * size) / Math.sqrt(left), size / Math.sqrt(left)]
}

/** Covariance of a random amount, of variance 1, of what 1 has beside its part along x. */
function alongMean(mean: number): Covariance {
  const left = 1 - mean * mean
  return left < CONSTANT ? QUIET : { aa: 1 / left, ar: -mean / left, rr: (mean * mean) / left }
}

/** How the signal at the end of a block is made up: shares of its rms, and means in units of their own rms. */
interface Make {
  readonly skipShare: number
  readonly branchShare: number
  readonly skipMean: number
  readonly branchMean: number
  /** Share of the skip in what the signal has beside its mean, squared. */
  readonly skipPart: number
}

/**
 * The gradient of a network without normalization, one direction of it followed apart.
 *
 * A gradient is random but for its overlap with what was sent up, about 1 / sqrt(width) of it. Where the
 * signal grows faster along itself than a random vector shrinks on its way down - a ReLU beside an identity
 * skip, whose mean adds up from layer to layer - that overlap takes over. With the gradient at X written as
 *
 *   g = random + A 1 + R x / rms(x)
 *
 * and W conditioned on h = W x, the gradient below is
 *
 *   W^T (f'(h) g) = sigma_w^2 (h . f'(h) g) / (n q) x + W'^T (f'(h) g),   W' fresh
 *   (h . f'(h) g) / n = A E[h f'] + R E[h f' f] / rms(f) + noise / sqrt(n)        (less what is bias)
 *
 * where E[h f'] = 2 dE[f] / d ln q and E[h f f'] = dE[f^2] / d ln q. A and R are random with mean zero: their
 * covariance is followed. The random part is orthogonal to 1 and x; where these change (from x to f(h), from
 * the end of a block to its start) its overlap with what is new, 1 / n of it, is the noise. Its size is taken such
 * that a gradient without a coherent part keeps its length: beyond the coherent part the law is that of infinite width.
 *
 * Accuracy: tests/theory/againstEngine. Source: derived here, by the conditioning of Bayati and Montanari
 * 2011, arXiv:1001.3448, lemma 11.
 */
export class CoherentBackward implements BackwardPass {
  readonly start: Float64Array
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly filter: Mixing['filter']
  private readonly lnWeight: number
  private readonly isRotation: boolean
  private record: RecordGradient = () => undefined

  constructor(network: Network, forward: ForwardTrajectory) {
    this.network = network
    this.forward = forward
    this.filter = mixings[network.config.mix].filter
    this.lnWeight = linearLaw(network).lnWeight
    this.isRotation = network.config.init === 'orthogonal'
    this.start = stateOf(this.top())
  }

  private top(): BlockGradient {
    const { depth, width } = this.network
    const [a, r] = alongSignal(this.forward.meanX[depth]!, 1)
    const covariance = sum(QUIET, { aa: 1 + a * a, ar: a * r, rr: r * r }, 1 / width)
    return { ln: 0, random: 1 - 2 / width, covariance }
  }

  throughBlock(end: number, state: Float64Array, record: RecordGradient): Float64Array {
    this.record = record
    const start = end - this.network.config.branch
    const above = gradientOf(state)
    const gradient = this.joined(above, this.throughBranch(above, start, end), start, end)
    const { ln, random, covariance } = gradient
    const mean = this.forward.meanX[start]!
    record('lnGradient', start, ln + lnTypical(random, covariance, mean, this.network.batch))
    return stateOf(gradient)
  }

  private make(start: number, end: number): Make {
    const { lnX, lnY, meanX, meanY } = this.forward
    const { alpha, beta } = this.network
    const share = (factor: number, ln: number) =>
      factor === 0 ? 0 : factor * Math.exp((ln - lnX[end]!) / 2)
    const skipMean = this.filter === 'identity' ? meanX[start]! : 0
    const [skipShare, branchShare] = [share(alpha, lnX[start]!), share(beta, lnY[end]!)]
    const [skip, branch] = [
      skipShare ** 2 * (1 - skipMean ** 2),
      branchShare ** 2 * (1 - meanY[end]! ** 2),
    ]
    const skipPart = skip + branch > 0 ? skip / (skip + branch) : 0
    return { skipShare, branchShare, skipMean, branchMean: meanY[end]!, skipPart }
  }

  /** From d loss / d X at the end of a block to what its branch sends to the start. */
  private throughBranch(gradient: BlockGradient, start: number, end: number): BranchGradient {
    const isMixed = this.filter !== 'absent'
    const make = this.make(start, end)
    const { skipShare, skipMean, skipPart, branchShare, branchMean } = make
    const { random, covariance } = gradient
    const fromSkip = covariance.rr * skipShare ** 2 * (1 - skipMean ** 2)
    const seen = (random * skipPart) / this.network.width
    let branch: BranchGradient = {
      ln: gradient.ln + (isMixed ? 2 * Math.log(this.network.beta) : 0),
      random: random + (isMixed ? fromSkip - seen : 0),
      map: isMixed
        ? {
            fromA: [1, 0],
            fromR: [skipShare * skipMean, branchShare],
            fromU: alongSignal(branchMean, Math.sqrt(skipPart)),
          }
        : UNMOVED,
      noise: QUIET,
    }
    for (let layer = end; layer > start; layer--) {
      branch = this.throughLayer(branch, gradient, layer)
      if (layer === start + 1) continue
      const covariance = this.covarianceIn(branch, gradient)
      const mean = this.forward.meanY[layer - 1]!
      const { batch } = this.network
      const ln = branch.ln + lnTypical(branch.random, covariance, mean, batch)
      this.record('lnGradient', layer - 1, ln)
    }
    return branch
  }

  private throughLayer(above: BranchGradient, atEnd: BlockGradient, layer: number): BranchGradient {
    const { lnX, lnH, lnY, lnSlope, meanX } = this.forward
    const n = this.network.width
    const covariance = this.covarianceIn(above, atEnd)
    const total = this.energyAtH(above.random, covariance, layer)
    const lnAtH = above.ln + Math.log(total) + lnSlope[layer]!
    this.recordWeightGradient(lnAtH, layer)
    const ln = lnAtH + this.lnWeight
    const isDead = ![ln, lnX[layer - 1]!, lnH[layer]!, lnY[layer]!].every(Number.isFinite)
    if (isDead) return { ln, random: 1, map: NOTHING, noise: QUIET }
    const share = Math.exp(this.lnWeight + lnX[layer - 1]! - lnH[layer]!)
    const { unexplained, ...step } = this.overlap(layer, share / total)
    // What a bias adds to h knows nothing of W x: there the gradient meets x as it meets any direction.
    const met = (share / total) * above.random * unexplained + 1 - share
    const alongX = { aa: 0, ar: 0, rr: met / n }
    const fresh = sum(alongX, alongMean(meanX[layer - 1]!), 1 / n)
    const map = followed(above.map, step)
    const noise = sum(mapped(above.noise, followed(UNMOVED, step)), fresh)
    // What lies along 1 and along x is in A and R; a rotation keeps the length whatever lies there.
    const below = this.covarianceIn({ ...above, map, noise }, atEnd)
    const random = this.isRotation
      ? Math.max(0, 1 - energy(below, meanX[layer - 1]!))
      : (1 - 1 / n) ** 2
    return { ln, random, map, noise }
  }

  private covarianceIn({ map, noise }: BranchGradient, atEnd: BlockGradient): Covariance {
    return sum(mapped(atEnd.covariance, map, atEnd.random / this.network.width), noise)
  }

  /**
   * Mean square of f'(h) g in units of E[f'^2]. The random part has its share of every direction but 1 and f(h);
   * of all directions together f' passes E[f'^2].
   */
  private energyAtH(random: number, { aa, ar, rr }: Covariance, layer: number): number {
    const [slopeMean, slopeSquare] = [
      this.forward.slopeMean[layer]!,
      this.forward.slopeSquare[layer]!,
    ]
    const mean = this.forward.meanY[layer]!
    const left = 1 - mean * mean
    const alongF = left < CONSTANT ? 1 : (slopeSquare - 2 * mean * slopeMean + mean * mean) / left
    const ofRandom = Math.max(0, 1 + (1 - alongF) / this.network.width)
    return random * ofRandom + aa + 2 * ar * slopeMean + rr * slopeSquare
  }

  /** How (A, R) at f(h) make the overlap of f'(h) g with h, as R below; and what 1 and f(h) do not explain of h f'. */
  private overlap(layer: number, shareOfTotal: number) {
    const { lnH, lnSlope, lnY, meanY, meanRate, squareRate } = this.forward
    const stretch = Math.exp(lnH[layer]! + lnSlope[layer]! - lnY[layer]!)
    const toR = Math.sqrt(shareOfTotal / stretch)
    const [fromA, fromR, mean] = [2 * meanRate[layer]!, squareRate[layer]!, meanY[layer]!]
    const left = 1 - mean * mean
    const byF = left < CONSTANT ? 0 : (fromR - fromA * mean) ** 2 / left
    const explained = (fromA * fromA + byF) / stretch
    const unexplained = Math.max(0, 1 - explained)
    return { toA: toR * fromA, toR: toR * fromR, unexplained }
  }

  /** The filtered branch and the block's own, at the start of the block. */
  private joined(
    above: BlockGradient,
    branch: BranchGradient,
    start: number,
    end: number,
  ): BlockGradient {
    if (this.filter === 'absent' || above.ln === -Infinity)
      return { ...branch, covariance: this.covarianceIn(branch, above) }
    const { alpha, width } = this.network
    const { skipShare, skipPart, branchShare, branchMean } = this.make(start, end)
    const isIdentity = this.filter === 'identity'
    const { aa, rr } = above.covariance
    const scattered = rr * branchShare ** 2 * (1 - branchMean ** 2) + (isIdentity ? 0 : aa)
    const kept = alpha * alpha * (above.random + scattered)
    const scale = Math.exp(branch.ln - above.ln)
    const mean = this.forward.meanX[start]!
    const skip: LinearMap = {
      fromA: [isIdentity ? alpha : 0, 0],
      fromR: [isIdentity ? alpha * branchShare * branchMean : 0, alpha * skipShare],
      fromU: alongSignal(mean, -alpha * Math.sqrt(1 - skipPart)),
    }
    const map = added(skip, branch.map, Math.sqrt(scale))
    // An orthogonal filter leaves the mean to chance.
    const scatteredMean = isIdentity ? QUIET : sum(QUIET, alongMean(mean), kept / width)
    const noise = sum(scatteredMean, branch.noise, scale)
    const unit = kept + scale
    const moved = (kept / width) * (1 - skipPart + (isIdentity ? 0 : 1))
    const total = this.covarianceIn({ ...branch, map, noise }, above)
    return {
      ln: above.ln + Math.log(unit),
      random: (kept - moved + scale * branch.random) / unit,
      covariance: sum(QUIET, total, 1 / unit),
    }
  }

  /** ln E|sum_a g_a x_a^T|^2: the gradients of different samples are uncorrelated. */
  private recordWeightGradient(lnAtH: number, layer: number): void {
    const { batch, width } = this.network
    const ln = lnAtH + this.forward.lnOperand[layer]! + Math.log(batch) + 2 * Math.log(width)
    this.record('lnWeightGradient', layer, ln)
  }
}
