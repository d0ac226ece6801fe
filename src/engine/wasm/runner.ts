import { assert } from '../../base/assert.ts'
import type { Scaled } from '../../base/scaled.ts'
import { inputs } from '../../model/inputs.ts'
import { isBlockEnd, type Network } from '../../model/network.ts'
import { roles } from '../../model/streams.ts'
import type {
  ColumnStatistics,
  FloatArray,
  ForwardOptions,
  LayerRunner,
  LayerWeights,
  Opening,
  Span,
} from '../backend.ts'
import { planLayer } from '../draw.ts'
import type { Arena } from './arena.ts'
import { type Buffers, takeBuffers, takeTape, tapeBytes } from './buffers.ts'
import type { LayerKernels } from './kernels.ts'
import { RowWriter } from './rowWriter.ts'
import { type Block, type GroupTape, LayerSteps } from './steps.ts'
import { floatExponent, type WeightCache, type WeightPointers } from './weightCache.ts'

/** One module instance: a run owns it until it is disposed of. */
export interface WasmModule {
  readonly kernels: LayerKernels
  readonly arena: Arena
  readonly cache: WeightCache
  isTaken: boolean
}

/** What the backward step of a layer needs; `mark` is where its memory begins. */
interface LayerTape {
  readonly mark: number
  readonly input: Block
  readonly z: Block
  readonly groups: GroupTape
}

/** Where a forward step leaves what may be needed again; `x` only where the layer is recorded. */
interface StepBuffers {
  readonly x?: number
  readonly z: number
  readonly mean: number
  readonly inverse: number
}

export class WasmRunner implements LayerRunner {
  readonly stateBytes: number
  readonly tapeBytes: number
  private readonly module: WasmModule
  private readonly opening: Opening
  private readonly network: Network
  private readonly steps: LayerSteps
  private readonly buffers: Buffers
  private readonly writer: RowWriter
  private readonly count: number
  private readonly startMs: number
  private layer = 0
  private x: Block
  private blockInput: Block
  private current: Omit<LayerTape, 'mark'> | undefined
  private gradient: Block = { at: 0, exponent: 0 }
  private readonly tapes = new Map<number, LayerTape>()
  private readonly checkpoints = new Map<number, Scaled<Float32Array>>()

  constructor(module: WasmModule, opening: Opening) {
    const { network, seed, weightBytes, given } = opening
    assert(!module.isTaken, 'WasmRunner: one run at a time, the last one must be disposed of')
    this.module = module
    this.opening = opening
    this.network = network
    this.count = network.batch * network.width
    this.stateBytes = 4 * this.count
    this.tapeBytes = tapeBytes(network)
    module.cache.prepare(network, seed, weightBytes, given?.weights)
    this.startMs = module.cache.milliseconds
    const { kernels, arena } = module
    this.steps = new LayerSteps(kernels, arena, network)
    this.buffers = takeBuffers(arena, network)
    const { steps, buffers } = this
    this.writer = new RowWriter({ kernels, arena, steps, buffers }, opening)
    this.x = this.drawInput()
    this.blockInput = this.keepBlockInput()
    this.writer.activations(0, this.x)
    module.isTaken = true
  }

  get weightMs(): number {
    return this.module.cache.milliseconds - this.startMs
  }

  private drawInput(): Block {
    const { network, seed, digits, given } = this.opening
    const { config } = network
    const values = given?.x0 ?? inputs[config.data].draw({ ...config, seed, digits })
    this.module.arena.floats(this.buffers.ping, this.count).set(values)
    return { at: this.buffers.ping, exponent: 0 }
  }

  forward({ to }: Span, options: ForwardOptions): void {
    while (this.layer < to) this.step(options)
  }

  private step({ record, measure }: ForwardOptions): void {
    const { network, steps, buffers } = this
    const { arena } = this.module
    const layer = ++this.layer
    const mark = arena.mark()
    const own: StepBuffers = record ? takeTape(arena, network) : buffers
    const weights = this.weightsAt(layer)
    const preactivationFirst = network.config.order === 'norm_act_linear'
    const input = this.x
    const normalizes = network.config.norm !== 'none'
    // Without normalization H is Z: it is written where Z is kept.
    const h = preactivationFirst
      ? input
      : steps.linear(input, weights.w, weights.b, normalizes ? buffers.h : own.z)
    const z = steps.normalize(h, own.z, own)
    const groups = { mean: own.mean, inverse: own.inverse, exponent: h.exponent }
    const target = this.target(own)
    const y = preactivationFirst
      ? steps.linear(
          steps.activate(z, layer, buffers.h),
          weights.w,
          weights.b,
          this.branchTarget(layer, target),
        )
      : steps.activate(z, layer, this.branchTarget(layer, target))
    this.current = { input, z, groups }
    if (record) this.tapes.set(layer, { mark, input, z, groups })
    if (measure) this.writer.preactivations(layer, h, z)
    this.x = this.mix(layer, y, weights, target)
    if (isBlockEnd(network, layer)) this.blockInput = this.keepBlockInput()
    if (measure) this.writer.activations(layer, this.x)
  }

  /** Where X_l goes: kept with the record, else the buffer that does not hold X_{l-1}. */
  private target(own: StepBuffers): number {
    const { ping, pong } = this.buffers
    return own.x ?? (this.x.at === ping ? pong : ping)
  }

  /** Y goes straight to X where nothing is mixed in. */
  private branchTarget(layer: number, target: number): number {
    return planLayer(this.network, layer).filter === 'absent' ? target : this.buffers.y
  }

  private mix(layer: number, y: Block, weights: WeightPointers, target: number): Block {
    const { network, steps, buffers } = this
    const { filter } = planLayer(network, layer)
    if (filter === 'absent') return y
    const start = this.blockInput
    const filtered =
      filter === 'identity' ? start : steps.throughFilter(start, weights.s, buffers.d1, true)
    return steps.combine([network.alpha, filtered], [network.beta, y], target)
  }

  /** A copy of X at a block's start, only where a filter will want it. */
  private keepBlockInput(): Block {
    if (this.network.config.mix === 'none') return this.x
    const { arena } = this.module
    const at = this.buffers.blockInput
    arena.floats(at, this.count).set(arena.floats(this.x.at, this.count))
    return { at, exponent: this.x.exponent }
  }

  private weightsAt(layer: number): WeightPointers {
    return this.module.cache.at(this.network, this.opening.seed, layer)
  }

  checkpoint(): void {
    this.checkpoints.set(this.layer, this.readOut(this.x))
  }

  restore(layer: number): void {
    const kept = this.checkpoints.get(layer)
    if (!kept) throw new Error(`restore: layer ${layer} must have been kept`)
    this.module.arena.floats(this.buffers.ping, this.count).set(kept.values)
    this.layer = layer
    this.x = { at: this.buffers.ping, exponent: kept.exponent }
    this.blockInput = this.keepBlockInput()
  }

  release(layer: number): void {
    this.checkpoints.delete(layer)
  }

  startBackward(): void {
    const { depth } = this.network
    if (this.layer !== depth)
      throw new Error(`startBackward: the current layer must be ${depth}, got ${this.layer}`)
    const at = this.buffers.gradient
    this.drawCotangent(at)
    this.gradient = { at, exponent: 0 }
    this.writer.gradient(depth, this.gradient)
  }

  private drawCotangent(at: number): void {
    this.module.kernels.fillNormals(at, this.count, this.opening.seed, roles.cotangent, 0, 1)
  }

  backward({ from, to }: Span): void {
    const { branch } = this.network.config
    for (let end = to; end > from; end -= branch) this.blockBackward(end - branch, end)
  }

  /** Layers end, end - 1, ..., start + 1: one block, whose filtered branch joins at its start. */
  private blockBackward(start: number, end: number): void {
    const { steps, buffers } = this
    const skipped = this.filterBackward(end)
    for (let layer = end; layer > start; layer--) {
      const dx = this.branchBackward(layer, this.gradient)
      this.gradient =
        layer === start + 1 && skipped
          ? steps.combine([1, dx], [1, skipped], buffers.gradient)
          : steps.rescale(dx)
      this.writer.gradient(layer - 1, this.gradient)
    }
  }

  /** Splits the gradient at a block end: alpha G S set aside, beta G left; nothing where nothing is mixed. */
  private filterBackward(end: number): Block | undefined {
    const { network, steps, buffers } = this
    const { arena } = this.module
    const { filter } = planLayer(network, end)
    if (filter === 'absent') return undefined
    const { at, exponent } = this.gradient
    if (filter === 'orthogonal')
      steps.throughFilter(this.gradient, this.weightsAt(end).s, buffers.skipped, false)
    else arena.floats(buffers.skipped, this.count).set(arena.floats(at, this.count))
    this.gradient = steps.multiply(this.gradient, network.beta)
    return steps.multiply({ at: buffers.skipped, exponent }, network.alpha)
  }

  /** d loss / d X_{l-1} in the gradient buffer, from d loss / d Y_l there; the layer's record is let go. */
  private branchBackward(layer: number, dy: Block): Block {
    const { steps, buffers, network } = this
    const tape = this.tapes.get(layer)
    if (!tape) throw new Error(`backward: layer ${layer} must have been recorded`)
    const { w } = this.weightsAt(layer)
    if (network.config.order === 'linear_norm_act') {
      const dz = steps.activateBackward(dy, tape.z, layer, buffers.d1)
      const dh = steps.normalizeBackward(dz, tape.z, tape.groups, buffers.d2)
      this.writer.weightGradient(layer, dh, tape.input)
      this.forget(layer, tape)
      return steps.throughWeights(dh, w, buffers.gradient)
    }
    const operand = steps.activate(tape.z, layer, buffers.h)
    this.writer.weightGradient(layer, dy, operand)
    const dOperand = steps.throughWeights(dy, w, buffers.d1)
    const dz = steps.activateBackward(dOperand, tape.z, layer, buffers.gradient)
    const dh = steps.normalizeBackward(dz, tape.z, tape.groups, buffers.d1)
    this.forget(layer, tape)
    if (dh.at === buffers.gradient) return dh
    const { arena } = this.module
    arena.floats(buffers.gradient, this.count).set(arena.floats(dh.at, this.count))
    return { at: buffers.gradient, exponent: dh.exponent }
  }

  private forget(layer: number, { mark }: LayerTape): void {
    this.tapes.delete(layer)
    this.module.arena.release(mark)
  }

  weights(layer: number): LayerWeights {
    const { width: n } = this.network
    const { arena } = this.module
    const { w, b, s } = this.weightsAt(layer)
    const filter = planLayer(this.network, layer).filter
    const { sw, sb } = this.network.config
    return {
      w: timesPowerOfTwo(arena.floats(w, n * n), floatExponent(sw)),
      b: timesPowerOfTwo(arena.floats(b, n), floatExponent(sb)),
      s: filter === 'orthogonal' ? arena.floats(s, n * n) : undefined,
    }
  }

  cotangent(): Float32Array {
    this.drawCotangent(this.buffers.d1)
    return this.module.arena.floats(this.buffers.d1, this.count).slice()
  }

  activations(): Scaled<Float32Array> {
    return this.view(this.x)
  }

  preactivations(): Scaled<Float32Array> {
    return this.view(this.standing().z)
  }

  columns(): ColumnStatistics {
    const { mean, inverse, exponent } = this.standing().groups
    const { arena } = this.module
    const { width: n } = this.network
    return { mean: arena.doubles(mean, n), inverse: arena.doubles(inverse, n), exponent }
  }

  private standing(): Omit<LayerTape, 'mark'> {
    if (!this.current) throw new Error('preactivations: layer 0 has none')
    return this.current
  }

  private view({ at, exponent }: Block): Scaled<Float32Array> {
    return { values: this.module.arena.floats(at, this.count), exponent }
  }

  private readOut(block: Block): Scaled<Float32Array> {
    const { values, exponent } = this.view(block)
    return { values: values.slice(), exponent }
  }

  dispose(): void {
    this.module.isTaken = false
    this.tapes.clear()
    this.checkpoints.clear()
  }
}

/** The array itself, or a float64 copy where a power of two stands apart from it. */
function timesPowerOfTwo(values: Float32Array, exponent: number): FloatArray {
  return exponent === 0 ? values : Float64Array.from(values, (v) => v * 2 ** exponent)
}
