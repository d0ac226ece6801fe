import { activations } from '../model/activations.ts'
import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'
import { gradientWalk } from './gradientWalk.ts'
import { beyondFirstOrder, type Slopes, slopesOf } from './homogeneousSum.ts'
import { isMirroredKnown, isWithinBand, leftOutBy } from './leftOut.ts'
import { angleOf, unshared } from './momentLaw.ts'
import { type TypicalLengths, typicalLengths } from './typicalLengths.ts'

/** Cov(f(u1)^2, f(u2)^2) / E[f^2]^2 for homogeneous f at correlation 1 - e. */
export function squareCovariance({ left, right }: Slopes, e: number): number {
  const t = angleOf(e)
  // Arc-cosine kernel of degree 2: E[u1^2 u2^2; both positive] = q^2 J(t) / (2 pi).
  const kernel = (angle: number) =>
    3 * Math.sin(angle) * Math.cos(angle) + (Math.PI - angle) * (1 + 2 * Math.cos(angle) ** 2)
  const same = (left ** 4 + right ** 4) * kernel(t)
  const opposite = 2 * (left * right) ** 2 * kernel(Math.PI - t)
  return (same + opposite) / (2 * Math.PI) / ((left ** 2 + right ** 2) / 2) ** 2 - 1
}

/** What a finite width does to the logarithms of mean squares, an entry a layer 0 ... L. */
export interface FiniteWidth {
  /** Shift of the typical ln of the mean square of X, of H and of the gradient. */
  readonly signalDrift: Float64Array
  readonly preactivationDrift: Float64Array
  readonly gradientDrift: Float64Array
  /** The same of one sample's gradient to first order, known or not: small differences between samples grow by it. */
  readonly differenceDrift: Float64Array
  /** The variance that its ln gets by its direction, of a block at its end, in units of 1 / n. */
  readonly differenceNoise: Float64Array
  /** Their variances over networks, where known. */
  readonly signalVariance: Float64Array | null
  readonly gradientVariance: Float64Array | null
}

/**
 * Weights that are drawn afresh make logarithms of lengths walk, or lean: the gradient always (`gradientWalk`), the
 * signal about what restores its length (`typicalLengths`) or, where nothing does, as `freeWalk` says.
 *
 * @returns null where there is nothing of the kind, or none is known: behind batch normalization, with shared weights, and
 * where mirrored weights are linear
 */
export function finiteWidth(network: Network, forward: ForwardTrajectory): FiniteWidth | null {
  const { config, b } = network
  const isBatch = normalizations[config.norm].axis === 'batch'
  if (isBatch || config.tied === 1) return null
  const { homogeneous } = activations[config.act]
  if (config.init === 'looks_linear') return homogeneous ? null : mirrored(network)
  const isUnbiased = homogeneous && b === 0 && config.sb === 0
  const lengths = typicalLengths(network, forward)
  const { drift, variance, ofOne, byDirection } = gradientWalk(network, forward, lengths)
  const isNormalized = config.norm !== 'none'
  const signal = (isUnbiased && !isNormalized ? freeWalk : restoredLengths)(
    network,
    forward,
    lengths,
  )
  return {
    ...signal,
    gradientDrift: drift,
    differenceDrift: ofOne,
    differenceNoise: byDirection,
    gradientVariance: isUnbiased || isNormalized ? variance : null,
  }
}

/** Of what mirrored weights do, only this is known: from where on it is not known. */
function mirrored({ depth, width, config }: Network): FiniteWidth {
  const isNormalized = config.norm !== 'none'
  const still = new Float64Array(depth + 1)
  const gradientDrift = still.map((_, l) =>
    isMirroredKnown(depth - l, width, isNormalized) ? 0 : NaN,
  )
  const unknown = { signalVariance: null, gradientVariance: null }
  const drifts = { signalDrift: still, preactivationDrift: still, gradientDrift }
  return { ...drifts, differenceDrift: still, differenceNoise: still, ...unknown }
}

/** The mean over a batch of lengths that vary by themselves about what is typical of one. */
function restoredLengths(
  { batch }: Network,
  { distanceX, distanceH }: ForwardTrajectory,
  { meanX, varianceX, meanH, varianceH }: TypicalLengths,
) {
  const ofBatch = (means: Float64Array, variances: Float64Array, distances: Float64Array) =>
    means.map((typical, l) => {
      const own = (1 - 1 / batch) * unshared(distances[l]!)
      return typical + (own * variances[l]!) / 2
    })
  return {
    signalDrift: ofBatch(meanX, varianceX, distanceX),
    preactivationDrift: ofBatch(meanH, varianceH, distanceH),
    signalVariance: null,
  }
}

/**
 * Without normalization and bias a homogeneous activation has no restoring force: every layer multiplies the
 * mean square of the batch by a random factor of mean 1, whose logarithm has mean -variance / 2.
 *
 *   n variance = (1 / m) v(0) + (1 - 1 / m) v(e) for batches of m whose pairs are e apart
 *   v(e) = Cov(f1^2, f2^2) / E[f^2]^2, less 2 (1 - e)^2 for orthogonal W, which keeps lengths
 *
 * For one sample and ReLU this is 5 L / n (3 L / n for orthogonal W), with mean -5 L / (2 n).
 *
 * Accuracy: to first order in 1 / width, of one sample without mixing exact (tests/theory/finiteWidth).
 * Source: Hanin 2018, arXiv:1801.03744, theorem 3, for one sample; pairs and mixing derived here.
 */
function freeWalk(network: Network, forward: ForwardTrajectory, { meanX }: TypicalLengths) {
  const { lnX, lnY } = forward
  const walk = new Noise(network, forward).signal()
  const isMixed = mixings[network.config.mix].filter !== 'absent'
  let leftOut = 0
  const known = meanX.map((mean, l) => {
    if (isMixed && l > 0)
      leftOut += network.beta ** 2 * Math.exp(lnY[l]! - lnX[l]!) * leftOutBy(network.width, 0)
    return !Number.isNaN(mean) && isWithinBand(leftOut, walk.signalVariance[l]!) ? 1 : NaN
  })
  const whileAlive = (row: Float64Array) => row.map((v, l) => v * known[l]!)
  return {
    ...walk,
    signalDrift: whileAlive(walk.signalDrift),
    preactivationDrift: whileAlive(walk.preactivationDrift),
  }
}

/** Distances this near to each other, relative, make the same noise. */
const SAME = 1e-3

class Noise {
  private last = { e: NaN, noise: 0 }
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly slopes: Slopes
  private readonly isRotation: boolean

  constructor(network: Network, forward: ForwardTrajectory) {
    const { init } = network.config
    this.network = network
    this.forward = forward
    this.slopes = slopesOf(network.config)
    this.isRotation = init === 'orthogonal'
  }

  /** v(e) averaged over all pairs of samples, each with itself included. */
  private averaged(v: (e: number) => number, e: number): number {
    const m = this.network.batch
    return v(0) / m + (1 - 1 / m) * v(Number.isNaN(e) ? 1 : e)
  }

  /** Noise a layer adds to a batch as a whole, times the width; once for as long as distances stay as they are. */
  private signalNoise(layer: number): number {
    const e = this.forward.distanceH[layer]!
    if (Math.abs(e - this.last.e) <= SAME * e) return this.last.noise
    this.last = { e, noise: this.noiseAt(layer) }
    return this.last.noise
  }

  private noiseAt(layer: number): number {
    const { distanceH, distanceOperand } = this.forward
    const square = (e: number) => squareCovariance(this.slopes, e)
    const cosine = (e: number) => 2 * (1 - e) ** 2
    const e = distanceH[layer]!
    const isLast = this.network.config.order === 'norm_act_linear'
    if (!isLast) return this.averaged((d) => square(d) - (this.isRotation ? cosine(d) : 0), e)
    const byWeights = this.isRotation ? 0 : this.averaged(cosine, distanceOperand[layer]!)
    return this.averaged((d) => square(d) - cosine(d), e) + byWeights
  }

  signal() {
    const { depth, width, config } = this.network
    const isMixed = mixings[config.mix].filter !== 'absent'
    const signalVariance = new Float64Array(depth + 1)
    for (let start = 0; start < depth; start += config.branch) {
      const end = start + config.branch
      let inner = 0
      for (let layer = start + 1; layer <= end; layer++) {
        inner += this.signalNoise(layer)
        signalVariance[layer] = signalVariance[start]! + inner / width
      }
      if (isMixed)
        signalVariance[end] = signalVariance[start]! + this.mixedNoise(inner, start, end) / width
    }
    const beyond = isMixed ? 0 : beyondFirstOrder(this.slopes, width, this.isRotation)
    const signalDrift = signalVariance.map((v, l) => l * beyond - v / 2)
    // H is as large as X below, up to weights.
    const preactivationDrift = signalDrift.map((_, l) => signalDrift[l - 1] ?? 0)
    return { signalVariance, signalDrift, preactivationDrift }
  }

  /** The branch's noise in proportion to its share, and that of the overlap between skip and branch. */
  private mixedNoise(inner: number, start: number, end: number): number {
    const { lnX, lnY, meanY, distanceX } = this.forward
    const { alpha, beta } = this.network
    const skip = alpha ** 2 * Math.exp(lnX[start]! - lnX[end]!)
    const branch = beta ** 2 * Math.exp(lnY[end]! - lnX[end]!)
    const overlap = this.averaged(
      (e) => 4 * skip * branch * (1 - e) * (1 - e - meanY[end]! ** 2),
      distanceX[start]!,
    )
    // The product of the two means is as much the one's as the other's.
    return ((1 + branch - skip) / 2) ** 2 * inner + overlap
  }
}
