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
  /** Variance of ln of the mean square of H among the samples of a batch. */
  readonly sampleVariance: Float64Array
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

/** Noise a layer adds, times the width: to a batch as a whole, and to the differences among its samples. */
interface LayerNoise {
  readonly batch: number
  readonly samples: number
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

  /** v(e) averaged over all pairs of samples, each with itself included, and over each with itself alone. */
  private averaged(v: (e: number) => number, e: number): LayerNoise {
    const m = this.network.batch
    const distance = Number.isNaN(e) ? 1 : e
    const [own, pair] = [v(0), v(distance)]
    return { batch: own / m + (1 - 1 / m) * pair, samples: own - pair }
  }

  private signalNoise(layer: number): LayerNoise {
    const { distanceH, distanceOperand } = this.forward
    const isLast = this.network.config.order === 'norm_act_linear'
    const square = (e: number) => squareCovariance(this.slopes, e)
    const cosine = (e: number) => 2 * (1 - e) ** 2
    const e = distanceH[layer]!
    if (!isLast) return this.averaged((d) => square(d) - (this.isRotation ? cosine(d) : 0), e)
    const bent = this.averaged((d) => square(d) - cosine(d), e)
    if (this.isRotation) return bent
    const rotated = this.averaged(cosine, distanceOperand[layer]!)
    return { batch: bent.batch + rotated.batch, samples: bent.samples + rotated.samples }
  }

  private signal() {
    const { depth, width, config } = this.network
    const isMixed = mixings[config.mix].filter !== 'absent'
    const signalVariance = new Float64Array(depth + 1)
    const sampleVariance = new Float64Array(depth + 1)
    const cosines = this.averaged((e) => 2 * (1 - e) ** 2, this.forward.distanceX[0]!)
    const isDrawnFreely = config.data !== 'digits' && config.data !== 'circle'
    let ofSamples = isDrawnFreely ? cosines.samples / width : 0
    for (let start = 0; start < depth; start += config.branch) {
      const end = start + config.branch
      let inner: LayerNoise = { batch: 0, samples: 0 }
      for (let layer = start + 1; layer <= end; layer++) {
        sampleVariance[layer] = ofSamples + this.beforeActivation(layer, inner.samples)
        const added = this.signalNoise(layer)
        inner = { batch: inner.batch + added.batch, samples: inner.samples + added.samples }
        signalVariance[layer] = signalVariance[start]! + inner.batch / width
      }
      const noise = isMixed ? this.mixedNoise(inner, start, end) : inner
      signalVariance[end] = signalVariance[start]! + noise.batch / width
      ofSamples += noise.samples / width
    }
    return { signalVariance, sampleVariance, signalDrift: signalVariance.map((v) => -v / 2) }
  }

  /** What H has on top of X below: the noise inside the block so far, and that of a W which is no rotation. */
  private beforeActivation(layer: number, inner: number): number {
    const isFirst = this.network.config.order === 'linear_norm_act' && !this.isRotation
    const byWeights = isFirst
      ? this.averaged((e) => 2 * (1 - e) ** 2, this.forward.distanceOperand[layer]!).samples
      : 0
    return (inner + byWeights) / this.network.width
  }

  /** The branch's noise in proportion to its share, and that of the overlap between skip and branch. */
  private mixedNoise(inner: LayerNoise, start: number, end: number): LayerNoise {
    const { lnX, lnY, meanY, distanceX } = this.forward
    const { alpha, beta } = this.network
    const skip = alpha ** 2 * Math.exp(lnX[start]! - lnX[end]!)
    const branch = beta ** 2 * Math.exp(lnY[end]! - lnX[end]!)
    const overlap = this.averaged(
      (e) => 4 * skip * branch * (1 - e) * (1 - e - meanY[end]! ** 2),
      distanceX[start]!,
    )
    return {
      batch: branch * branch * inner.batch + overlap.batch,
      samples: branch * branch * inner.samples + overlap.samples,
    }
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
