import { mixings } from '../model/mixings.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { type BatchLaw, batchLaw } from './batchLaw.ts'
import type { MomentsAt } from './momentLaw.ts'
import { momentLaw } from './moments.ts'
import { nonlinearityAt } from './nonlinearity.ts'
import type { PairClass } from './pairClasses.ts'
import {
  type LinearLaw,
  mixed,
  normalized,
  type Signal,
  throughActivation,
  throughWeights,
} from './signal.ts'

/** What the way down and the charts need of every layer, an entry a layer 0 ... L. ln are of mean squares. */
export interface ForwardTrajectory {
  readonly lnX: Float64Array
  readonly lnH: Float64Array
  /** What W multiplies: X of the layer below, or phi(Z). */
  readonly lnOperand: Float64Array
  /** Mean distance 1 - c over the pairs of samples. */
  readonly distanceX: Float64Array
  readonly distanceH: Float64Array
  readonly distanceZ: Float64Array
  readonly distanceOperand: Float64Array
  /** ln E[f'(Z)^2], and E[f'(z) f'(z_mirrored)] in units of it. */
  readonly lnSlope: Float64Array
  readonly mirroredSlope: Float64Array
  /** Means over the units in units of the rms, of X and of Y (what f returns), and ln of the mean square of Y. */
  readonly meanX: Float64Array
  readonly meanY: Float64Array
  readonly lnY: Float64Array
  /** Derivatives by ln of the variance of Z: of ln E[f^2], and of E[f] in units of sqrt(E[f^2]). */
  readonly squareRate: Float64Array
  readonly meanRate: Float64Array
  /** E[f'^2 f] and E[f'^2 f^2], in units of E[f'^2] times the rms and the mean square of f. */
  readonly slopeMean: Float64Array
  readonly slopeSquare: Float64Array
  /** The law of batch normalization, layer by layer; empty without. */
  readonly batchLaws: readonly BatchLaw[]
}

const columns = [
  'lnX',
  'lnH',
  'lnOperand',
  'distanceX',
  'distanceH',
  'distanceZ',
  'distanceOperand',
  'lnSlope',
  'mirroredSlope',
  'meanX',
  'meanY',
  'lnY',
  'squareRate',
  'meanRate',
  'slopeMean',
  'slopeSquare',
] as const
type Column = (typeof columns)[number]

/** How W and b act on statistics. */
export function linearLaw({ config }: Network): LinearLaw {
  return {
    lnWeight: 2 * Math.log(config.sw),
    lnBias: 2 * Math.log(config.sb),
    isMirrored: config.init === 'looks_linear',
  }
}

/** Statistics of the input: independent units of mean zero. */
function inputSignal(lnX0: number, classes: readonly PairClass[], isMirrored: boolean): Signal {
  const distances = Float64Array.of(0, ...classes.map(({ distance }) => distance))
  const mirrored = new Float64Array(isMirrored ? distances.length : 0).fill(1)
  return { ln: lnX0, mean: 0, distances, mirrored }
}

interface BranchStep {
  readonly h: Signal
  readonly z: Signal
  readonly operand: Signal
  readonly y: Signal
  readonly moments?: MomentsAt
  readonly batch?: BatchLaw
}

/**
 * The statistics of all layers of a wide network, from those of its input.
 *
 * @param lnX0     ln of the mean square of the input
 * @param classes  pairs of samples by distance; empty where they are unknown, as all distances then are
 */
export function forwardTrajectory(
  network: Network,
  lnX0: number,
  classes: readonly PairClass[],
): ForwardTrajectory {
  return new Forward(network, classes).run(lnX0)
}

class Forward {
  private readonly network: Network
  private readonly classes: readonly PairClass[]
  private readonly weights: LinearLaw
  private readonly out: Readonly<Record<Column, Float64Array>>
  private readonly batchLaws: BatchLaw[] = []
  private cached: { readonly gain: number; readonly law: BatchLaw } | undefined

  constructor(network: Network, classes: readonly PairClass[]) {
    this.network = network
    this.classes = classes
    this.weights = linearLaw(network)
    const entries = columns.map((id) => [id, new Float64Array(network.depth + 1).fill(NaN)])
    this.out = Object.fromEntries(entries) as Record<Column, Float64Array>
  }

  run(lnX0: number): ForwardTrajectory {
    const { network, out } = this
    const { branch, gain_decay: decay } = network.config
    let x = inputSignal(lnX0, this.classes, this.weights.isMirrored)
    let blockInput = x
    out.lnX[0] = x.ln
    out.meanX[0] = x.mean
    out.distanceX[0] = this.meanDistance(x)
    for (let layer = 1; layer <= network.depth; layer++) {
      const step = this.branch(x, layer)
      const isEnd = isBlockEnd(network, layer)
      x = isEnd ? mixed(blockInput, step.y, this.mixing) : step.y
      this.record(layer, step, x)
      if (!isEnd) continue
      if (decay === 0 && isSame(x, blockInput)) this.repeat(layer, branch)
      if (decay === 0 && isSame(x, blockInput)) break
      blockInput = x
    }
    return { ...out, batchLaws: this.batchLaws }
  }

  private get mixing() {
    const { alpha, beta, config } = this.network
    return { alpha, beta, filter: mixings[config.mix].filter }
  }

  private branch(x: Signal, layer: number): BranchStep {
    if (this.network.config.order === 'linear_norm_act') {
      const h = throughWeights(x, this.weights)
      const inner = this.normalizeAndActivate(h, layer)
      return { ...inner, h, operand: x }
    }
    const inner = this.normalizeAndActivate(x, layer)
    return { ...inner, h: x, operand: inner.y, y: throughWeights(inner.y, this.weights) }
  }

  private normalizeAndActivate(h: Signal, layer: number): Omit<BranchStep, 'h' | 'operand'> {
    const { axis, centred } = normalizations[this.network.config.norm]
    if (axis === 'batch') return this.throughBatchNorm(h, layer, centred)
    const z = axis === 'feature' ? normalized(h) : h
    const moments = momentLaw(nonlinearityAt(this.network, layer))(z.ln)
    return { z, moments, y: throughActivation(z, moments) }
  }

  private throughBatchNorm(h: Signal, layer: number, centred: boolean) {
    const { batch } = this.network
    const law = this.batchLaw(layer, centred)
    const between = centred ? batch / (batch - 1) : 1
    const z = { ...h, ln: 0, mean: 0, distances: Float64Array.of(0, between) }
    const y = {
      ln: Math.log(law.square),
      mean: law.mean / Math.sqrt(law.square),
      distances: Float64Array.of(0, 1 - law.product / law.square),
      mirrored: h.mirrored,
    }
    return { z, y, batch: law }
  }

  private batchLaw(layer: number, centred: boolean): BatchLaw {
    const f = nonlinearityAt(this.network, layer)
    if (this.cached?.gain === f.gain) return this.cached.law
    const law = batchLaw(f, { batch: this.network.batch, centred })
    this.cached = { gain: f.gain, law }
    return law
  }

  private meanDistance({ distances }: Signal): number {
    if (this.classes.length === 0) return NaN
    return this.classes.reduce((sum, { weight }, k) => sum + weight * distances[k + 1]!, 0)
  }

  private record(layer: number, step: BranchStep, x: Signal): void {
    const { out } = this
    out.lnX[layer] = x.ln
    out.lnH[layer] = step.h.ln
    out.lnOperand[layer] = step.operand.ln
    out.distanceX[layer] = this.meanDistance(x)
    out.distanceH[layer] = this.meanDistance(step.h)
    out.distanceZ[layer] = this.meanDistance(step.z)
    out.distanceOperand[layer] = this.meanDistance(step.operand)
    out.meanX[layer] = x.mean
    out.meanY[layer] = step.y.mean
    out.lnY[layer] = step.y.ln
    if (step.batch) this.batchLaws[layer] = step.batch
    if (step.moments) this.recordMoments(layer, step.moments, step.z)
  }

  private recordMoments(layer: number, moments: MomentsAt, z: Signal): void {
    const { out } = this
    const { rates, slopeCorrelation } = moments
    out.lnSlope[layer] = moments.lnSlope
    out.slopeMean[layer] = moments.slopeMean
    out.slopeSquare[layer] = moments.slopeSquare
    out.squareRate[layer] = rates.lnSquare
    out.meanRate[layer] = rates.mean
    const mirrored = z.mirrored[0]
    out.mirroredSlope[layer] = mirrored === undefined ? 0 : slopeCorrelation(mirrored)
  }

  /** From a layer whose block changed nothing on, every block is like the last. */
  private repeat(layer: number, branch: number): void {
    for (let l = layer + 1; l <= this.network.depth; l++) {
      for (const id of columns) this.out[id][l] = this.out[id][l - branch]!
      if (this.batchLaws.length > 0) this.batchLaws[l] = this.batchLaws[l - branch]!
    }
  }
}

const STILL = 1e-14

function isSame(a: Signal, b: Signal): boolean {
  const isClose = (x: number, y: number) => x === y || Math.abs(x - y) <= STILL * Math.abs(y)
  return (
    (a.ln === b.ln || Math.abs(a.ln - b.ln) <= STILL) &&
    Math.abs(a.mean - b.mean) <= STILL &&
    a.distances.every((e, k) => isClose(e, b.distances[k]!)) &&
    a.mirrored.every((e, k) => isClose(e, b.mirrored[k]!))
  )
}
