/**
 * Indices of a long row that are worth drawing on `columns` pixels: first, lowest, highest and last of
 * every pixel's entries, so that no spike is lost. A short row is kept whole. `startOf`: the first entry
 * of a pixel; without it all pixels have as many.
 */
export function decimate(
  values: Float64Array,
  columns: number,
  startOf = (column: number) => Math.floor((column * values.length) / columns),
): readonly number[] {
  const count = values.length
  if (count <= 4 * columns) return Array.from({ length: count }, (_, i) => i)
  const kept: number[] = []
  for (let column = 0; column < columns; column++) {
    const first = startOf(column)
    const last = (column + 1 < columns ? startOf(column + 1) : count) - 1
    if (last < first) continue
    const [low, high] = extremes(values, first, last)
    for (const i of [first, Math.min(low, high), Math.max(low, high), last])
      if (i !== kept.at(-1)) kept.push(i)
  }
  return kept
}

/** Where the lowest and the highest value of the entries first ... last are. */
function extremes(values: Float64Array, first: number, last: number): readonly [number, number] {
  let [low, high] = [first, first]
  for (let i = first; i <= last; i++) {
    const value = values[i]!
    if (value < values[low]! || Number.isNaN(values[low])) low = i
    if (value > values[high]! || Number.isNaN(values[high])) high = i
  }
  return [low, high]
}
