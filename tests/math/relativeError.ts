/** |value - expected| / |expected|; Infinity if either is not finite, the plain error at expected 0. */
export function relativeError(value: number, expected: number): number {
  if (!Number.isFinite(value) || !Number.isFinite(expected)) return Infinity
  return Math.abs(value - expected) / (Math.abs(expected) || 1)
}
