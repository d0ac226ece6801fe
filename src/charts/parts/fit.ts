import { mean, slope } from '../../math/summary.ts'

/** A straight line through some entries of a row. */
export interface Fit {
  readonly slope: number
  /** The line from the first to the last of the layers it was fitted on, NaN elsewhere; as long as the row. */
  readonly row: Float64Array
  /** Root mean square of what the line misses. */
  readonly miss: number
}

/**
 * The least-squares line of a row against `placeOf(layer)` over `layers`; null where there is none (an
 * entry is infinite or does not exist, or there are fewer than two layers).
 */
export function fitOf(
  values: Float64Array,
  layers: readonly number[],
  placeOf: (layer: number) => number,
): Fit | null {
  const heights = layers.map((layer) => values[layer]!)
  if (layers.length < 2 || !heights.every(Number.isFinite)) return null
  const places = layers.map(placeOf)
  const steepness = slope(places, heights)
  const base = mean(heights) - steepness * mean(places)
  const row = new Float64Array(values.length).fill(NaN)
  for (let l = layers[0]!; l <= layers.at(-1)!; l++) row[l] = base + steepness * placeOf(l)
  const squares = layers.map((layer) => (row[layer]! - values[layer]!) ** 2)
  return { slope: steepness, row, miss: Math.sqrt(mean(squares)) }
}
