import { rescaled, type Scaled, timesPowerOfTwo, ZERO_EXPONENT } from '../base/scaled.ts'
import { normalizations } from '../model/normalizations.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import type { ColumnStatistics, FloatArray, LayerWeights } from './backend.ts'
import { planLayer } from './draw.ts'
import { onOneScale, type WideNumbers, wideSlopes } from './reference/activate.ts'
import { branchForward, mixForward, type Weights } from './reference/layer.ts'
import { normalize } from './reference/normalize.ts'

/**
 * Sample 0 followed in float64 beside an engine, layer by layer, for its Jacobian d x_l / d x_0.
 *
 * Without batch statistics the sample is carried in float64 throughout, on the engine's own weights: the
 * directions that a row normalization or a homogeneous activation kills are then exactly dead (a
 * float32 row would leave them at 1e-7). With batch normalization the statistics are held fixed and
 * the sample is taken from the engine's batch at every layer.
 */
export class SampleTracker {
  private readonly network: Network
  private x: Scaled
  private blockInput: Scaled

  constructor(network: Network, x0: Scaled<FloatArray>) {
    this.network = network
    this.x = firstRow(x0, network.width)
    this.blockInput = this.x
  }

  /** Puts the sample where the engine has it (batch normalization only). */
  follow(x: Scaled<FloatArray>): void {
    this.x = firstRow(x, this.network.width)
  }

  /** Moves to `layer` and gives its branch Jacobian d y_l / d x_{l-1}, before mixing. */
  step(layer: number, drawn: LayerWeights, columns: ColumnStatistics | undefined): LayerJacobian {
    const network = { ...this.network, batch: 1 }
    const weights = toWeights(drawn, planLayer(network, layer).filter)
    const { y, inner, exponent } = columns
      ? frozenStep(this.x, weights, { network, layer, columns })
      : ownStep(this.x, weights, network, layer)
    this.x = mixForward(this.blockInput, y, weights.s, network)
    if (isBlockEnd(network, layer)) this.blockInput = this.x
    return new LayerJacobian(network, weights, inner, exponent)
  }
}

/** d y_l / d x_{l-1} in float64, and the filter that is mixed in after it. */
export class LayerJacobian {
  readonly s: Weights['s']
  private readonly network: Network
  private readonly w: Float64Array
  private readonly inner: Inner
  private readonly exponent: number

  constructor(network: Network, { w, s }: Weights, inner: Inner, exponent: number) {
    this.network = network
    this.w = w
    this.s = s
    this.inner = inner
    this.exponent = exponent
  }

  /** D P W in the default order, W D P in the pre-activation order; P = I - sum d d^T. */
  whole(): Scaled {
    const { values, exponent } = onOneScale(this.inner.slopes)
    const { dead } = this.inner
    const matrix = sandwich(this.w, { slopes: values, dead }, this.network)
    return { values: matrix, exponent: this.exponent + exponent }
  }

  /**
   * The same as factors, the first to act first, each with rows of one size or graded row by row: a
   * stabilized product keeps all digits of such factors even where units saturate.
   */
  factors(): readonly Scaled[] {
    const { config, width: n } = this.network
    const { dead } = this.inner
    if (dead.length >= n) return [{ values: new Float64Array(n * n), exponent: 0 }]
    const { parts, exponent } = diagonalParts(this.inner.slopes)
    const [first, ...rest] = parts as [Float64Array, ...Float64Array[]]
    const scaled = { exponent: this.exponent + exponent }
    const more = rest.map((part) => ({ values: diagonal(part), exponent: 0 }))
    if (config.order === 'linear_norm_act')
      return [{ values: scaleRows(projectColumns(this.w, dead, n), first, n), ...scaled }, ...more]
    const inner = { values: projectRows(diagonal(first), dead, n), ...scaled }
    return [inner, ...more, { values: this.w, exponent: 0 }]
  }
}

/** A diagonal matrix of a wider range than this (in bits) is taken apart, so that its squares are floats too. */
const PART_BITS = 400
/** Units further than this many parts below the steepest, 1e-3800 in a single layer, count as flat. */
const MAX_PARTS = 32

/** diag(d) = 2^exponent diag(part 1) diag(part 2) ...: equal roots of its entries, the signs in the first. */
function diagonalParts({ values, exponents }: WideNumbers): {
  readonly parts: readonly Float64Array[]
  readonly exponent: number
} {
  const log2 = values.map((v, i) => Math.log2(Math.abs(v)) + exponents[i]!)
  const top = log2.reduce((max, v) => Math.max(max, v), -Infinity)
  if (top === -Infinity) return { parts: [values], exponent: 0 }
  const exponent = Math.floor(top)
  const kept = log2.map((v) => (top - v <= PART_BITS * MAX_PARTS ? v - exponent : -Infinity))
  const deepest = kept.reduce((min, v) => (v > -Infinity ? Math.min(min, v) : min), 0)
  const count = Math.max(1, Math.ceil(-deepest / PART_BITS))
  if (count === 1) {
    const only = values.map((v, i) => timesPowerOfTwo(v, exponents[i]! - exponent))
    return { parts: [only], exponent }
  }
  const root = kept.map((v) => 2 ** (v / count))
  const signed = root.map((v, i) => v * Math.sign(values[i]!))
  return { parts: [signed, ...new Array<Float64Array>(count - 1).fill(root)], exponent }
}

function diagonal(entries: Float64Array): Float64Array {
  const n = entries.length
  const out = new Float64Array(n * n)
  entries.forEach((v, i) => (out[i * n + i] = v))
  return out
}

interface BranchStep {
  readonly y: Scaled
  readonly inner: Inner
  readonly exponent: number
}

function firstRow({ values, exponent }: Scaled<FloatArray>, n: number): Scaled {
  return rescaled({ values: Float64Array.from(values.subarray(0, n)), exponent })
}

function toWeights(
  { w, b, s }: LayerWeights,
  filter: 'absent' | 'identity' | 'orthogonal',
): Weights {
  const float64 = (a: FloatArray) => (a instanceof Float64Array ? a : Float64Array.from(a))
  const matrix = s === undefined ? undefined : float64(s)
  return { w: float64(w), b: float64(b), s: filter === 'identity' ? 'identity' : matrix }
}

/** No batch statistics: Z follows from the sample alone. */
function ownStep(x: Scaled, weights: Weights, network: Network, layer: number): BranchStep {
  const { h, norm, y } = branchForward(x, weights, network, layer)
  const slopes = wideSlopes(norm.z, network, layer)
  const projection = normalizations[network.config.norm].axis === 'feature'
  const inner: Inner = {
    slopes: projection ? timesEach(slopes, () => norm.inverse[0]!) : slopes,
    dead: projection ? deadDirections(norm.z.values, network) : [],
  }
  return { y, inner, exponent: projection ? reciprocal(h.exponent) : 0 }
}

/** Exponent of 1 / sigma. Of zeros nothing passes, at no scale: theirs must not outweigh another summand's. */
function reciprocal(exponent: number): number {
  return exponent === ZERO_EXPONENT ? 0 : -exponent
}

interface Frozen {
  readonly network: Network
  readonly layer: number
  readonly columns: ColumnStatistics
}

/** Batch statistics held fixed: the normalization is a diagonal matrix. */
function frozenStep(x: Scaled, weights: Weights, { network, layer, columns }: Frozen): BranchStep {
  const { mean, inverse, exponent } = columns
  const unnormalized = { ...network, config: { ...network.config, norm: 'none' as const } }
  const preactivationFirst = network.config.order === 'norm_act_linear'
  const h = preactivationFirst ? x : branchForward(x, weights, unnormalized, layer).h
  const shift = 2 ** (h.exponent - exponent)
  const z: Scaled = {
    values: h.values.map((v, j) => (v * shift - mean[j]!) * inverse[j]!),
    exponent: 0,
  }
  const slopes = timesEach(wideSlopes(z, network, layer), (j) => inverse[j]!)
  return { y: x, inner: { slopes, dead: [] }, exponent: reciprocal(exponent) }
}

function timesEach({ values, exponents }: WideNumbers, factor: (i: number) => number): WideNumbers {
  return { values: values.map((v, i) => v * factor(i)), exponents }
}

/** The part of a layer between its matrix and its output: diag(slopes) (I - sum d d^T). */
interface Inner {
  readonly slopes: WideNumbers
  /** Orthonormal directions that the normalization removes. */
  readonly dead: readonly Float64Array[]
}

/** Orthonormal directions that a row normalization cannot see: z, and the constant where it centres. */
function deadDirections(z: Float64Array, { config }: Network): readonly Float64Array[] {
  const n = z.length
  const constant = new Float64Array(n).fill(1 / Math.sqrt(n))
  const centred = normalizations[config.norm].centred
  const unit = normalize({ values: z, exponent: 0 }, n, config.norm).z.values
  const direction = unit.map((v) => v / Math.sqrt(n))
  return centred ? [constant, direction] : [direction]
}

interface PlainInner {
  readonly slopes: Float64Array
  readonly dead: readonly Float64Array[]
}

function sandwich(w: Float64Array, { slopes, dead }: PlainInner, { config, width: n }: Network) {
  // Two units whose layer norm is +-1 whatever they are: nothing passes, not even rounding noise.
  if (dead.length >= n) return new Float64Array(n * n)
  return config.order === 'linear_norm_act'
    ? scaleRows(projectColumns(w, dead, n), slopes, n)
    : projectRows(scaleColumns(w, slopes, n), dead, n)
}

function scaleRows(w: Float64Array, d: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let at = i * n; at < i * n + n; at++) out[at] = w[at]! * d[i]!
  return out
}

function scaleColumns(w: Float64Array, d: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j] = w[i * n + j]! * d[j]!
  return out
}

/** (I - d d^T) W for each direction d. */
function projectColumns(w: Float64Array, dead: readonly Float64Array[], n: number): Float64Array {
  if (dead.length === 0) return w
  const out = w.slice()
  for (const d of dead) {
    const image = new Float64Array(n)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) image[j]! += d[i]! * out[i * n + j]!
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j]! -= d[i]! * image[j]!
  }
  return out
}

/** W (I - d d^T) for each direction d. */
function projectRows(w: Float64Array, dead: readonly Float64Array[], n: number): Float64Array {
  if (dead.length === 0) return w
  const out = w.slice()
  for (const d of dead) {
    for (let i = 0; i < n; i++) {
      let image = 0
      for (let j = 0; j < n; j++) image += out[i * n + j]! * d[j]!
      for (let j = 0; j < n; j++) out[i * n + j]! -= image * d[j]!
    }
  }
  return out
}
