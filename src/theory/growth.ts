import { slope } from '../math/summary.ts'
import { fittedLayers, type Network } from '../model/network.ts'

/** Growth does not exist for networks shallower than this. */
const MIN_DEPTH = 5

/**
 * Growth factor per layer going down of a row of log10 values, by least squares over the fitted layers.
 * @returns null for depths under 5, fewer than two fitted layers, or values that are not finite
 */
export function growthOf(row: Float64Array, network: Network): number | null {
  if (network.depth < MIN_DEPTH) return null
  const layers = fittedLayers(network)
  const values = layers.map((l) => row[l]!)
  if (layers.length < 2 || !values.every(Number.isFinite)) return null
  return 10 ** -slope(layers, values)
}
