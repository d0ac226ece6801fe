import { combine, rescaled, type Scaled, sumOfSquares } from '../base/scaled.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import type { LayerJacobian } from './jacobian.ts'

/** A product of many matrices that keeps every singular value, however small (GradedProduct or its wasm twin). */
export interface StableProduct {
  /** J becomes 2^log2Scale * matrix * J; [n, n] row-major, finite. */
  advance(matrix: Float64Array, log2Scale: number): void
  /** log10 of all n singular values, largest first; -Infinity for exact zeros. */
  log10SingularValues(): Float64Array
  /** The same after more factors, the first to act first, which are not kept. */
  log10SingularValuesAfter(factors: readonly Scaled[]): Float64Array
  /** A plain product a b, [n, n]. */
  multiply(a: Float64Array, b: Float64Array): Float64Array
}

/** A plain product of mixed layers may lose this much (ln of its condition number) before it is absorbed. */
const MAX_LN_CONDITION = Math.log(1e4)

/** d x_l / d x_0 along the layers of a network, mixing and blocks included. */
export class JacobianChain {
  private readonly network: Network
  private readonly product: StableProduct
  /** Plain product of whole blocks not yet absorbed, and a bound of ln of its condition number. */
  private pending: Scaled | undefined
  private lnCondition = 0
  /** Plain product of the branch Jacobians since the last block end. */
  private block: Scaled | undefined
  /** The same Jacobians one by one, for spectra inside the block: their plain product may be ill-conditioned. */
  private open: readonly LayerJacobian[] = []

  constructor(network: Network, product: StableProduct) {
    this.network = network
    this.product = product
  }

  advance(layer: number, jacobian: LayerJacobian): void {
    if (this.network.alpha === 0) this.absorbFactors(layer, jacobian)
    else this.extendBlock(jacobian)
  }

  /** No filter: every layer is absorbed at once, since it may be as ill-conditioned as it likes. */
  private absorbFactors(layer: number, jacobian: LayerJacobian): void {
    for (const { values, exponent } of jacobian.factors()) this.product.advance(values, exponent)
    const { beta, width: n } = this.network
    if (beta !== 1 && isBlockEnd(this.network, layer))
      this.product.advance(
        identity(n).map((v) => v * beta),
        0,
      )
  }

  /** With a filter, whole blocks alpha S + beta P are gathered while they stay well conditioned. */
  private extendBlock(jacobian: LayerJacobian): void {
    this.block = this.times(jacobian.whole(), this.block)
    this.open = [...this.open, jacobian]
    if (jacobian.s === undefined) return
    const loss = lnConditionBound(this.block, this.network)
    if (this.lnCondition + loss > MAX_LN_CONDITION) this.settle()
    this.pending = this.times(mixed(this.block, jacobian.s, this.network), this.pending)
    this.lnCondition += loss
    this.block = undefined
    this.open = []
  }

  /** Absorbs what is pending; the digits of all that follows depend on where this is done. */
  settle(): void {
    if (this.pending) this.product.advance(this.pending.values, this.pending.exponent)
    this.pending = undefined
    this.lnCondition = 0
  }

  private times(left: Scaled, right: Scaled | undefined): Scaled {
    if (!right) return left
    const values = this.product.multiply(left.values, right.values)
    return rescaled({ values, exponent: left.exponent + right.exponent })
  }

  /** log10 of all singular values at the layer reached, largest first; -Infinity for exact zeros. */
  log10SingularValues(): Float64Array {
    this.settle()
    return this.open.length > 0
      ? this.product.log10SingularValuesAfter(this.open.flatMap((layer) => layer.factors()))
      : this.product.log10SingularValues()
  }
}

/** ln of (alpha + beta s) / (alpha - beta s) with s the Frobenius norm of the branch; Infinity if alpha <= beta s. */
function lnConditionBound(branch: Scaled, { alpha, beta }: Network): number {
  const s = beta * Math.sqrt(sumOfSquares(branch.values)) * 2 ** branch.exponent
  return alpha > s ? Math.log((alpha + s) / (alpha - s)) : Infinity
}

/** alpha S + beta P */
function mixed(
  block: Scaled,
  s: Float64Array | 'identity',
  { alpha, beta, width: n }: Network,
): Scaled {
  const filter = s === 'identity' ? identity(n) : s
  return combine(alpha, { values: filter, exponent: 0 }, beta, block)
}

export function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
}
