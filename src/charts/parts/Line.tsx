import { line } from 'd3-shape'
import { decimate, spansOf } from './decimate.ts'
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
      {!isWhole(values) && <Exceptions plot={plot} values={values} />}
    </g>
  )
}

/** Are there at least two values, and all of them numbers? Then a curve is all there is to draw. */
const isWhole = (values: Float64Array) => values.length > 1 && values.every(Number.isFinite)

/** What a curve leaves out. */
function Exceptions({ plot, values }: Omit<LineProps, 'className'>) {
  return (
    <>
      {lonely(values).map((i) => (
        <circle key={i} className="lone" cx={plot.x(i)} cy={plot.y(values[i]!)} r={2.5} />
      ))}
      <EdgeSpans plot={plot} values={values} special={-Infinity} y={plot.bottom - 2} />
      <EdgeSpans plot={plot} values={values} special={Infinity} y={plot.top + 2} />
    </>
  )
}

/** Layers at which a value is off every scale: exactly zero (log10 = -Infinity) or infinite. */
function EdgeSpans({ plot, values, special, y }: SpansProps) {
  const label = special < 0 ? 'exactly zero' : 'infinite'
  return spansOf(values, special).map(([first, last]) => (
    <line key={first} className="edge" x1={plot.x(first)} x2={plot.x(last)} y1={y} y2={y}>
      <title>{`${label}: layers ${first} to ${last}`}</title>
    </line>
  ))
}

/** Entries that no line reaches, because none of their neighbours can be drawn; the first of very many. */
function lonely(values: Float64Array): readonly number[] {
  const isDrawn = (i: number) => Number.isFinite(values[i])
  const found: number[] = []
  for (let i = 0; i < values.length && found.length < MAX_LONELY; i++)
    if (isDrawn(i) && !isDrawn(i - 1) && !isDrawn(i + 1)) found.push(i)
  return found
}

const MAX_LONELY = 100

interface SpansProps {
  readonly plot: Plot
  readonly values: Float64Array
  readonly special: number
  readonly y: number
}
