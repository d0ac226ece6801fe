import { type Domain, domainOf, type Tick } from '../parts/domain.ts'
import type { SweepChartPoint, SweepChartProps } from './sweepProps.ts'

const MARGIN = { left: 52, right: 18, top: 10, bottom: 34 }
const PIXELS_A_CHARACTER = 7
const MIN_DECADES = 0.5
const MIN_SPAN = 0.02
/** Room beside the outermost points, as a share of the axis. */
const PADDING = 0.06

/** Where things are in the drawing. */
export interface Places {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: (place: number) => number
  readonly y: (value: number) => number
  readonly domain: Domain
}

/** What every part of the drawing goes by. */
export interface InsideProps {
  readonly props: SweepChartProps
  readonly places: Places
}

/** A value of the quantity in the units of the axis: itself, or its logarithm, whichever it comes as. */
export function raised(value: number, { quantity, up }: SweepChartProps): number {
  if (quantity.isLog10 === (up === 'log')) return value
  return up === 'log' ? Math.log10(value) : 10 ** value
}

const between = ([low, high]: Domain, [from, to]: Domain) => {
  const scale = (to - from) / (high - low)
  return (value: number) => from + (value - low) * scale
}

function acrossOf({ points, across }: SweepChartProps): (place: number) => number {
  const bend = across === 'log' ? Math.log10 : (place: number) => place
  const ends = [points[0]?.place ?? 0, points.at(-1)?.place ?? 1].map(bend)
  const [low, high] = ends[0] === ends[1] ? [ends[0]! - 1, ends[0]! + 1] : [ends[0]!, ends[1]!]
  const share = between([low, high], [PADDING, 1 - PADDING])
  return (place) => share(bend(place))
}

export function placesOf(props: SweepChartProps): Places {
  const { width, height, points, up } = props
  const [left, top] = [MARGIN.left, MARGIN.top]
  const right = Math.max(left + 20, width - MARGIN.right)
  const bottom = Math.max(top + 20, height - MARGIN.bottom)
  const rows = points.flatMap(({ measured, predicted, low: p10, high: p90 }) => [
    ...[measured, predicted],
    ...[p10, p90],
  ])
  const values = rows.map((value) => raised(value, props))
  const domain = domainOf([values], up === 'log' ? MIN_DECADES : MIN_SPAN)
  const share = acrossOf(props)
  const y = between(domain, [bottom, top])
  return { left, right, top, bottom, domain, y, x: (place) => left + share(place) * (right - left) }
}

/** The points themselves where there is room for their names. */
export function pointTicks(points: readonly SweepChartPoint[], x: Places['x']): readonly Tick[] {
  const ticks: Tick[] = []
  let free = -Infinity
  for (const { place, label } of points) {
    const half = (PIXELS_A_CHARACTER * (label.length + 1)) / 2
    if (x(place) - half < free) continue
    ticks.push({ value: place, label })
    free = x(place) + half
  }
  return ticks
}

/** Halfway between the points, and the ends of the axis. */
export function edgesOf(points: readonly SweepChartPoint[], { left, right, x }: Places) {
  const inner = points.slice(1).map(({ place }, i) => (x(points[i]!.place) + x(place)) / 2)
  return [left, ...inner, right]
}
