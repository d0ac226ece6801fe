import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Span } from '../backend.ts'
import type { Dispatch, Gpu } from './gpu.ts'
import { type Kernel, kernels } from './kernels.ts'
import { columnBlocks, gramTiles, type Layout, weightTiles } from './layout.ts'
import type { Parameters } from './parameters.ts'

/** Floats a layer in the reports (kernels/report.wgsl, reportBackward.wgsl). */
export const FORWARD_REPORT = 16
export const BACKWARD_REPORT = 4

/** Takes the statistics of layers that lie in the arena, all of a group at a time, into a report. */
export class Measuring {
  private readonly gpu: Gpu
  private readonly layout: Layout
  private readonly parameters: Parameters
  private readonly arena: TensorInfo

  constructor(gpu: Gpu, arena: TensorInfo, layout: Layout, parameters: Parameters) {
    this.gpu = gpu
    this.arena = arena
    this.layout = layout
    this.parameters = parameters
  }

  /** Forward statistics of the layers from + 1 ... to into rows `row` ... of the report. */
  forward({ from, to }: Span, report: TensorInfo, row: number): void {
    const { measured, samples, width } = this.layout
    for (let done = from; done < to; done += measured) {
      const count = Math.min(measured, to - done)
      const measure = this.measuring(done + 1, row + done - from)
      const run = (kernel: Kernel, grid: Dispatch['grid']) => {
        this.gpu.run({ kernel, output: this.arena, parameters: measure, grid })
      }
      run(kernels.gram, [gramTiles(samples), count, 1])
      if (samples <= width) run(kernels.orthogonalize, [count, 1, 1])
      run(kernels.spread, [columnBlocks(width), count, 1])
      this.pack(kernels.report, report, measure, count)
    }
  }

  /** Backward statistics of the layers from + 1 ... to into rows `row` ... of the report. */
  backward({ from, to }: Span, report: TensorInfo, row: number): void {
    const { measured, width } = this.layout
    for (let done = from; done < to; done += measured) {
      const count = Math.min(measured, to - done)
      const parameters = this.measuring(done + 1, row + done - from)
      this.gpu.run({
        kernel: kernels.weightGradient,
        output: this.arena,
        parameters,
        grid: [weightTiles(width), count, 1],
      })
      this.pack(kernels.reportBackward, report, parameters, count)
    }
  }

  private pack(kernel: Kernel, report: TensorInfo, parameters: Parameters, count: number): void {
    this.gpu.run({ kernel, output: report, inputs: [this.arena], parameters, grid: [count, 1, 1] })
  }

  private measuring(first: number, row: number): Parameters {
    const { scratch, partials } = this.layout
    return { ...this.parameters, measure: [scratch, partials, first, row] }
  }
}
