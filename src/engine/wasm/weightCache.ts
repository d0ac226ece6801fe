import { exponentOf } from '../../base/scaled.ts'
import type { InitializationId } from '../../model/initializations.ts'
import type { Network } from '../../model/network.ts'
import { roles } from '../../model/streams.ts'
import { planLayer } from '../draw.ts'
import { type GivenWeights, givenFilter, givenLayer } from '../given.ts'
import type { Arena } from './arena.ts'
import type { LayerKernels } from './kernels.ts'

/** Addresses of a layer's weights; `s` is 0 where no filter matrix is mixed in. */
export interface WeightPointers {
  readonly w: number
  readonly b: number
  readonly s: number
}

/** Scales under this are drawn at order one, and their power of two stands apart: float32 ends at 1e-38. */
const SMALLEST_PLAIN = 2 ** -20

/** The power of two by which drawn entries of a scale must be multiplied. */
export function floatExponent(scale: number): number {
  return scale > 0 && scale < SMALLEST_PLAIN ? exponentOf(scale) : 0
}

const atOrderOne = (scale: number) => scale / 2 ** floatExponent(scale)

interface DrawRequest {
  readonly out: number
  readonly n: number
  readonly sw: number
  readonly seed: number
  readonly layer: number
}

/**
 * Drawn weights, kept in as many slots as the budget holds and drawn again when their slot was needed
 * for another layer. The slots outlive a run: a run that differs only in what happens between the
 * matrices finds them drawn.
 */
export class WeightCache {
  private readonly kernels: LayerKernels
  private readonly arena: Arena
  private signature = ''
  private held: Int32Array = new Int32Array(0)
  private slots: readonly WeightPointers[] = []
  private scratch = 0
  /** The slots lie between these marks of the arena; runs use what comes after. */
  private readonly start: number
  private end: number
  private given: GivenWeights | undefined
  milliseconds = 0

  constructor(kernels: LayerKernels, arena: Arena) {
    this.kernels = kernels
    this.arena = arena
    this.start = this.end = arena.mark()
  }

  /** Prepares for a network, drawn or given; drops everything where its weights are other ones. */
  prepare(
    network: Network,
    seed: number,
    budgetBytes: number,
    given: GivenWeights | undefined,
  ): void {
    this.given = given
    const { config, width: n, depth } = network
    const { init, sw, sb, tied, branch } = config
    const filters = config.mix === 'orthogonal'
    const slotBytes = 4 * n * (n + 1) + (filters ? 4 * n * n : 0)
    const needed = config.tied === 1 ? branch : depth
    const count = Math.max(branch, Math.min(needed, Math.floor(budgetBytes / slotBytes)))
    const blocks = filters ? [depth, branch] : [1]
    const source = given ? [given.id, ...blocks] : [filters ? branch : 1]
    const signature = [seed, n, init, sw, sb, tied, filters, given !== undefined, ...source].join()
    if (signature !== this.signature || count > this.slots.length) {
      this.signature = signature
      this.allocate(n, count, filters)
    }
    this.arena.release(this.end)
  }

  private allocate(n: number, count: number, filters: boolean): void {
    this.arena.release(this.start)
    this.scratch = this.arena.take(this.kernels.haarScratchBytes(n) + 4 * n * n)
    this.held = new Int32Array(count).fill(-1)
    this.slots = Array.from({ length: count }, () => ({
      w: this.arena.take(4 * n * n),
      b: this.arena.take(4 * n),
      s: filters ? this.arena.take(4 * n * n) : 0,
    }))
    this.end = this.arena.mark()
  }

  /** Weights of a layer, drawn if they are not there. Tied layers share slots by their place in a block. */
  at(network: Network, seed: number, layer: number): WeightPointers {
    const { tied, branch } = network.config
    const index = (tied === 1 ? (layer - 1) % branch : layer - 1) % this.slots.length
    const slot = this.slots[index]!
    const identity = tied === 1 ? index + 1 : layer
    if (this.held[index] !== identity) {
      const start = performance.now()
      this.draw(network, seed, identity, slot)
      this.held[index] = identity
      this.milliseconds += performance.now() - start
    }
    return slot
  }

  private draw(network: Network, seed: number, layer: number, slot: WeightPointers): void {
    const { config, width: n } = network
    const { weightLayer, filterLayer } = planLayer(network, layer)
    if (this.given) this.copy(givenLayer(this.given, n, weightLayer), n, slot)
    else {
      const sw = atOrderOne(config.sw)
      this.drawers[config.init]({ out: slot.w, n, sw, seed, layer: weightLayer })
      this.drawBias(network, seed, weightLayer, slot.b)
    }
    if (filterLayer === undefined) return
    const s = givenFilter(this.given, network, filterLayer)
    if (s) this.arena.floats(slot.s, n * n).set(s)
    else this.kernels.haar(slot.s, n, this.scratch, seed, roles.filter, filterLayer, 1)
  }

  private copy({ w, b }: ReturnType<typeof givenLayer>, n: number, slot: WeightPointers): void {
    this.arena.floats(slot.w, n * n).set(w)
    const bias = this.arena.floats(slot.b, n)
    if (b) bias.set(b)
    else bias.fill(0)
  }

  private drawBias({ config, width: n }: Network, seed: number, layer: number, out: number): void {
    if (config.sb > 0)
      this.kernels.fillNormals(out, n, seed, roles.bias, layer, atOrderOne(config.sb))
    else this.arena.floats(out, n).fill(0)
  }

  /** The float32 twins of the laws in model/initializations.ts. */
  private readonly drawers: Readonly<Record<InitializationId, (request: DrawRequest) => void>> = {
    gaussian: ({ out, n, sw, seed, layer }) => {
      this.kernels.fillNormals(out, n * n, seed, roles.weight, layer, sw / Math.sqrt(n))
    },
    uniform: ({ out, n, sw, seed, layer }) => {
      this.kernels.fillUniforms(out, n * n, seed, roles.weight, layer, sw * Math.sqrt(3 / n))
    },
    orthogonal: ({ out, n, sw, seed, layer }) => {
      this.kernels.haar(out, n, this.scratch, seed, roles.weight, layer, sw)
    },
    looks_linear: ({ out, n, sw, seed, layer }) => {
      const block = this.scratch + this.kernels.haarScratchBytes(n / 2) + 64
      this.kernels.haar(block, n / 2, this.scratch, seed, roles.weight, layer, sw)
      this.kernels.mirror(block, out, n / 2)
    },
  }
}
