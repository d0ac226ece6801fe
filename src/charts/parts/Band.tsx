import { area } from 'd3-shape'
import { decimate } from './decimate.ts'
import { columnsOf, columnStart, type Plot } from './plot.ts'

export interface BandProps {
  readonly plot: Plot
  readonly low: Float64Array
  readonly high: Float64Array
  readonly className: string
}

/** The area between two rows; where either does not exist or is infinite, a gap. */
export function Band({ plot, low, high, className }: BandProps) {
  const keptOf = (row: Float64Array) =>
    decimate(row, columnsOf(plot), columnStart(plot, row.length))
  const kept = [...new Set([...keptOf(low), ...keptOf(high)])]
  const path = area<number>()
    .defined((i) => Number.isFinite(low[i]) && Number.isFinite(high[i]))
    .x((i) => plot.x(i))
    .y0((i) => plot.y(low[i]!))
    .y1((i) => plot.y(high[i]!))
    .digits(1)(kept.sort((p, q) => p - q))
  return path === null ? null : <path className={`band ${className}`} d={path} />
}
