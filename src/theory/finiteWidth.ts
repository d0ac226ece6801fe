import { activations } from '../model/activations.ts'
import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'
import { angleOf } from './momentLaw.ts'

/** Slopes of a homogeneous activation on either side of zero. */
export interface Slopes {
  readonly left: number
  readonly right: number
}

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

/** Cov(f'(u1)^2, f'(u2)^2) / E[f'^2]^2 */
export function slopeCovariance({ left, right }: Slopes, e: number): number {
  const t = angleOf(e)
  const same = (left ** 4 + right ** 4) * (Math.PI - t)
  const opposite = 2 * (left * right) ** 2 * t
  return (same + opposite) / (2 * Math.PI) / ((left ** 2 + right ** 2) / 2) ** 2 - 1
}

/** What a finite width does to the logarithms of mean squares, an entry a layer 0 ... L. */
export interface FiniteWidth {
  /** Shift of the typical ln of the mean square, and its variance over networks. */
  readonly signalDrift: Float64Array
  readonly signalVariance: Float64Array
  /** Of the random part of the gradient: its overlap with the signal is followed in `coherentBackward`. */
  readonly gradientDrift: Float64Array
  readonly gradientVariance: Float64Array
}

/**
 * Without normalization and bias a homogeneous activation has no restoring force: every layer multiplies the
 * mean square of the batch by a random factor of mean 1, whose logarithm has mean -variance / 2.
 *
 *   n variance = (1 / m) v(0) + (1 - 1 / m) v(e) for batches of m whose pairs are e apart
 *   v(e) = Cov(f1^2, f2^2) / E[f^2]^2, less 2 (1 - e)^2 for orthogonal W, which keeps lengths
 *   backward: v(0) = 3 Var(f'^2) / E[f'^2]^2 + 2 (0 for orthogonal W), v(e) = Cov(f1'^2, f2'^2) / E[f'^2]^2
 *
 * For one sample and ReLU this is 5 L / n (3 L / n for orthogonal W), with mean -5 L / (2 n).
 *
 * @returns null where the network has a restoring force
 * Accuracy: to first order in depth / width (tests/theory/finiteWidth).
 * Source: Hanin 2018, arXiv:1801.03744, theorem 3, for one sample; pairs and mixing derived here.
 */
export function finiteWidth(network: Network, forward: ForwardTrajectory): FiniteWidth | null {
  return isScaleFree(network) ? new Noise(network, forward).run() : null
}

function isScaleFree({ config, b }: Network): boolean {
  const { homogeneous } = activations[config.act]
  const isFresh = config.tied === 0 && config.init !== 'looks_linear'
  return homogeneous && isFresh && config.norm === 'none' && b === 0 && config.sb === 0
}

class Noise {
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly slopes: Slopes
  private readonly isRotation: boolean

  constructor(network: Network, forward: ForwardTrajectory) {
    const { act, slope, init } = network.config
    const { dphi } = activations[act]
    this.network = network
    this.forward = forward
    this.slopes = { left: dphi(-1, slope), right: dphi(1, slope) }
    this.isRotation = init === 'orthogonal'
  }

  run(): FiniteWidth {
    return { ...this.signal(), ...this.gradient() }
  }

  /** v(e) averaged over all pairs of samples, each with itself included. */
  private averaged(v: (e: number) => number, e: number): number {
    const m = this.network.batch
    return v(0) / m + (1 - 1 / m) * v(Number.isNaN(e) ? 1 : e)
  }

  /** Noise a layer adds to a batch as a whole, times the width. */
  private signalNoise(layer: number): number {
    const { distanceH, distanceOperand } = this.forward
    const square = (e: number) => squareCovariance(this.slopes, e)
    const cosine = (e: number) => 2 * (1 - e) ** 2
    const e = distanceH[layer]!
    const isLast = this.network.config.order === 'norm_act_linear'
    if (!isLast) return this.averaged((d) => square(d) - (this.isRotation ? cosine(d) : 0), e)
    const byWeights = this.isRotation ? 0 : this.averaged(cosine, distanceOperand[layer]!)
    return this.averaged((d) => square(d) - cosine(d), e) + byWeights
  }

  private signal() {
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
    return { signalVariance, signalDrift: signalVariance.map((v) => -v / 2) }
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

  private gradient() {
    const { depth, width, batch, beta, config } = this.network
    const isMixed = mixings[config.mix].filter !== 'absent'
    const gradientVariance = new Float64Array(depth + 1)
    for (let end = depth; end > 0; end -= config.branch) {
      const start = end - config.branch
      let [inner, lnBranch] = [0, isMixed ? 2 * Math.log(beta) : 0]
      for (let layer = end; layer > start; layer--) {
        inner += this.gradientNoise(layer)
        lnBranch += this.forward.lnSlope[layer]! + 2 * Math.log(config.sw)
        gradientVariance[layer - 1] = gradientVariance[end]! + inner / width
      }
      if (!isMixed) continue
      const branch = 1 / (1 + this.network.alpha ** 2 * Math.exp(-lnBranch))
      const noise = branch * branch * inner + (4 * branch * (1 - branch)) / batch
      gradientVariance[start] = gradientVariance[end]! + noise / width
    }
    return { gradientVariance, gradientDrift: gradientVariance.map((v) => -v / 2) }
  }

  private gradientNoise(layer: number): number {
    const m = this.network.batch
    const own = 3 * slopeCovariance(this.slopes, 0) + (this.isRotation ? 0 : 2)
    const e = this.forward.distanceH[layer]!
    return own / m + (1 - 1 / m) * slopeCovariance(this.slopes, Number.isNaN(e) ? 1 : e)
  }
}
