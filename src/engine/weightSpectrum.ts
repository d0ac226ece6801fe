import { resolveNetwork } from '../model/network.ts'
import { drawWeight } from './draw.ts'
import type { WeightsRequest } from './protocol.ts'
import { onProcessor } from './select.ts'

/**
 * log10 of the singular values of one layer's W, largest first; -Infinity for exact zeros. W is drawn as engines
 * draw it, or given.
 *
 * Accuracy: 1e-10 in log10 against NumPy (tests/numpy/weights).
 */
export async function weightSpectrum(request: WeightsRequest): Promise<Float64Array> {
  const { newProduct } = await onProcessor('')
  const product = newProduct(request.config.width)
  product.advance(weightsOf(request), 0)
  return product.log10SingularValues()
}

function weightsOf({ config, drawnLayer, given }: WeightsRequest): Float64Array {
  return given
    ? Float64Array.from(given)
    : drawWeight(resolveNetwork(config), config.seed, drawnLayer)
}
