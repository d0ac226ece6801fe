import type { NetworkConfig } from '../model/config.ts'
import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { columnDimensions } from './batchLaw.ts'
import { CoherentBackward } from './coherentBackward.ts'
import { type ForwardTrajectory, linearLaw } from './forwardTrajectory.ts'
import { type BackwardPass, followDown, type RecordGradient } from './downward.ts'
import { backThroughWeights, type BackwardTrajectory, type Gradient, joined } from './gradient.ts'
import { isRotatedBatch } from './scope.ts'
import type { MixingLaw } from './signal.ts'

/**
 * The statistics of the gradient, layer by layer down, for a cotangent of independent N(0, 1).
 *
 * @param longest  most blocks in a leap (math/leaps)
 */
export function backwardTrajectory(
  network: Network,
  forward: ForwardTrajectory,
  longest = Infinity,
): BackwardTrajectory {
  const pass = isCoherent(network.config)
    ? new CoherentBackward(network, forward)
    : new Backward(network, forward)
  return followDown(network, pass, longest)
}

/**
 * Is the gradient's overlap with the signal worth following? Normalization removes it, mirrored weights and
 * weights after the activation leave no mean for it to live on.
 */
function isCoherent({ norm, order, init }: NetworkConfig): boolean {
  return norm === 'none' && order === 'linear_norm_act' && init !== 'looks_linear'
}

const stateOf = ({ ln, together, mirrored }: Gradient) => Float64Array.of(ln, together, mirrored)

class Backward implements BackwardPass {
  readonly start = stateOf({ ln: 0, together: 0, mirrored: 0 })
  private readonly network: Network
  private readonly forward: ForwardTrajectory
  private readonly mixing: MixingLaw
  private record: RecordGradient = () => undefined

  constructor(network: Network, forward: ForwardTrajectory) {
    const { alpha, beta, config } = network
    this.network = network
    this.forward = forward
    this.mixing = { alpha, beta, filter: mixings[config.mix].filter }
  }

  throughBlock(end: number, state: Float64Array, record: RecordGradient): Float64Array {
    this.record = record
    const [ln, together, mirrored] = [state[0]!, state[1]!, state[2]!]
    const above: Gradient = { ln, together, mirrored }
    const start = end - this.network.config.branch
    const isMixed = this.mixing.filter !== 'absent'
    let gradient = isMixed ? { ...above, ln: ln + 2 * Math.log(this.mixing.beta) } : above
    for (let layer = end; layer > start; layer--) {
      const branch = this.throughBranch(gradient, layer)
      gradient = layer === start + 1 ? joined(above, branch, this.mixing) : branch
      record('lnGradient', layer - 1, gradient.ln)
    }
    return stateOf(gradient)
  }

  /** From d loss / d Y to d loss / d X of the layer below, in either order. */
  private throughBranch(dy: Gradient, layer: number): Gradient {
    const { lnWeight, isMirrored } = linearLaw(this.network)
    if (this.network.config.order === 'linear_norm_act') {
      const dh = this.throughActivation(dy, layer)
      this.recordWeightGradient(dh, layer)
      return backThroughWeights(dh, lnWeight, isMirrored)
    }
    this.recordWeightGradient(dy, layer)
    return this.throughActivation(backThroughWeights(dy, lnWeight, isMirrored), layer)
  }

  /** From d loss / d f(Z) to d loss / d H. */
  private throughActivation(g: Gradient, layer: number): Gradient {
    const { axis } = normalizations[this.network.config.norm]
    if (axis === 'batch') return this.throughBatchNorm(g, layer)
    const { lnSlope, lnH, mirroredSlope } = this.forward
    const isZero = lnSlope[layer] === -Infinity || lnH[layer] === -Infinity
    const scale = axis === 'feature' ? -lnH[layer]! : 0
    return {
      ...g,
      ln: isZero ? -Infinity : g.ln + lnSlope[layer]! + scale,
      mirrored: g.mirrored * mirroredSlope[layer]!,
    }
  }

  /** E[1 / sigma^2] = m / ((N - 2) Var h) for columns of N dimensions: the mean of an inverse chi-square. */
  private throughBatchNorm(g: Gradient, layer: number): Gradient {
    const { batch: m, config } = this.network
    const { centred } = normalizations[config.norm]
    const dimensions = columnDimensions({ batch: m, centred })
    const { lnH, distanceH, batchAlone, batchTogether } = this.forward
    const [alone, together] = [batchAlone[layer]!, batchTogether[layer]!]
    const lnVariance = lnH[layer]! + (centred ? Math.log(distanceH[layer]!) : 0)
    const lnInverse = Math.log(m / (dimensions - 2)) - lnVariance
    const passed = (1 - g.together) * alone + g.together * together
    return {
      ln: g.ln + lnInverse + Math.log(passed) + this.rotationTerm(dimensions),
      together: centred ? -1 / (m - 1) : 0,
      mirrored: 0,
    }
  }

  /**
   * Orthogonal weights keep the Gram matrix round, and the gradient in the span of N columns out of n stays
   * as it is: what batch norm adds to the squared gradient, 1 / (N - 2) a layer, shrinks by 1 - N / n.
   * Exact for N << n and for N = n; between, within .004 nats a layer (tests/theory/trajectory).
   */
  private rotationTerm(dimensions: number): number {
    if (!isRotatedBatch(this.network)) return 0
    const added = 1 / (dimensions - 2)
    return Math.log1p(added * (1 - dimensions / this.network.width)) - Math.log1p(added)
  }

  /** E|sum_a g_a x_a^T|^2 over the samples of the batch: only pairs whose gradients are correlated count besides a = b. */
  private recordWeightGradient(dLinear: Gradient, layer: number): void {
    const { batch: m, width: n } = this.network
    const { lnOperand, distanceOperand } = this.forward
    const pairs =
      dLinear.together === 0 ? 0 : (m - 1) * dLinear.together * (1 - distanceOperand[layer]!)
    const ln = dLinear.ln + lnOperand[layer]! + Math.log(m) + 2 * Math.log(n) + Math.log1p(pairs)
    this.record('lnWeightGradient', layer, ln)
  }
}
