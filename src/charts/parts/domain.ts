import { nice, ticks } from 'd3-array'
import { formatCount, formatLog10, formatNumber, superscript } from '../../base/formatLog10.ts'

export type Domain = readonly [number, number]

const PADDING = 0.05
/** An axis ends on one of about so many round steps: small changes of the curves leave it where it is. */
const ROUND_STEPS = 20

/** Lowest and highest finite value of all rows; undefined where there is none. */
export function extent(rows: readonly ArrayLike<number>[]): Domain | undefined {
  let [low, high] = [Infinity, -Infinity]
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      const value = row[i]!
      // Infinities and NaN are off every scale.
      if (value - value !== 0) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : undefined
}

/** The finite values of all rows with a margin, at least `minSpan` wide, to round ends; around 0 where there is none. */
export function domainOf(rows: readonly ArrayLike<number>[], minSpan: number): Domain {
  const [low, high] = extent(rows) ?? [0, 0]
  const missing = Math.max(0, minSpan - (high - low)) / 2
  const margin = PADDING * Math.max(minSpan, high - low)
  return nice(low - missing - margin, high + missing + margin, ROUND_STEPS)
}

export interface Tick {
  readonly value: number
  readonly label: string
}

/** Whole powers of ten where there are several; 1, 2, 5 times a power of ten on a short axis. */
export function log10Ticks([low, high]: Domain, count: number): readonly Tick[] {
  const powers = [...new Set(ticks(low, high, count).filter(Number.isInteger))]
  if (powers.length >= 3)
    return powers.map((value) => ({ value, label: value === 0 ? '1' : `10${superscript(value)}` }))
  const first = Math.floor(low)
  const values = Array.from({ length: Math.ceil(high) - first }, (_, i) => first + i)
    .flatMap((power) => [1, 2, 5].map((mantissa) => power + Math.log10(mantissa)))
    .filter((value) => value >= low && value <= high)
  return values.map((value) => ({ value, label: formatLog10(value, 1) }))
}

export function linearTicks([low, high]: Domain, count: number): readonly Tick[] {
  return ticks(low, high, count).map((value) => ({ value, label: formatNumber(value) }))
}

const MANTISSAS = [1, 2, 5]
/** Ticks nearer to each other than this share of the axis would touch. */
const LOG_TICK_SHARE = 0.5

/** Layers for an axis of log(1 + layer): the input and 1, 2, 5 times powers of ten, as many as there is room for. */
export function logLayerTicks(depth: number, count: number): readonly Tick[] {
  const place = (layer: number) => Math.log1p(layer) / Math.log1p(depth)
  const powers = Array.from({ length: Math.floor(Math.log10(depth)) + 1 }, (_, e) => 10 ** e)
  const layers = [0, ...powers.flatMap((power) => MANTISSAS.map((mantissa) => mantissa * power))]
  const kept: number[] = []
  for (const layer of layers) {
    const before = kept.at(-1)
    const isFree = before === undefined || place(layer) - place(before) > LOG_TICK_SHARE / count
    if (layer <= depth && isFree) kept.push(layer)
  }
  return kept.map((value) => ({ value, label: formatCount(value) }))
}

/** Whole numbers from 1 on. */
export function rankTicks(count: number, most: number): readonly Tick[] {
  const after = layerTicks(count, most).slice(1)
  const [second] = after
  return second?.value === 1 ? after : [{ value: 1, label: '1' }, ...after]
}

/** Whole numbers only: layers. */
export function layerTicks(depth: number, count: number): readonly Tick[] {
  const whole = ticks(0, depth, count).filter(Number.isInteger)
  return whole.map((value) => ({ value, label: formatCount(value) }))
}
