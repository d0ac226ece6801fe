import type { Scaled } from '../base/scaled.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import type { FloatArray } from './backend.ts'

/** Rows closer than this, against their size, are copies: the thresholds of a collapsed column. */
const COPY_FLOAT64 = 1e-13
const COPY_FLOAT32 = 1e-6

/** More than this many different rows never cancel. */
const MOST_CANCELLING = 2

/** How many different rows X has, counted up to one more than can cancel. */
export function countDistinctRows({ values }: Scaled<FloatArray>, width: number): number {
  const seen: FloatArray[] = []
  for (let start = 0; start < values.length && seen.length <= MOST_CANCELLING; start += width) {
    const row = values.subarray(start, start + width)
    if (!seen.some((other) => isCopy(row, other))) seen.push(row)
  }
  return seen.length
}

function isCopy(row: FloatArray, other: FloatArray): boolean {
  const tolerance = row instanceof Float64Array ? COPY_FLOAT64 : COPY_FLOAT32
  let [apart, size] = [0, 0]
  for (let j = 0; j < row.length; j++) {
    apart += (row[j]! - other[j]!) ** 2
    size += row[j]! ** 2
  }
  return apart <= tolerance * tolerance * size
}

/**
 * Is d loss / d W_l exactly zero because the batch holds too few different rows?
 *
 * Copies of a row stay copies in every layer and meet equal factors in d loss / d W, so that only the
 * gradient's sums over copies count. Batch normalization makes these sums orthogonal to one direction
 * for the division and to one more for the centring: with as many different rows, nothing is left.
 * In the pre-activation order the cotangent reaches the weights of the last layer, and of every block
 * end that mixes, past all normalizations.
 */
export function weightGradientVanishes(
  network: Network,
  distinctRows: number,
  layer: number,
): boolean {
  const { norm, order } = network.config
  const { axis, centred } = normalizations[norm]
  if (axis !== 'batch' || distinctRows > (centred ? 2 : 1)) return false
  if (order === 'linear_norm_act') return true
  return layer < network.depth && (network.alpha === 0 || !isBlockEnd(network, layer))
}
