import type { TensorInfo } from '@tensorflow/tfjs-core'
import { normalizations } from '../../model/normalizations.ts'
import { isBlockEnd, type Network } from '../../model/network.ts'
import type { Span } from '../backend.ts'
import type { Dispatch, Gpu } from './gpu.ts'
import { backwardKernel, down } from './kernels/backward.ts'
import { columns, columnsGrid } from './kernels/columns.ts'
import { forwardKernel, up } from './kernels/forward.ts'
import { BACKWARD, FORWARD, product, productGrid } from './kernels/product.ts'
import type { Four, Parameters } from './parameters.ts'
import { columnsAcross } from './shape.ts'
import type { Workspace } from './workspace.ts'

/** Multiply-adds that one workgroup may do in a dispatch: some milliseconds, far from any watchdog. */
const WORK_OF_A_DISPATCH = 2 ** 24
const MAX_LAYERS_OF_A_DISPATCH = 512

/** The layer steps of one network as dispatches: many layers in one, or a few for each layer. */
export class LayerSteps {
  private readonly gpu: Gpu
  private readonly network: Network
  private readonly workspace: Workspace

  constructor(gpu: Gpu, network: Network, workspace: Workspace) {
    this.gpu = gpu
    this.network = network
    this.workspace = workspace
  }

  forward({ from, to }: Span): void {
    if (this.workspace.shape.kind === 'wide') {
      for (let layer = from + 1; layer <= to; layer++) this.forwardWide(layer)
      return
    }
    const phases = this.linearFirst
      ? up.linearFirst | up.normAct | up.finish
      : up.normAct | up.linearLast | up.finish
    const step = this.layersOfADispatch()
    for (let start = from; start < to; start += step)
      this.runForward({ from: start, to: Math.min(to, start + step) }, phases)
  }

  backward({ from, to }: Span): void {
    if (this.workspace.shape.kind === 'wide') {
      for (let layer = to; layer > from; layer--) this.backwardWide(layer)
      return
    }
    const inside = down.enter | down.act | down.norm | down.leave
    const phases = inside | (this.linearFirst ? down.linearLast : down.linearFirst)
    const step = this.layersOfADispatch()
    for (let end = to; end > from; end -= step)
      this.runBackward({ from: Math.max(from, end - step), to: end }, phases)
  }

  private get linearFirst(): boolean {
    return this.network.config.order === 'linear_norm_act'
  }

  private get normalizesColumns(): boolean {
    return normalizations[this.network.config.norm].axis === 'batch'
  }

  private layersOfADispatch(): number {
    const { width, batch } = this.network
    const work = width * width * (this.workspace.shape.kind === 'batch' ? batch : 1)
    return Math.max(1, Math.min(MAX_LAYERS_OF_A_DISPATCH, Math.floor(WORK_OF_A_DISPATCH / work)))
  }

  private forwardWide(layer: number): void {
    const span = { from: layer - 1, to: layer }
    const filters = isBlockEnd(this.network, layer)
    if (this.linearFirst) {
      this.runProduct(layer, FORWARD, filters)
      if (this.normalizesColumns) this.runColumns(layer, FORWARD)
      this.runForward(span, up.linearFirst | up.normAct | up.finish)
      return
    }
    if (this.normalizesColumns) this.runColumns(layer, FORWARD)
    this.runForward(span, up.normAct)
    this.runProduct(layer, FORWARD, filters)
    this.runForward(span, up.linearLast | up.finish)
  }

  private backwardWide(layer: number): void {
    const span = { from: layer - 1, to: layer }
    const filters = isBlockEnd(this.network, layer)
    const start = this.linearFirst
      ? down.enter | down.act
      : down.enter | down.linearFirst | down.act
    const end = this.linearFirst ? down.linearLast | down.leave : down.leave
    if (!this.linearFirst) this.runProduct(layer, BACKWARD, filters)
    if (this.normalizesColumns) {
      this.runBackward(span, start | down.keep)
      this.runColumns(layer, BACKWARD)
      this.runBackward(span, down.resume | down.norm | (this.linearFirst ? 0 : end))
    } else {
      this.runBackward(span, start | down.norm | (this.linearFirst ? 0 : end))
    }
    if (!this.linearFirst) return
    this.runProduct(layer, BACKWARD, filters)
    this.runBackward(span, end)
  }

  private runForward(span: Span, phases: number): void {
    this.runStep({ kernel: forwardKernel(this.workspace.shape), span, phases })
  }

  private runBackward(span: Span, phases: number): void {
    this.runStep({ kernel: backwardKernel(this.workspace.shape), span, phases })
  }

  private runStep({
    kernel,
    span,
    phases,
  }: Pick<Dispatch, 'kernel'> & { span: Span; phases: number }) {
    const { arena, weights, gains } = this.workspace
    const readable: Readonly<Record<string, TensorInfo>> = { weights, gains }
    const { batch, width } = this.network
    this.gpu.run({
      kernel,
      output: arena,
      inputs: kernel.inputs.map(({ name }) => readable[name]!),
      parameters: this.spanning([span.from, span.to, phases, columnsAcross(width)]),
      grid: [this.workspace.shape.kind === 'batch' ? 1 : batch, 1, 1],
    })
  }

  /** The product by W, and by S where a block ends. */
  private runProduct(layer: number, direction: number, filters: boolean): void {
    const { batch, width } = this.network
    const isFiltered = filters && this.network.config.mix === 'orthogonal'
    this.gpu.run({
      kernel: product,
      output: this.workspace.arena,
      inputs: [this.workspace.weights],
      parameters: this.spanning([layer - 1, layer, direction, 0]),
      grid: productGrid(batch, width, isFiltered),
    })
  }

  private runColumns(layer: number, direction: number): void {
    this.gpu.run({
      kernel: columns,
      output: this.workspace.arena,
      inputs: [this.workspace.weights],
      parameters: this.spanning([layer - 1, layer, direction, 0]),
      grid: columnsGrid(this.network.width),
    })
  }

  private spanning(span: Four): Parameters {
    return { ...this.workspace.parameters, span }
  }
}
