import { combine, type Scaled } from '../base/scaled.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import type { LayerJacobian } from './jacobian.ts'
import { times } from './reference/matrix.ts'

/** A product of many matrices that keeps every singular value, however small (GradedProduct or its wasm twin). */
export interface StableProduct {
  /** J becomes 2^log2Scale * matrix * J; [n, n] row-major, finite. */
  advance(matrix: Float64Array, log2Scale: number): void
  /** log10 of all n singular values, largest first; -Infinity for exact zeros. */
  log10SingularValues(): Float64Array
  /** The same after one more factor, which is not kept. */
  log10SingularValuesAfter(matrix: Float64Array, log2Scale: number): Float64Array
  /** A plain product a b, [n, n]. */
  multiply(a: Float64Array, b: Float64Array): Float64Array
}

/** d x_l / d x_0 along the layers of a network, mixing and blocks included. */
export class JacobianChain {
  private readonly network: Network
  private readonly product: StableProduct
  /** Product of the branch Jacobians since the last block end, where that is not yet part of `product`. */
  private block: Scaled | undefined

  constructor(network: Network, product: StableProduct) {
    this.network = network
    this.product = product
  }

  advance(layer: number, jacobian: LayerJacobian): void {
    const { alpha, width: n } = this.network
    const own: Scaled = { values: jacobian.matrix, exponent: jacobian.exponent }
    if (alpha === 0) {
      this.absorb(isBlockEnd(this.network, layer) ? scaledBy(own, this.network.beta) : own)
      return
    }
    this.block = this.block
      ? {
          values: times(own.values, this.block.values, n),
          exponent: own.exponent + this.block.exponent,
        }
      : own
    if (jacobian.s === undefined) return
    this.absorb(mixed(this.block, jacobian.s, this.network))
    this.block = undefined
  }

  private absorb({ values, exponent }: Scaled): void {
    this.product.advance(values, exponent)
  }

  /** log10 of all singular values at the layer reached, largest first; -Infinity for exact zeros. */
  log10SingularValues(): Float64Array {
    if (!this.block) return this.product.log10SingularValues()
    const inside = this.product.clone()
    inside.advance(this.block.values, this.block.exponent)
    return inside.log10SingularValues()
  }
}

function scaledBy({ values, exponent }: Scaled, factor: number): Scaled {
  return factor === 1 ? { values, exponent } : { values: values.map((v) => v * factor), exponent }
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
