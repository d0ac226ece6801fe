import { line } from 'd3-shape'
import { memo } from 'react'
import { decimate } from './decimate.ts'
import { exceptionsOf, type Span } from './exceptions.ts'
import { columnsOf, columnStart, type Plot } from './plot.ts'

export interface LineProps {
  readonly plot: Plot
  /** An entry a layer; NaN leaves a gap, an infinity is marked at the edge of the drawing. */
  readonly values: Float64Array
  readonly className: string
}

/** A row of values against layers. */
export function Line({ plot, values, className }: LineProps) {
  const kept = decimate(values, columnsOf(plot), columnStart(plot, values.length))
  const path = line<number>()
    .defined((i) => Number.isFinite(values[i]))
    .x((i) => plot.x(i))
    .y((i) => plot.y(values[i]!))
    .digits(1)(kept)
  return (
    <g className={className}>
      {path !== null && <path className="curve" d={path} />}
      <LeftOut plot={plot} values={values} />
    </g>
  )
}

/** A row that stays as it is; those of a run under way fill up. */
export const StillLine = memo(Line)

/** What a curve leaves out: single points, and what is off every scale, at the edges of the drawing. */
function LeftOut({ plot, values }: Pick<LineProps, 'plot' | 'values'>) {
  const { lonely, zeros, infinities } = exceptionsOf(values)
  return (
    <>
      {lonely.map((i) => (
        <circle key={i} className="lone" cx={plot.x(i)} cy={plot.y(values[i]!)} r={2.5} />
      ))}
      <EdgeSpans plot={plot} spans={zeros} label="exactly zero" y={plot.bottom - 2} />
      <EdgeSpans plot={plot} spans={infinities} label="infinite" y={plot.top + 2} />
    </>
  )
}

interface EdgeSpansProps {
  readonly plot: Plot
  readonly spans: readonly Span[]
  readonly label: string
  readonly y: number
}

const EdgeSpans = ({ plot, spans, label, y }: EdgeSpansProps) =>
  spans.map(([first, last]) => (
    <line key={first} className="edge" x1={plot.x(first)} x2={plot.x(last)} y1={y} y2={y}>
      <title>{`${label}: layers ${first} to ${last}`}</title>
    </line>
  ))
