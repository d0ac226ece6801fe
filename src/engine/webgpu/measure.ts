import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Span } from '../backend.ts'
import type { Gpu } from './gpu.ts'
import type { Grid, Kernel } from './kernel.ts'
import { gram, gramGrid } from './kernels/gram.ts'
import { orthogonalize, orthogonalizeGrid } from './kernels/orthogonalize.ts'
import { report as reportForward, reportGrid } from './kernels/report.ts'
import { reportBackward } from './kernels/reportBackward.ts'
import { spread, spreadGrid } from './kernels/spread.ts'
import { weightGradient, weightGradientGrid } from './kernels/weightGradient.ts'
import type { Layout } from './layout.ts'
import type { Parameters } from './parameters.ts'

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
      const run = (kernel: Kernel, grid: Grid) => {
        this.gpu.run({ kernel, output: this.arena, parameters: measure, grid })
      }
      run(gram, gramGrid(samples, count))
      if (samples <= width) run(orthogonalize, orthogonalizeGrid(count))
      run(spread, spreadGrid(width, count))
      this.pack(reportForward, report, measure, count)
    }
  }

  /** Backward statistics of the layers from + 1 ... to into rows `row` ... of the report. */
  backward({ from, to }: Span, report: TensorInfo, row: number): void {
    const { measured, width } = this.layout
    for (let done = from; done < to; done += measured) {
      const count = Math.min(measured, to - done)
      const parameters = this.measuring(done + 1, row + done - from)
      this.gpu.run({
        kernel: weightGradient,
        output: this.arena,
        parameters,
        grid: weightGradientGrid(width, count),
      })
      this.pack(reportBackward, report, parameters, count)
    }
  }

  private pack(kernel: Kernel, report: TensorInfo, parameters: Parameters, count: number): void {
    this.gpu.run({
      kernel,
      output: report,
      inputs: [this.arena],
      parameters,
      grid: reportGrid(count),
    })
  }

  private measuring(first: number, row: number): Parameters {
    const { scratch, partials } = this.layout
    return { ...this.parameters, measure: [scratch, partials, first, row] }
  }
}
