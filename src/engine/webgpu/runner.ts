import type { TensorInfo } from '@tensorflow/tfjs-core'
import { log10Rms, type Scaled } from '../../base/scaled.ts'
import { fillNormals } from '../../math/random.ts'
import { inputs } from '../../model/inputs.ts'
import { roles } from '../../model/streams.ts'
import type {
  ColumnStatistics,
  ForwardOptions,
  LayerRunner,
  LayerWeights,
  Opening,
  Span,
} from '../backend.ts'
import { copyFloats, type Gpu } from './gpu.ts'
import { recordBytes } from './layout.ts'
import { LayerView, slotAt } from './layerView.ts'
import { FORWARD_REPORT } from './kernels/report.ts'
import { BACKWARD_REPORT } from './kernels/reportBackward.ts'
import { Measuring } from './measure.ts'
import { readBackward, readForward } from './reports.ts'
import { gradientImage, stateImage } from './images.ts'
import { LayerSteps } from './steps.ts'
import { WeightReader } from './weightReader.ts'
import { WeightStore } from './weightStore.ts'
import { closeWorkspace, type Workspace } from './workspace.ts'

/** Multiply-adds worth one read-back: with fewer, a call costs its latency and not its work. */
const WORK_OF_A_CALL = 2 ** 27
const MAX_LAYERS_OF_A_CALL = 512

/** A network on the GPU. Everything stays there but one packed report a call, and what is asked for by name. */
export class WebGpuRunner implements LayerRunner {
  readonly stateBytes: number
  readonly tapeBytes: number
  readonly fewestLayers: number
  weightMs = 0
  private readonly gpu: Gpu
  private readonly opening: Opening
  private readonly workspace: Workspace
  private readonly store: WeightStore
  private readonly steps: LayerSteps
  private readonly measuring: Measuring
  private readonly view: LayerView
  private readonly reader: WeightReader
  private readonly checkpoints = new Map<number, TensorInfo>()
  private readonly recorded = new Set<number>()
  private layer = 0
  /** The last layer that has been run beyond the current one, unasked. */
  private ahead = 0

  constructor(gpu: Gpu, opening: Opening, workspace: Workspace) {
    const { network, seed } = opening
    const { layout, arena, parameters } = workspace
    this.gpu = gpu
    this.opening = opening
    this.workspace = workspace
    this.store = new WeightStore(gpu, network, seed, workspace)
    this.steps = new LayerSteps(gpu, network, workspace)
    this.measuring = new Measuring(gpu, arena, layout, parameters)
    this.view = new LayerView(gpu, workspace)
    this.reader = new WeightReader(gpu, network, workspace, this.store)
    this.stateBytes = 4 * this.stateFloats
    this.tapeBytes = recordBytes(layout, network.config.branch)
    const work = network.batch * network.width ** 2
    const worthwhile = Math.floor(WORK_OF_A_CALL / work)
    this.fewestLayers = Math.max(1, Math.min(MAX_LAYERS_OF_A_CALL, worthwhile))
  }

  /** Draws X_0 and measures it. */
  async start(): Promise<void> {
    const { network, seed, digits } = this.opening
    const { config } = network
    const x0 = Float32Array.from(inputs[config.data].draw({ ...config, seed, digits }))
    const image = stateImage(x0, this.workspace.layout)
    this.put(image, slotAt(this.workspace.layout, 0))
    this.view.show(0, image)
    const report = this.gpu.allocate(FORWARD_REPORT)
    this.measuring.forward({ from: -1, to: 0 }, report, 0)
    await this.readForwardReport(report, { from: -1, to: 0 })
  }

  async forward({ from, to }: Span, { record, measure }: ForwardOptions): Promise<void> {
    if (from !== this.layer)
      throw new Error(`forward: the current layer must be ${from}, got ${this.layer}`)
    if (!record && !measure && to <= this.ahead) {
      this.layer = to
      return
    }
    this.changed()
    const report = measure ? this.gpu.allocate((to - from) * FORWARD_REPORT) : undefined
    while (this.layer < to) {
      const span = { from: this.layer, to: Math.min(to, this.reach(this.layer)) }
      this.run(span, record)
      if (report) this.measuring.forward(span, report, span.from - from)
      this.layer = span.to
    }
    if (report) await this.readForwardReport(report, { from, to })
    else await this.gpu.ease()
  }

  private run(span: Span, record: boolean): void {
    this.provide(span)
    this.mark(span, record)
    this.steps.forward(span)
  }

  /** What was read or run ahead no longer stands. */
  private changed(): void {
    this.view.forget()
    this.ahead = 0
  }

  /** The last layer that can be run to at once: its weights fit, and no slot in use is overwritten. */
  private reach(layer: number): number {
    const { slots } = this.workspace.layout
    const { branch } = this.opening.network.config
    return Math.min(this.store.lastFrom(layer), layer + slots - branch - 1)
  }

  private provide(span: Span): void {
    const start = performance.now()
    this.store.provide(span)
    this.weightMs += performance.now() - start
  }

  /** Keeps account of the layers whose slots (and whose input's slot) hold what backward needs. */
  private mark({ from, to }: Span, record: boolean): void {
    const { slots } = this.workspace.layout
    for (let layer = from + 1; layer <= to; layer++) {
      this.recorded.delete(layer - slots)
      this.recorded.delete(layer - slots + 1)
      if (record) this.recorded.add(layer)
      else this.recorded.delete(layer)
    }
  }

  private async readForwardReport(report: TensorInfo, { from, to }: Span): Promise<void> {
    const values = await this.gpu.read(report)
    this.gpu.free(report)
    const { layout } = this.workspace
    for (let layer = from + 1, at = 0; layer <= to; layer++, at += FORWARD_REPORT)
      readForward(this.opening.rows, layer, layout, values.subarray(at, at + FORWARD_REPORT))
  }

  checkpoint(): void {
    if (this.checkpoints.has(this.layer)) return
    const { layout, arena } = this.workspace
    const kept = this.gpu.allocate(this.stateFloats)
    const source = { from: arena, at: slotAt(layout, this.layer) }
    copyFloats(this.gpu, source, { into: kept, at: 0 }, this.stateFloats)
    this.checkpoints.set(this.layer, kept)
  }

  restore(layer: number): void {
    const kept = this.checkpoints.get(layer)
    if (!kept) throw new Error(`restore: layer ${layer} must have been kept`)
    const { layout, arena } = this.workspace
    const target = { into: arena, at: slotAt(layout, layer) }
    copyFloats(this.gpu, { from: kept, at: 0 }, target, this.stateFloats)
    this.recorded.delete(layer)
    this.layer = layer
    this.changed()
  }

  release(layer: number): void {
    const kept = this.checkpoints.get(layer)
    if (kept) this.gpu.free(kept)
    this.checkpoints.delete(layer)
  }

  /** Meta data, column statistics and X of a slot: what stands before its Z. */
  private get stateFloats(): number {
    return this.workspace.layout.z
  }

  startBackward(): void {
    const { network, rows } = this.opening
    const { depth } = network
    if (this.layer !== depth)
      throw new Error(`startBackward: the current layer must be ${depth}, got ${this.layer}`)
    const values = this.cotangent()
    this.put(gradientImage(values, this.workspace.layout), this.workspace.layout.sideExponents)
    rows.log10_gradient_rms[depth] = log10Rms({ values, exponent: 0 })
  }

  async backward({ from, to }: Span): Promise<void> {
    this.changed()
    const report = this.gpu.allocate((to - from) * BACKWARD_REPORT)
    for (let end = to; end > from;) {
      const span = { from: Math.max(from, this.store.firstTo(end)), to: end }
      this.use(span)
      this.provide(span)
      this.steps.backward(span)
      this.measuring.backward(span, report, span.from - from)
      end = span.from
    }
    const values = await this.gpu.read(report)
    this.gpu.free(report)
    for (let layer = from + 1, at = 0; layer <= to; layer++, at += BACKWARD_REPORT)
      readBackward(
        this.opening.rows,
        layer,
        this.workspace.layout,
        values.subarray(at, at + BACKWARD_REPORT),
      )
  }

  /** Lets the records of a span go: backward consumes them. */
  private use({ from, to }: Span): void {
    for (let layer = to; layer > from; layer--) {
      if (!this.recorded.delete(layer))
        throw new Error(`backward: layer ${layer} must have been recorded`)
    }
  }

  private put(image: Float32Array, at: number): void {
    const tensor = this.gpu.upload(image)
    const target = { into: this.workspace.arena, at }
    copyFloats(this.gpu, { from: tensor, at: 0 }, target, image.length)
    this.gpu.free(tensor)
  }

  weights(layer: number): Promise<LayerWeights> {
    return this.reader.weights(layer)
  }

  cotangent(): Float32Array {
    const { network, seed } = this.opening
    const out = new Float32Array(network.batch * network.width)
    fillNormals(out, { seed, role: roles.cotangent, layer: 0 })
    return out
  }

  activations(): Promise<Scaled<Float32Array>> {
    return this.view.activations(this.layer)
  }

  async preactivations(): Promise<Scaled<Float32Array>> {
    if (this.layer === 0) throw new Error('preactivations: layer 0 has none')
    return this.view.preactivations(this.layer)
  }

  /** Who asks for column statistics goes layer by layer: some more are run, and read with this one. */
  columns(): Promise<ColumnStatistics> {
    if (this.ahead <= this.layer) this.runAhead()
    return this.view.columns(this.layer)
  }

  private runAhead(): void {
    const { layer } = this
    const { depth } = this.opening.network
    const last = Math.min(depth, this.reach(layer), layer + this.view.reach(layer) - 1)
    if (last > layer) this.run({ from: layer, to: last }, false)
    this.view.read(layer, last)
    this.ahead = last
  }

  dispose(): void {
    if (this.gpu.isLost) return
    for (const layer of [...this.checkpoints.keys()]) this.release(layer)
    this.store.dispose()
    closeWorkspace(this.gpu, this.workspace)
  }
}
