import { LOG10_2 } from '../../base/scaled.ts'
import type { Network } from '../../model/network.ts'
import type { Opening } from '../backend.ts'
import { writeGramStatistics } from '../gram.ts'
import type { LayerRows } from '../statistics.ts'
import type { Arena } from './arena.ts'
import type { Buffers } from './buffers.ts'
import { GramReader } from './gramReader.ts'
import type { LayerKernels } from './kernels.ts'
import type { Block, LayerSteps } from './steps.ts'

/** What a writer of rows works with. */
interface Tools {
  readonly kernels: LayerKernels
  readonly arena: Arena
  readonly steps: LayerSteps
  readonly buffers: Buffers
}

/** Measures what lies in the module's memory, and writes it into the rows of a run. */
export class RowWriter {
  private readonly tools: Tools
  private readonly network: Network
  private readonly rows: LayerRows
  private readonly gram: GramReader

  constructor(tools: Tools, { network, rows }: Opening) {
    this.tools = tools
    this.network = network
    this.rows = rows
    this.gram = new GramReader(tools.kernels, tools.arena, network)
  }

  activations(layer: number, x: Block): void {
    this.rows.log10_activation_rms[layer] = this.log10Rms(x)
    writeGramStatistics(this.rows, layer, this.gram.read(x.at))
  }

  preactivations(layer: number, h: Block, z: Block): void {
    const { batch: m, width: n } = this.network
    const { kernels, arena, buffers } = this.tools
    this.rows.log10_preactivation_rms[layer] = this.log10Rms(h)
    kernels.preactivationSums(z.at, m, n, buffers.sums)
    const [variance, square, diversity, units] = arena.doubles(buffers.sums, 4)
    this.rows.preactivation_std_ratio[layer] = square === 0 ? NaN : Math.sqrt(variance! / square!)
    this.rows.sign_diversity[layer] = units === 0 ? NaN : diversity! / units!
  }

  gradient(layer: number, gradient: Block): void {
    this.rows.log10_gradient_rms[layer] = this.log10Rms(gradient)
  }

  /** log10 |D^T X|_F */
  weightGradient(layer: number, d: Block, operand: Block): void {
    const { batch: m, width: n } = this.network
    const { kernels, buffers } = this.tools
    kernels.gemm(d.at, 1, n, operand.at, n, buffers.square, n, n, n, m, 0)
    const squares = kernels.sumOfSquares(buffers.square, n * n)
    const exponent = d.exponent + operand.exponent
    this.rows.log10_weight_gradient_norm[layer] =
      squares === 0 ? -Infinity : exponent * LOG10_2 + 0.5 * Math.log10(squares)
  }

  private log10Rms(block: Block): number {
    const meanSquare = this.tools.steps.meanSquare(block)
    return meanSquare === 0 ? -Infinity : block.exponent * LOG10_2 + 0.5 * Math.log10(meanSquare)
  }
}
