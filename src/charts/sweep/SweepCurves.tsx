import { line } from 'd3-shape'
import { type InsideProps, type Places, raised } from './sweepPlaces.ts'
import type { SweepChartPoint } from './sweepProps.ts'

/** Measured points, what leads from one to the next, and what is predicted of them. */
export function SweepCurves({ props, places }: InsideProps) {
  const { points, isOrdered } = props
  const heightOf = (value: number) => places.y(raised(value, props))
  const path = (valueOf: (point: SweepChartPoint) => number) =>
    line<SweepChartPoint>()
      .defined((point) => Number.isFinite(heightOf(valueOf(point))))
      .x(({ place }) => places.x(place))
      .y((point) => heightOf(valueOf(point)))
      .digits(1)(points.filter((point) => !Number.isNaN(valueOf(point)))) ?? ''
  const bandAt = ({ place, low, high }: SweepChartPoint) => {
    const [foot, tip] = [heightOf(low), heightOf(high)]
    if (!Number.isFinite(foot) || !Number.isFinite(tip)) return ''
    return `M${places.x(place)},${foot}V${tip}m-4,0h8M${places.x(place) - 4},${foot}h8`
  }
  const measured = isOrdered ? path((point) => point.measured) : ''
  const dashes = points.map((point) => dashAt(places.x(point.place), heightOf(point.predicted)))
  const predicted = isOrdered ? path((point) => point.predicted) : dashes.join('')
  return (
    <g pointerEvents="none">
      <g className={isOrdered ? 'line theory' : 'line'}>
        <path className="curve" d={predicted} />
      </g>
      <g className="line">
        <path className="curve" d={measured} />
      </g>
      <path className="sweep-band" d={points.map(bandAt).join('')} />
      {points.map((point) => (
        <Mark key={point.label} {...{ places, point, y: heightOf(point.measured) }} />
      ))}
    </g>
  )
}

/** A prediction that no line leads to: two strokes, one each side of the measured point. */
const dashAt = (x: number, y: number) =>
  Number.isFinite(y) ? `M${x - 16},${y}h9M${x + 7},${y}h9` : ''

interface MarkProps {
  readonly places: Places
  readonly point: SweepChartPoint
  readonly y: number
}

/** A measured point; an arrow at the edge where it is off every scale. */
function Mark({ places: { x, top, bottom }, point: { place, isOld }, y }: MarkProps) {
  if (Number.isNaN(y)) return null
  const className = isOld ? 'sweep-mark old' : 'sweep-mark'
  if (Number.isFinite(y)) return <circle className={className} cx={x(place)} cy={y} r={4} />
  const [tip, foot] = y < 0 ? [top, top + 9] : [bottom, bottom - 9]
  const d = `M${x(place) - 5},${foot}L${x(place)},${tip}L${x(place) + 5},${foot}Z`
  return <path className={className} d={d} />
}
