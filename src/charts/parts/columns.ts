import type { Plot } from './plot.ts'

/** Where the column of item i of a density stands: halfway to its neighbours, at the end as far as on the other side. */
export function columnOf(
  plot: Plot,
  items: readonly { readonly layer: number }[],
  i: number,
): readonly [number, number] {
  const layer = (j: number) => items[j]?.layer
  const here = layer(i) ?? 0
  const [before, after] = [layer(i - 1) ?? 0, layer(i + 1)]
  const from = i === 0 ? 0 : (before + here) / 2
  const to = after === undefined ? Math.min(plot.depth, 2 * here - from) : (here + after) / 2
  return [plot.x(from), plot.x(to)]
}
