import { Line } from './Line.tsx'
import type { Plot } from './plot.ts'

/** A row of a pinned run, and the number that the run goes by. */
export interface GhostRow {
  readonly number: number
  readonly values: Float64Array
}

interface GhostsProps {
  readonly plot: Plot
  readonly rows: readonly GhostRow[]
  readonly className: string
}

/** Where a row is labelled: forward ones at their top, backward ones, which all start there, at the input. */
function labelledLayer(values: Float64Array, isBackward: boolean): number {
  return isBackward
    ? values.findIndex(Number.isFinite)
    : values.findLastIndex((value) => Number.isFinite(value))
}

/** The same row of pinned runs, thin and numbered, behind that of the present one. */
export function Ghosts({ plot, rows, className }: GhostsProps) {
  return rows.map(({ number, values }) => (
    <g key={number} className="ghost">
      <Line plot={plot} values={values} className={`line ${className}`} />
      <GhostNumber
        plot={plot}
        row={{ number, values }}
        isBackward={className.startsWith('backward')}
      />
    </g>
  ))
}

interface GhostNumberProps {
  readonly plot: Plot
  readonly row: GhostRow
  readonly isBackward: boolean
}

function GhostNumber({ plot, row: { number, values }, isBackward }: GhostNumberProps) {
  const layer = labelledLayer(values, isBackward)
  if (layer < 0) return null
  const [x, y] = [plot.x(layer) + (isBackward ? 7 : -7), plot.y(values[layer]!)]
  return (
    <text className="ghost-number" x={x} y={y - 4} textAnchor="middle">
      {number}
    </text>
  )
}
