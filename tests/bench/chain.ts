import { Arena } from '../../src/engine/wasm/arena.ts'
import { type LayerKernels, loadLayerKernels } from '../../src/engine/wasm/kernels.ts'
import { activationIds } from '../../src/model/activations.ts'

/** Forward, backward with weight gradients, and the Jacobian product of plain tanh layers: what is timed. */
export interface Chain {
  readonly width: number
  readonly batch: number
  readonly depth: number
}

/** Floating-point operations of one chain: three products of the batch and one of squares, a layer. */
export const chainFlops = ({ width: n, batch: m, depth }: Chain): number =>
  depth * (6 * m * n * n + 2 * n * n * n)

/** Milliseconds of the fastest of several runs. */
export async function fastest(repeats: number, task: () => void | Promise<void>): Promise<number> {
  let best = Infinity
  for (let i = 0; i < repeats; i++) {
    const start = performance.now()
    await task()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** The chain on the layer kernels, one thread, float32. */
export async function wasmChain(chain: Chain): Promise<() => void> {
  const kernels = await loadLayerKernels()
  const arena = new Arena(kernels.memory, kernels.heapBase())
  const run = new WasmChain(kernels, arena, chain)
  return () => {
    run.forward()
    run.backward()
    run.jacobian()
  }
}

class WasmChain {
  private readonly kernels: LayerKernels
  private readonly arena: Arena
  private readonly ones: number
  private readonly chain: Chain
  private readonly kind = activationIds.indexOf('tanh')
  private readonly weights: readonly number[]
  private readonly z: readonly number[]
  private readonly x: readonly number[]
  private readonly square: readonly [number, number, number]
  private readonly rows: readonly [number, number]

  constructor(kernels: LayerKernels, arena: Arena, chain: Chain) {
    const { width: n, batch: m, depth } = chain
    this.kernels = kernels
    this.arena = arena
    this.chain = chain
    this.ones = arena.take(4 * n)
    arena.floats(this.ones, n).fill(1)
    const many = (count: number, bytes: number) =>
      Array.from({ length: count }, () => arena.take(bytes))
    this.weights = many(depth, 4 * n * n)
    this.weights.forEach((w, l) => {
      kernels.fillNormals(w, n * n, 1, 1, l + 1, 1 / Math.sqrt(n))
    })
    this.z = many(depth, 4 * m * n)
    this.x = many(depth + 1, 4 * m * n)
    kernels.fillNormals(this.x[0]!, m * n, 1, 4, 0, 1)
    this.square = [arena.take(4 * n * n), arena.take(4 * n * n), arena.take(4 * n * n)]
    this.rows = [arena.take(4 * m * n), arena.take(4 * m * n)]
  }

  forward(): void {
    const { width: n, batch: m } = this.chain
    this.weights.forEach((w, l) => {
      this.kernels.gemmTransposed(this.x[l]!, n, 1, w, n, this.z[l]!, n, m, n, n, 0)
      this.kernels.activate(this.z[l]!, this.x[l + 1]!, m * n, this.kind, 0, 1, 1, 0)
    })
  }

  backward(): void {
    const { width: n, batch: m } = this.chain
    const [g, d] = this.rows
    const [dw] = this.square
    this.kernels.fillNormals(g, m * n, 1, 6, 0, 1)
    for (let l = this.weights.length - 1; l >= 0; l--) {
      this.kernels.activateBackward(g, this.z[l]!, d, m * n, this.kind, 0, 1, 1)
      this.kernels.gemm(d, 1, n, this.x[l]!, n, dw, n, n, n, m, 0)
      this.kernels.gemm(d, n, 1, this.weights[l]!, n, g, n, m, n, n, 0)
    }
  }

  /** J = D W J for sample 0. */
  jacobian(): void {
    const { width: n } = this.chain
    let [from, to] = [this.square[1], this.square[2]]
    this.kernels.fillNormals(from, n * n, 1, 2, 0, 1 / Math.sqrt(n))
    const slopes = this.arena.floats(this.rows[0], n)
    this.weights.forEach((w, l) => {
      this.kernels.gemm(w, n, 1, from, n, to, n, n, n, n, 0)
      this.kernels.activateBackward(this.ones, this.z[l]!, this.rows[0], n, this.kind, 0, 1, 1)
      slopes.forEach((slope, i) => {
        this.kernels.scale(to + 4 * i * n, slope, n)
      })
      ;[from, to] = [to, from]
    })
  }
}
