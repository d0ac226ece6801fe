import { mixings } from '../model/mixings.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { type BatchLaw, batchLaw } from './batchLaw.ts'
import { followBlocks, type Note } from './followBlocks.ts'
import type { MomentsAt } from './momentLaw.ts'
import { momentLaw } from './moments.ts'
import { nonlinearityAt } from './nonlinearity.ts'
import type { PairClass } from './pairClasses.ts'
import {
  type LinearLaw,
  mixed,
  type MixingLaw,
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
  /** What batch normalization passes of a gradient (BatchLaw); NaN without. */
  readonly batchAlone: Float64Array
  readonly batchTogether: Float64Array
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
  'batchAlone',
  'batchTogether',
] as const
type Column = (typeof columns)[number]
/** All are noted of the layer that is passed. */
const rows = Object.fromEntries(columns.map((id) => [id, 1])) as Readonly<Record<Column, number>>
/** Columns followed as logarithms: they shrink by orders of magnitude and count by ratios. */
const lnColumns: readonly Column[] = ['distanceX', 'distanceH', 'distanceZ', 'distanceOperand']

/** What a leap may add to ln of a mean square, to a mean or to ln of a distance; and to what is told of a landing. */
const PER_LEAP = 1e-11
const PER_LANDING = 1e-8

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
 * Blocks are leapt over where the statistics change smoothly (math/leaps): a few hundred blocks are worked out, of
 * fifty thousand as of five hundred.
 *
 * @param lnX0     ln of the mean square of the input
 * @param classes  pairs of samples by distance; empty where they are unknown, as all distances then are
 * @param longest  most blocks in a leap
 * Accuracy: 1e-7 of the statistics block by block (tests/theory/leaps).
 */
export function forwardTrajectory(
  network: Network,
  lnX0: number,
  classes: readonly PairClass[],
  longest = Infinity,
): ForwardTrajectory {
  const input = inputSignal(lnX0, classes, linearLaw(network).isMirrored)
  const blocks = new Blocks(network, classes)
  const walk = {
    rows,
    stride: 1,
    start: stateOf(input),
    through: blocks.through,
    tolerance: PER_LEAP,
    columnTolerance: PER_LANDING,
  } as const
  const out = followBlocks(network, walk, longest)
  for (const id of lnColumns) exponentiate(out[id])
  out.lnX[0] = input.ln
  out.meanX[0] = input.mean
  out.distanceX[0] = blocks.meanDistance(input)
  return out
}

function exponentiate(row: Float64Array): void {
  for (let l = 0; l < row.length; l++) row[l] = Math.exp(row[l]!)
}

/** Rounding may leave a distance of zero a little below. */
const lnOf = (distance: number) => Math.log(Math.max(0, distance))

/** A signal as the state of a recurrence: distances as logarithms, so that ratios count. */
const stateOf = ({ ln, mean, distances, mirrored }: Signal) =>
  Float64Array.of(ln, mean, ...distances.map(lnOf), ...mirrored.map(lnOf))

/** What a block makes of a signal. */
class Blocks {
  private readonly network: Network
  private readonly classes: readonly PairClass[]
  private readonly weights: LinearLaw
  private readonly mixing: MixingLaw
  private cached: { readonly gain: number; readonly law: BatchLaw } | undefined

  constructor(network: Network, classes: readonly PairClass[]) {
    const { alpha, beta, config } = network
    this.network = network
    this.classes = classes
    this.weights = linearLaw(network)
    this.mixing = { alpha, beta, filter: mixings[config.mix].filter }
  }

  readonly through = (start: number, state: Float64Array, note: Note<Column>): Float64Array => {
    const end = start + this.network.config.branch
    const blockInput = this.signalOf(state)
    let x = blockInput
    for (let layer = start + 1; layer <= end; layer++) {
      const passed = this.throughBranch(x, layer)
      x = layer === end ? mixed(blockInput, passed.y, this.mixing) : passed.y
      for (const [id, value] of Object.entries(this.columnsOf(passed, x)))
        note(id as Column, layer, value)
    }
    return stateOf(x)
  }

  private signalOf(state: Float64Array): Signal {
    const end = 3 + this.classes.length
    return {
      ln: state[0]!,
      mean: state[1]!,
      distances: state.subarray(2, end).map(Math.exp),
      mirrored: state.subarray(end).map(Math.exp),
    }
  }

  private throughBranch(x: Signal, layer: number): BranchStep {
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

  meanDistance({ distances }: Signal): number {
    if (this.classes.length === 0) return NaN
    return this.classes.reduce((sum, { weight }, k) => sum + weight * distances[k + 1]!, 0)
  }

  private columnsOf(step: BranchStep, x: Signal): Partial<Record<Column, number>> {
    const { h, z, operand, y, moments, batch } = step
    return {
      lnX: x.ln,
      lnH: h.ln,
      lnOperand: operand.ln,
      distanceX: Math.log(this.meanDistance(x)),
      distanceH: Math.log(this.meanDistance(h)),
      distanceZ: Math.log(this.meanDistance(z)),
      distanceOperand: Math.log(this.meanDistance(operand)),
      meanX: x.mean,
      meanY: y.mean,
      lnY: y.ln,
      ...(moments && momentColumns(moments, z)),
      ...(batch && { batchAlone: batch.alone, batchTogether: batch.together }),
    }
  }
}

function momentColumns(moments: MomentsAt, z: Signal) {
  const { lnSlope, slopeMean, slopeSquare, rates, slopeCorrelation } = moments
  const mirrored = z.mirrored[0]
  const mirroredSlope = mirrored === undefined ? 0 : slopeCorrelation(mirrored)
  const [squareRate, meanRate] = [rates.lnSquare, rates.mean]
  return { lnSlope, slopeMean, slopeSquare, squareRate, meanRate, mirroredSlope }
}
