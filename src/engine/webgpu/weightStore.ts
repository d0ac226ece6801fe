import type { TensorInfo } from '@tensorflow/tfjs-core'
import { type InitializationId } from '../../model/initializations.ts'
import type { Network } from '../../model/network.ts'
import type { Span } from '../backend.ts'
import { coefficient } from './coefficient.ts'
import type { Gpu } from './gpu.ts'
import { applyReflections, applyReflectionsGrid, lanesOfRow } from './kernels/applyReflections.ts'
import { drawReflections, drawReflectionsGrid } from './kernels/drawReflections.ts'
import { drawWeights, drawWeightsGrid } from './kernels/drawWeights.ts'
import type { Parameters } from './parameters.ts'
import type { Workspace } from './workspace.ts'

/** Codes of kernels/drawing.wgsl. */
const CLEARED = 0
const FILTER_LAW = 5
const laws = { gaussian: 1, uniform: 2, orthogonal: 3, looks_linear: 4 } as const satisfies Record<
  InitializationId,
  number
>

/** Room for the Householder vectors of the matrices that are formed at a time. */
const REFLECTION_FLOATS = 2 ** 21
/** Consecutive layers whose weights are on the device. */
interface Window {
  readonly first: number
  readonly last: number
}

/**
 * The weights of a window of layers, drawn on the device from the generator's words. A ring: layer l lies in
 * slot l mod weightSlots, so that the window can grow on either side and lets go on the other.
 */
export class WeightStore {
  private readonly gpu: Gpu
  private readonly network: Network
  private readonly seed: number
  private readonly workspace: Workspace
  private window: Window = { first: 1, last: 0 }
  private reflections: TensorInfo | undefined

  constructor(gpu: Gpu, network: Network, seed: number, workspace: Workspace) {
    this.gpu = gpu
    this.network = network
    this.seed = seed
    this.workspace = workspace
  }

  /** The last layer of the longest span from a layer up, and the first of that down, whose weights fit. */
  lastFrom(layer: number): number {
    const { branch, tied } = this.network.config
    if (tied === 1) return Infinity
    return layer - (layer % branch) + this.workspace.places.weightSlots
  }

  firstTo(layer: number): number {
    return this.network.config.tied === 1 ? 0 : layer - this.workspace.places.weightSlots
  }

  /** Draws what is missing of the layers from + 1 ... to. */
  provide({ from, to }: Span): void {
    if (this.network.config.tied === 1) {
      if (this.window.last === 0) this.draw(1, 1)
      this.window = { first: 1, last: 1 }
      return
    }
    const { branch } = this.network.config
    // Whole blocks: a filter is drawn with the last layer of its block.
    const [first, last] = [from - (from % branch) + 1, Math.ceil(to / branch) * branch]
    this.window = this.extended({ first, last })
  }

  private extended(wanted: Window): Window {
    const { first, last } = this.window
    const isApart = last < first || wanted.last < first - 1 || wanted.first > last + 1
    if (isApart) {
      this.draw(wanted.first, wanted.last)
      return wanted
    }
    if (wanted.first < first) this.draw(wanted.first, first - 1)
    if (wanted.last > last) this.draw(last + 1, wanted.last)
    const both = { first: Math.min(first, wanted.first), last: Math.max(last, wanted.last) }
    if (both.last - both.first < this.workspace.places.weightSlots) return both
    return wanted.last > last
      ? { first: both.last - this.workspace.places.weightSlots + 1, last: both.last }
      : { first: both.first, last: both.first + this.workspace.places.weightSlots - 1 }
  }

  private draw(first: number, last: number): void {
    const { init, sb, mix, branch, tied } = this.network.config
    const isIndependent = init === 'gaussian' || init === 'uniform'
    const hasPadding = this.workspace.layout.lead > this.workspace.layout.width
    if (isIndependent || sb > 0 || hasPadding)
      this.drawEntries(isIndependent ? laws[init] : CLEARED, first, last - first + 1)
    if (!isIndependent) this.drawOrthogonal({ law: laws[init], first, count: last - first + 1 })
    if (mix !== 'orthogonal') return
    const block = tied === 1 ? 1 : (first - 1) / branch + 1
    const blocks = tied === 1 ? 1 : last / branch - block + 1
    this.drawOrthogonal({ law: FILTER_LAW, first: block, count: blocks })
  }

  private drawEntries(law: number, first: number, count: number): void {
    const { init, sw, sb } = this.network.config
    const spread = init === 'uniform' ? 3 : 1
    const scale = coefficient(sw).mantissa * Math.sqrt(spread / this.workspace.layout.width)
    const { lead } = this.workspace.layout
    this.gpu.run({
      kernel: drawWeights,
      output: this.workspace.weights,
      parameters: {
        ...this.workspace.parameters,
        draw: [this.seed, first, law, 0],
        scalars: [scale, coefficient(sb).mantissa, 0, 0],
      },
      grid: drawWeightsGrid(lead, count),
    })
  }

  /** Haar matrices, as many at a time as there is room for their reflections. */
  private drawOrthogonal(job: { law: number; first: number; count: number }): void {
    const { width, lead } = this.workspace.layout
    const order = job.law === laws.looks_linear ? width / 2 : width
    this.reflections ??= this.gpu.allocate(this.reflectionFloats(job.count))
    const room = Math.floor(this.reflections.shape[0]! / ((order + 1) * lead))
    const scale = job.law === FILTER_LAW ? 1 : coefficient(this.network.config.sw).mantissa
    for (let done = 0; done < job.count; done += room) {
      const count = Math.min(room, job.count - done)
      this.drawHaar({ ...job, first: job.first + done, count, order, scale })
    }
  }

  private reflectionFloats(count: number): number {
    const { width, lead } = this.workspace.layout
    const size = (width + 1) * lead
    return size * Math.max(1, Math.min(Math.floor(REFLECTION_FLOATS / size), count))
  }

  private drawHaar(job: {
    law: number
    first: number
    count: number
    order: number
    scale: number
  }) {
    const { lead } = this.workspace.layout
    const { law, first, count, order, scale } = job
    const parameters: Parameters = {
      ...this.workspace.parameters,
      draw: [this.seed, first, law, order],
      scalars: [scale, 0, 0, 0],
      span: [0, 0, 0, lanesOfRow(order)],
    }
    const reflections = this.reflections!
    this.gpu.run({
      kernel: drawReflections,
      output: reflections,
      parameters,
      grid: drawReflectionsGrid(order, count),
    })
    this.gpu.run({
      kernel: applyReflections,
      output: this.workspace.weights,
      inputs: [reflections],
      parameters,
      grid: applyReflectionsGrid(lead, order, count),
    })
  }

  dispose(): void {
    if (this.reflections) this.gpu.free(this.reflections)
  }
}
