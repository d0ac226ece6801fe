import { EngineError } from '../errors.ts'

const PAGE_BYTES = 65_536
const ALIGNMENT = 64
/** Kernels may read and write up to a group of eight past the end. */
const SLACK_BYTES = 64
/** Growing page by page took an eighth of a run of 2000 layers: it grows by half of what it has, up to this. */
const MAX_STEP_BYTES = 32 * 2 ** 20

/** Bump allocation over a WebAssembly memory: what is taken later is given back earlier. */
export class Arena {
  private readonly memory: WebAssembly.Memory
  private top: number

  constructor(memory: WebAssembly.Memory, start: number) {
    this.memory = memory
    this.top = align(start)
  }

  /** Address of `bytes` fresh bytes, with slack behind them; grows the memory as needed. */
  take(bytes: number): number {
    const start = this.top
    this.top = align(start + bytes + SLACK_BYTES)
    const missing = this.top - this.memory.buffer.byteLength
    if (missing > 0) this.grow(missing)
    return start
  }

  /** Grows by a good step, or by what is missing where that is more or all that is to be had. */
  private grow(missing: number): void {
    const step = Math.min(this.memory.buffer.byteLength / 2, MAX_STEP_BYTES)
    if (this.hasGrown(Math.max(missing, step)) || this.hasGrown(missing)) return
    const megabytes = Math.ceil(missing / 2 ** 20)
    throw new EngineError('out-of-memory', `the browser gave no further ${megabytes} MB`)
  }

  private hasGrown(bytes: number): boolean {
    try {
      this.memory.grow(Math.ceil(bytes / PAGE_BYTES))
      return true
    } catch {
      return false
    }
  }

  /** Where the next taking will start; `release` gives back everything from a mark on. */
  mark(): number {
    return this.top
  }

  release(mark: number): void {
    this.top = mark
  }

  floats(start: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, start, length)
  }

  doubles(start: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, start, length)
  }
}

const align = (address: number) => Math.ceil(address / ALIGNMENT) * ALIGNMENT
