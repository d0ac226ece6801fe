/** The item whose layer is nearest to `layer`; undefined where there is none. */
export function nearest<T extends { readonly layer: number }>(
  items: readonly T[],
  layer: number,
): T | undefined {
  let best: T | undefined
  for (const item of items)
    if (!best || Math.abs(item.layer - layer) < Math.abs(best.layer - layer)) best = item
  return best
}
