import { fittedRange, type Network } from './network.ts'

/** Growth does not exist for networks shallower than this. */
const MIN_DEPTH = 5

/**
 * Growth factor per layer going down of a row of log10 values: 10^-slope of the least-squares line over the fitted
 * layers (contract section 5).
 * @param row  an entry a layer 0 ... L
 * @returns null for depths under 5, fewer than two fitted layers, or values that are not finite
 */
export function growthOf(row: Float64Array, network: Network): number | null {
  const { first, last, step } = fittedRange(network)
  const count = Math.floor((last - first) / step) + 1
  if (network.depth < MIN_DEPTH || count < 2) return null
  const middle = first + (step * (count - 1)) / 2
  let cross = 0
  // Any number may be taken off the values; one of them keeps digits.
  for (let l = first; l <= last; l += step) cross += (l - middle) * (row[l]! - row[first]!)
  const square = (step * step * count * (count * count - 1)) / 12
  return Number.isFinite(cross) ? 10 ** (-cross / square) : null
}
