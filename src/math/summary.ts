/** Summaries of small samples. NaN stands for a missing value and is left out by rule. */

const present = (values: Iterable<number>) => [...values].filter((v) => !Number.isNaN(v))

/** Arithmetic mean; NaN without values. */
export function mean(values: Iterable<number>): number {
  const kept = present(values)
  return kept.reduce((sum, v) => sum + v, 0) / kept.length
}

/** Unbiased variance (Welford); NaN with fewer than two values. */
export function variance(values: Iterable<number>): number {
  let [count, average, squares] = [0, 0, 0]
  for (const v of present(values)) {
    const delta = v - average
    average += delta / ++count
    squares += delta * (v - average)
  }
  return count < 2 ? NaN : squares / (count - 1)
}

/** Standard error of the mean; NaN with fewer than two values. */
export function standardError(values: Iterable<number>): number {
  const kept = present(values)
  return Math.sqrt(variance(kept) / kept.length)
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
 * Infinities are ordinary values; between an infinite and another value the nearer one is taken.
 */
export function quantile(values: Iterable<number>, p: number): number {
  const sorted = present(values).sort((a, b) => a - b)
  if (sorted.length === 0) return NaN
  const position = p * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!]
  const fraction = position - Math.floor(position)
  if (low === high || fraction === 0) return low
  if (!Number.isFinite(low) || !Number.isFinite(high)) return fraction < 0.5 ? low : high
  return low + fraction * (high - low)
}

export const median = (values: Iterable<number>): number => quantile(values, 0.5)

/** Slope of the least-squares line through (x, y); NaN with fewer than two different x. */
export function slope(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [sum(x) / x.length, sum(y) / y.length]
  let [cross, square] = [0, 0]
  for (let i = 0; i < x.length; i++) {
    cross += (x[i]! - mx) * (y[i]! - my)
    square += (x[i]! - mx) ** 2
  }
  return cross / square
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
