import { combine, log10Norm, log10Rms, rescaled, type Scaled, times } from '../../base/scaled.ts'
import { fillNormals } from '../../math/random.ts'
import { inputs } from '../../model/inputs.ts'
import { roles } from '../../model/streams.ts'
import type {
  Backend,
  ForwardOptions,
  LayerRunner,
  LayerWeights,
  Opening,
  Span,
} from '../backend.ts'
import { drawBias, drawFilter, drawWeight, type LayerPlan, planLayer } from '../draw.ts'
import { givenFilter, givenLayer } from '../given.ts'
import { gramStatistics, writeGramStatistics } from '../gram.ts'
import {
  branchBackward,
  branchForward,
  filterBackward,
  type LayerTape,
  mixForward,
  type Weights,
} from './layer.ts'
import { timesTransposed } from './matrix.ts'
import { signDiversity, spreadRatio } from './preactivations.ts'

/** The reference engine: float64, plain loops, weights drawn anew whenever a layer is visited. */
export const referenceBackend: Backend = {
  id: 'reference',
  open: (opening) => new ReferenceRunner(opening),
}

class ReferenceRunner implements LayerRunner {
  readonly stateBytes: number
  readonly tapeBytes: number
  weightMs = 0
  private readonly opening: Opening
  private layer = 0
  private x: Scaled
  private blockInput: Scaled
  private tape: LayerTape | undefined
  private gradient: Scaled | undefined
  private readonly tapes = new Map<number, LayerTape>()
  private readonly checkpoints = new Map<number, Scaled>()

  constructor(opening: Opening) {
    this.opening = opening
    const { batch, width, config } = opening.network
    this.stateBytes = 8 * batch * width
    this.tapeBytes = 4 * this.stateBytes
    const { seed, digits, given } = opening
    const x0 = given?.x0 && Float64Array.from(given.x0)
    const values = x0 ?? inputs[config.data].draw({ ...config, seed, digits })
    this.x = rescaled({ values, exponent: 0 })
    this.blockInput = this.x
    this.measureActivations()
  }

  forward({ to }: Span, options: ForwardOptions): void {
    while (this.layer < to) this.step(options)
  }

  private step({ record, measure }: ForwardOptions): void {
    const { network } = this.opening
    const layer = ++this.layer
    const weights = this.draw(layer)
    this.tape = branchForward(this.x, weights, network, layer)
    this.x = mixForward(this.blockInput, this.tape.y, weights.s, network)
    if (layer % network.config.branch === 0) this.blockInput = this.x
    if (record) this.tapes.set(layer, this.tape)
    if (measure) this.measureLayer(this.tape)
  }

  private draw(layer: number): Weights {
    const start = performance.now()
    const plan = planLayer(this.opening.network, layer)
    const matrices = this.drawMatrices(plan)
    const s = plan.filterLayer === undefined ? undefined : this.drawFilter(plan.filterLayer)
    this.weightMs += performance.now() - start
    return { ...matrices, s: plan.filter === 'identity' ? 'identity' : s }
  }

  private drawMatrices({ weightLayer }: LayerPlan): Pick<Weights, 'w' | 'b'> {
    const { network, seed, given } = this.opening
    const n = network.width
    if (!given?.weights)
      return { w: drawWeight(network, seed, weightLayer), b: drawBias(network, seed, weightLayer) }
    const { w, b } = givenLayer(given.weights, n, weightLayer)
    return { w: Float64Array.from(w), b: b ? Float64Array.from(b) : new Float64Array(n) }
  }

  private drawFilter(block: number): Float64Array {
    const { network, seed, given } = this.opening
    const s = givenFilter(given?.weights, network, block)
    return s ? Float64Array.from(s) : drawFilter(network, seed, block)
  }

  private measureActivations(): void {
    const { rows, network } = this.opening
    rows.log10_activation_rms[this.layer] = log10Rms(this.x)
    const gram = timesTransposed(this.x.values, this.x.values, network.width)
    const found = gramStatistics(gram, network.batch, network.width)
    writeGramStatistics(rows, this.layer, found)
  }

  private measureLayer({ h, norm }: LayerTape): void {
    const { rows, network } = this.opening
    this.measureActivations()
    rows.log10_preactivation_rms[this.layer] = log10Rms(h)
    rows.preactivation_std_ratio[this.layer] = spreadRatio(norm.z.values, network.width)
    rows.sign_diversity[this.layer] = signDiversity(norm.z.values, network.width)
  }

  checkpoint(): void {
    this.checkpoints.set(this.layer, this.x)
  }

  restore(layer: number): void {
    const kept = this.checkpoints.get(layer)
    if (!kept) throw new Error(`restore: layer ${layer} must have been kept`)
    this.layer = layer
    this.x = kept
    this.blockInput = kept
  }

  release(layer: number): void {
    this.checkpoints.delete(layer)
  }

  startBackward(): void {
    const { depth } = this.opening.network
    if (this.layer !== depth)
      throw new Error(`startBackward: the current layer must be ${depth}, got ${this.layer}`)
    this.gradient = { values: this.cotangent(), exponent: 0 }
    this.opening.rows.log10_gradient_rms[depth] = log10Rms(this.gradient)
  }

  backward({ from, to }: Span): void {
    const { network } = this.opening
    const { branch } = network.config
    for (let end = to; end > from; end -= branch) this.blockBackward(end - branch, end)
  }

  /** Layers end, end - 1, ..., start + 1: one block, whose filtered branch joins at its start. */
  private blockBackward(start: number, end: number): void {
    const { network, rows } = this.opening
    let gradient = this.gradient!
    const { s } = this.draw(end)
    const skipped = s === undefined ? undefined : filterBackward(gradient, s, network)
    if (s !== undefined) gradient = times(network.beta, gradient)
    for (let layer = end; layer > start; layer--) {
      const tape = this.tapes.get(layer)
      if (!tape) throw new Error(`backward: layer ${layer} must have been recorded`)
      this.tapes.delete(layer)
      const { dx, dw } = branchBackward(gradient, tape, this.draw(layer), { network, layer })
      rows.log10_weight_gradient_norm[layer] = log10Norm(dw)
      gradient = layer === start + 1 && skipped ? rescaled(combine(1, dx, 1, skipped)) : dx
      rows.log10_gradient_rms[layer - 1] = log10Rms(gradient)
    }
    this.gradient = gradient
  }

  weights(layer: number): LayerWeights {
    const { w, b, s } = this.draw(layer)
    return { w, b, s: s === 'identity' ? undefined : s }
  }

  cotangent(): Float64Array {
    const { network, seed } = this.opening
    const out = new Float64Array(network.batch * network.width)
    fillNormals(out, { seed, role: roles.cotangent, layer: 0 })
    return out
  }

  activations = (): Scaled => this.x

  preactivations = (): Scaled => this.current().norm.z

  columns() {
    const { mean, inverse, exponent } = this.current().norm
    return { mean, inverse, exponent }
  }

  private current(): LayerTape {
    if (!this.tape) throw new Error('preactivations: layer 0 has none')
    return this.tape
  }

  dispose(): void {
    this.tapes.clear()
    this.checkpoints.clear()
  }
}
