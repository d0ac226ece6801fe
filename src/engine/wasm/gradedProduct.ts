import { LOG10_2, type Scaled } from '../../base/scaled.ts'
import { headroom } from '../../math/gradedProduct.ts'
import type { StableProduct } from '../chain.ts'

/** What assembly/f64/index.ts exports; pointers are byte offsets into `memory`. */
export interface GradedKernels {
  readonly memory: WebAssembly.Memory
  heapBase(): number
  scratchBytes(ld: number): number
  multiplyTransposed(a: number, b: number, out: number, rows: number, ld: number): void
  multiply(a: number, b: number, out: number, ld: number): void
  rowNorms(m: number, ld: number, out: number): void
  gradedQr(...pointers: readonly number[]): number
  gradedSvd(...pointers: readonly number[]): number
  absorb(...pointers: readonly number[]): void
}

const PAGE_BYTES = 65_536

/** Where the arrays of one product lie, for matrices padded to `ld` (a multiple of 4). */
interface Layout {
  readonly ld: number
  q: number
  qNext: number
  t: number
  tNext: number
  readonly m: number
  readonly values: number
  readonly u: number
  readonly permuted: number
  readonly exponents: number
  readonly exponentsNext: number
  readonly order: number
  readonly sizes: number
  readonly scratch: number
}

function layOut(kernels: GradedKernels, n: number): Layout {
  const ld = (n + 3) & ~3
  let at = (kernels.heapBase() + 15) & ~15
  const take = (bytes: number) => {
    const start = at
    at += (bytes + 15) & ~15
    return start
  }
  const square = () => take(8 * ld * ld)
  const layout = {
    ld,
    q: square(),
    qNext: square(),
    t: square(),
    tNext: square(),
    m: square(),
    values: square(),
    u: square(),
    permuted: square(),
    exponents: take(8 * ld),
    exponentsNext: take(8 * ld),
    order: take(4 * ld),
    sizes: take(8 * ld),
    scratch: take(kernels.scratchBytes(ld)),
  }
  const missing = at - kernels.memory.buffer.byteLength
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE_BYTES))
  return layout
}

/** `GradedProduct` in WebAssembly: one at a time in a module, the next one takes its memory. */
export class WasmGradedProduct implements StableProduct {
  private readonly n: number
  private readonly kernels: GradedKernels
  private readonly at: Layout
  private rank: number

  constructor(kernels: GradedKernels, n: number) {
    this.n = n
    this.kernels = kernels
    this.rank = n
    this.at = layOut(kernels, n)
    const { ld, q, t, exponents } = this.at
    for (const start of [q, t]) {
      const matrix = this.view(start, ld * ld).fill(0)
      for (let i = 0; i < n; i++) matrix[i * ld + i] = 1
    }
    this.view(exponents, ld).fill(0)
  }

  advance(matrix: Float64Array, log2Scale: number): void {
    const { at } = this
    this.rank = this.step(matrix, log2Scale)
    ;[at.q, at.qNext] = [at.qNext, at.q]
    ;[at.t, at.tNext] = [at.tNext, at.t]
  }

  log10SingularValues(): Float64Array {
    const { ld, exponents, exponentsNext } = this.at
    this.view(exponentsNext, ld).set(this.view(exponents, ld))
    return this.decompose(this.at.t, this.rank)
  }

  log10SingularValuesAfter(factors: readonly Scaled[]): Float64Array {
    const { ld, q, t, exponents } = this.at
    const [rank, square] = [this.rank, ld * ld]
    const kept = [this.view(q, square), this.view(t, square), this.view(exponents, ld)].map((v) =>
      v.slice(),
    ) as [Float64Array, Float64Array, Float64Array]
    for (const { values, exponent } of factors) this.advance(values, exponent)
    const found = this.log10SingularValues()
    this.rank = rank
    this.view(this.at.q, square).set(kept[0])
    this.view(this.at.t, square).set(kept[1])
    this.view(exponents, ld).set(kept[2])
    return found
  }

  multiply(a: Float64Array, b: Float64Array): Float64Array {
    const { n, at } = this
    this.load(a, at.m)
    this.load(b, at.values)
    this.kernels.multiply(at.m, at.values, at.u, at.ld)
    const product = this.view(at.u, at.ld * at.ld)
    const out = new Float64Array(n * n)
    for (let i = 0; i < n; i++) out.set(product.subarray(i * at.ld, i * at.ld + n), i * n)
    return out
  }

  /** Absorbs a factor into qNext, tNext and the exponents; says the new rank. */
  private step(matrix: Float64Array, log2Scale: number): number {
    const { kernels, rank } = this
    const { ld, q, qNext, t, tNext, m, values, u, permuted } = this.at
    const { exponents, order, scratch, sizes } = this.at
    if (rank === 0) return 0
    const shift = headroom(matrix)
    this.load(matrix, m, 2 ** shift)
    kernels.multiplyTransposed(q, m, values, rank, ld)
    kernels.rowNorms(m, ld, sizes)
    const next = kernels.gradedQr(values, rank, ld, exponents, qNext, u, order, scratch, sizes)
    kernels.absorb(u, order, t, next, rank, ld, permuted, tNext)
    const scaled = this.view(exponents, next)
    for (let i = 0; i < next; i++) scaled[i]! += log2Scale - shift
    return next
  }

  /** Singular values of diag(2^exponentsNext) T. */
  private decompose(t: number, rank: number): Float64Array {
    const { ld, exponentsNext, values, u, order, scratch } = this.at
    const found = this.kernels.gradedSvd(t, rank, ld, exponentsNext, values, u, order, scratch)
    const out = new Float64Array(this.n).fill(-Infinity)
    out.set(
      this.view(exponentsNext, found)
        .slice()
        .sort()
        .reverse()
        .map((e) => e * LOG10_2),
    )
    return out
  }

  /** Copies an [n, n] matrix, times a power of two, into a padded one. */
  private load(matrix: Float64Array, start: number, factor = 1): void {
    const { n } = this
    const { ld } = this.at
    const padded = this.view(start, ld * ld)
    if (ld !== n) padded.fill(0)
    for (let i = 0; i < n; i++) padded.set(matrix.subarray(i * n, i * n + n), i * ld)
    if (factor !== 1) for (let i = 0; i < n * ld; i++) padded[i]! *= factor
  }

  private view(start: number, length: number): Float64Array {
    return new Float64Array(this.kernels.memory.buffer, start, length)
  }
}
