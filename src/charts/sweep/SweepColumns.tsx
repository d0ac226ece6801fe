import { type KeyboardEvent, useRef } from 'react'
import { edgesOf, type InsideProps } from './sweepPlaces.ts'
import type { SweepChartPoint } from './sweepProps.ts'
import { columnLabel } from './sweepWords.ts'

interface SweepColumnsProps extends InsideProps {
  readonly pointed: number | null
  /** The column that the tabulator reaches. */
  readonly start: number
  readonly onPoint: (index: number) => void
}

/** Where the arrow keys lead from a column. */
const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowLeft: (index) => Math.max(0, index - 1),
  ArrowRight: (index, count) => Math.min(count - 1, index + 1),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** A column a point, to be pointed at, stepped through and pressed. */
export function SweepColumns({ props, places, pointed, start, onPoint }: SweepColumnsProps) {
  const { points, onPick, quantity } = props
  const columns = useRef<(SVGRectElement | null)[]>([])
  const edges = edgesOf(points, places)
  const onKey = (event: KeyboardEvent, index: number, point: SweepChartPoint) => {
    const step = steps[event.key]
    if (step) columns.current[step(index, points.length)]?.focus()
    else if (event.key === 'Enter' || event.key === ' ') onPick(point)
    else return
    event.preventDefault()
  }
  return points.map((point, i) => (
    <rect
      key={point.label}
      ref={(element) => {
        columns.current[i] = element
      }}
      className="sweep-column"
      data-pointed={i === pointed}
      x={edges[i]}
      width={edges[i + 1]! - edges[i]!}
      y={places.top}
      height={places.bottom - places.top}
      role="button"
      tabIndex={i === (pointed ?? start) ? 0 : -1}
      aria-label={columnLabel(props, point, quantity.isLog10)}
      onPointerEnter={() => {
        onPoint(i)
      }}
      onFocus={() => {
        onPoint(i)
      }}
      onClick={() => {
        onPick(point)
      }}
      onKeyDown={(event) => {
        onKey(event, i, point)
      }}
    />
  ))
}
