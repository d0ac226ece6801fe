import { combination, exponentOf, rescaled, type Scaled, ZERO_EXPONENT } from '../../base/scaled.ts'
import { activationIds, activations } from '../../model/activations.ts'
import { normalizations } from '../../model/normalizations.ts'
import { gainAt, type Network } from '../../model/network.ts'
import { activateBackward, activationScales, MAX_EXPONENT } from '../reference/activate.ts'
import type { Arena } from './arena.ts'
import type { LayerKernels } from './kernels.ts'
import { floatExponent } from './weightCache.ts'

/** A float32 matrix in WebAssembly memory: true value = 2^exponent * stored value. */
export interface Block {
  readonly at: number
  readonly exponent: number
}

/** A gradient under this share of what flowed in has run out of float32 range, not out of size. */
const UNDERFLOW = 1e-30
const COMFORT_EXPONENT = 16

/** A block and the factor it comes with. */
type Weighted = readonly [factor: number, block: Block]

/** Statistics of the groups that a normalization used, float64 [groups] each. */
export interface GroupTape {
  readonly mean: number
  readonly inverse: number
  /** Exponent of H. */
  readonly exponent: number
}

/** The pieces of a layer step on blocks of [batch, width]; each writes where it is told. */
export class LayerSteps {
  private readonly kernels: LayerKernels
  private readonly arena: Arena
  private readonly network: Network
  private readonly kind: number
  private readonly count: number

  constructor(kernels: LayerKernels, arena: Arena, network: Network) {
    this.kernels = kernels
    this.arena = arena
    this.network = network
    this.kind = activationIds.indexOf(network.config.act)
    this.count = network.batch * network.width
  }

  meanSquare({ at }: Block): number {
    return this.kernels.sumOfSquares(at, this.count) / this.count
  }

  /** Moves a power of two from values to exponent when they have left the comfortable range. */
  rescale(block: Block): Block {
    const meanSquare = this.meanSquare(block)
    if (meanSquare === 0) return { at: block.at, exponent: ZERO_EXPONENT }
    const shift = Math.floor(0.5 * Math.log2(meanSquare))
    if (Math.abs(shift) <= COMFORT_EXPONENT) return block
    this.kernels.scale(block.at, 2 ** -shift, this.count)
    return { at: block.at, exponent: block.exponent + shift }
  }

  /** out = X W^T + b */
  linear(x: Block, w: number, b: number, out: number): Block {
    const { batch: m, width: n, config } = this.network
    this.product(x.at, w, out, true)
    const product = this.rescale({ at: out, exponent: x.exponent + floatExponent(config.sw) })
    if (config.sb === 0) return product
    const { p, q, exponent } = combination(1, product.exponent, 1, floatExponent(config.sb))
    this.kernels.addBias(out, b, m, n, p, q)
    return this.rescale({ at: out, exponent })
  }

  /** out = D W */
  throughWeights(d: Block, w: number, out: number): Block {
    this.product(d.at, w, out, false)
    return { at: out, exponent: d.exponent + floatExponent(this.network.config.sw) }
  }

  /**
   * out = X W, or X W^T where `turned`. The halves of mirrored weights are summed apart, so that they
   * cancel exactly where they meet equal halves of a row.
   */
  private product(x: number, w: number, out: number, turned: boolean): void {
    const { batch: m, width: n, config } = this.network
    const half = config.init === 'looks_linear' ? n / 2 : n
    const multiply = turned ? 'gemmTransposed' : 'gemm'
    const secondHalf = w + 4 * half * (turned ? 1 : n)
    this.kernels[multiply](x, n, 1, w, n, out, n, m, n, half, 0)
    if (half < n)
      this.kernels[multiply](x + 4 * half, n, 1, secondHalf, n, out, n, m, n, n - half, 1)
  }

  /** out = D S, or D S^T where `turned`, for a matrix of order one. */
  throughFilter(d: Block, s: number, out: number, turned: boolean): Block {
    const { batch: m, width: n } = this.network
    const multiply = turned ? 'gemmTransposed' : 'gemm'
    this.kernels[multiply](d.at, n, 1, s, n, out, n, m, n, n, 0)
    return { at: out, exponent: d.exponent }
  }

  /** X *= factor, whose power of two goes to the exponent. */
  multiply(x: Block, factor: number): Block {
    const whole = exponentOf(factor)
    this.kernels.scale(x.at, factor === 0 ? 0 : factor / 2 ** whole, this.count)
    return { at: x.at, exponent: x.exponent + whole }
  }

  /** Z = norm(H) into `out`, group statistics into the tape; H itself without normalization. */
  normalize(
    h: Block,
    out: number,
    tape: { readonly mean: number; readonly inverse: number },
  ): Block {
    const groups = this.groups()
    if (!groups) return h
    const { count, step, size, stride, centred } = groups
    this.kernels.normalize(h.at, out, count, step, size, stride, centred, tape.mean, tape.inverse)
    return { at: out, exponent: 0 }
  }

  normalizeBackward(dz: Block, z: Block, tape: GroupTape, out: number): Block {
    const groups = this.groups()
    if (!groups) return dz
    const { count, step, size, stride, centred } = groups
    // Of zeros nothing passes back, at no scale: theirs must not outweigh what a filter carries past them.
    const exponent = dz.exponent - (tape.exponent === ZERO_EXPONENT ? 0 : tape.exponent)
    // A centred group of two is +-1 whatever it was: exactly no gradient.
    if (centred === 1 && size === 2) this.arena.floats(out, this.count).fill(0)
    else
      this.kernels.normalizeBackward(
        ...[dz.at, z.at, out, count, step, size, stride, centred, tape.inverse],
      )
    return { at: out, exponent }
  }

  private groups() {
    const { batch: m, width: n, config } = this.network
    const { axis, centred } = normalizations[config.norm]
    if (axis === 'none') return undefined
    const flag = centred ? 1 : 0
    return axis === 'batch'
      ? { count: n, step: 1, size: m, stride: n, centred: flag }
      : { count: m, step: n, size: n, stride: 1, centred: flag }
  }

  /** Y = a phi(g Z) + b */
  activate(z: Block, layer: number, out: number): Block {
    const scales = activationScales(z.exponent, this.network, layer, MAX_EXPONENT.float32)
    const { factor, scale, shift, exponent } = scales
    const { slope } = this.network.config
    this.kernels.activate(z.at, out, this.count, this.kind, slope, factor, scale, shift)
    return this.rescale({ at: out, exponent })
  }

  /** dZ = dY a g phi'(g Z); slopes that float32 cannot hold, or take where they are, go through float64. */
  activateBackward(dy: Block, z: Block, layer: number, out: number): Block {
    const { network, kind, count } = this
    const { factor } = activationScales(z.exponent, network, layer, MAX_EXPONENT.float32)
    const gain = gainAt(network.config, layer)
    const whole = exponentOf(gain)
    const fallsOff = activations[network.config.act].lnSlopeFar !== undefined
    if (fallsOff && z.exponent + whole > MAX_EXPONENT.float32)
      return this.activateBackwardSlowly(dy, z, layer, out)
    const scale = gain === 0 ? 0 : network.a * (gain / 2 ** whole)
    const { slope } = network.config
    this.kernels.activateBackward(dy.at, z.at, out, count, kind, slope, factor, scale)
    const result = { at: out, exponent: dy.exponent + whole }
    const [before, after] = [this.meanSquare(dy), this.meanSquare(result)]
    return before > 0 && after < UNDERFLOW * UNDERFLOW * before
      ? this.activateBackwardSlowly(dy, z, layer, out)
      : result
  }

  private activateBackwardSlowly(dy: Block, z: Block, layer: number, out: number): Block {
    const read = ({ at, exponent }: Block): Scaled => {
      return { values: Float64Array.from(this.arena.floats(at, this.count)), exponent }
    }
    const { values, exponent } = rescaled(activateBackward(read(dy), read(z), this.network, layer))
    this.arena.floats(out, this.count).set(values)
    return { at: out, exponent }
  }

  /** out = alpha x + beta y on the larger of the two scales. */
  combine([alpha, x]: Weighted, [beta, y]: Weighted, out: number): Block {
    const { p, q, exponent } = combination(alpha, x.exponent, beta, y.exponent)
    this.kernels.combine(p, x.at, q, y.at, out, this.count)
    return this.rescale({ at: out, exponent })
  }
}
