import type { Network } from '../../model/network.ts'
import { type GramStatistics, gramStatisticsFrom, type GramSums, SINGULAR } from '../gram.ts'
import type { Arena } from './arena.ts'
import type { LayerKernels } from './kernels.ts'

const SUMS = 7

/** Gram statistics of a batch that lies in WebAssembly memory. */
export class GramReader {
  private readonly kernels: LayerKernels
  private readonly arena: Arena
  private readonly m: number
  private readonly n: number
  private readonly matrix: number
  private readonly scratch: number
  private readonly norms: number
  private readonly out: number

  constructor(kernels: LayerKernels, arena: Arena, { batch, width }: Network) {
    this.kernels = kernels
    this.arena = arena
    this.m = batch
    this.n = width
    this.matrix = arena.take(8 * batch * batch)
    this.scratch = arena.take(kernels.gramScratchBytes(batch, width))
    this.norms = arena.take(8 * batch)
    this.out = arena.take(8 * SUMS)
  }

  /** Statistics of X at an address, [batch, width] float32. */
  read(x: number): GramStatistics {
    const { kernels, m, n, matrix } = this
    kernels.gram(x, m, n, this.scratch, matrix)
    return gramStatisticsFrom({
      m,
      n,
      sums: this.sums(),
      singular: SINGULAR.float32,
      cholesky: () => this.cholesky(),
      matrix: () => this.arena.doubles(matrix, m * m).slice(),
    })
  }

  private sums(): GramSums {
    this.kernels.gramSums(this.matrix, this.m, this.norms, this.out)
    const values = this.arena.doubles(this.out, SUMS)
    const [pairs, sum, absolute, smallest, largest, trace, squares] = values as unknown as Seven
    return { pairs, sum, absolute, smallest, largest, trace, squares }
  }

  private cholesky() {
    this.kernels.cholesky(this.matrix, this.m, this.scratch, this.out)
    const [logDet, smallest] = this.arena.doubles(this.out, 2)
    const diagonal = this.arena.doubles(this.matrix, this.m * this.m)
    let trace = 0
    for (let a = 0; a < this.m; a++) trace += diagonal[a * this.m + a]!
    return { logDet: logDet!, minPivotRatio: smallest! / trace }
  }
}

type Seven = readonly [number, number, number, number, number, number, number]
