import { useState } from 'react'
import { BottomAxis, ValueAxis } from '../parts/Axis.tsx'
import { CursorMark } from '../parts/Cursor.tsx'
import { linearTicks, log10Ticks } from '../parts/domain.ts'
import { SweepColumns } from './SweepColumns.tsx'
import { SweepCurves } from './SweepCurves.tsx'
import { type Places, placesOf, pointTicks } from './sweepPlaces.ts'
import type { SweepChartPoint, SweepChartProps } from './sweepProps.ts'
import { spoken, valueWords } from './sweepWords.ts'

const PIXELS_A_VALUE_TICK = 36

/** A quantity of networks that differ in one setting: measured, and as predicted. */
export function SweepChart(props: SweepChartProps) {
  const { width, height, points, quantity, up, keyLabel, present } = props
  const [pointed, setPointed] = useState<number | null>(null)
  const places = placesOf(props)
  const { left, right, top, bottom, x, y } = places
  const at = points.findIndex(({ place }) => place === present)
  const read = points[pointed ?? Math.max(0, at)]
  const ticks = up === 'log' ? log10Ticks : linearTicks
  return (
    <>
      {read && <Reading {...{ props, point: read }} />}
      <div className="chart-body">
        <svg
          className={`sweep-plot ${quantity.pass}`}
          width={width}
          height={height}
          role="group"
          aria-label={spoken(props)}
          onPointerLeave={() => {
            setPointed(null)
          }}
        >
          <ValueAxis
            plot={{ y, left, right }}
            ticks={ticks(places.domain, (bottom - top) / PIXELS_A_VALUE_TICK)}
          />
          <BottomAxis plot={places} name={keyLabel} ticks={pointTicks(points, x)} />
          {present !== null && <PresentLine {...{ places, present, points }} />}
          <SweepCurves {...{ props, places }} />
          <SweepColumns
            {...{ props, places, pointed, start: Math.max(0, at), onPoint: setPointed }}
          />
        </svg>
      </div>
    </>
  )
}

function Reading({ props, point }: { props: SweepChartProps; point: SweepChartPoint }) {
  const { keyLabel, quantity } = props
  const { value, theory } = valueWords(point, quantity.isLog10)
  return (
    <div className={`legend ${quantity.pass}`}>
      <span className="sweep-value">
        {keyLabel} {point.label}
      </span>
      <span className="legend-mark" title={quantity.meaning}>
        <svg className="swatch" width="18" height="8" aria-hidden="true">
          <line x1="1" x2="17" y1="4" y2="4" />
        </svg>
        {quantity.label}
      </span>
      <span className="legend-value">{value}</span>
      {theory !== '' && <span className="legend-theory">{theory}</span>}
    </div>
  )
}

interface PresentLineProps extends Pick<SweepChartProps, 'points'> {
  readonly places: Places
  readonly present: number
}

/** The value that the network on the page has, where it is within the axis. */
function PresentLine({ places, present, points }: PresentLineProps) {
  const { left, right, top, bottom } = places
  const x = places.x(present)
  if (points.length === 0 || !(x >= left && x <= right)) return null
  return <CursorMark {...{ x, top, bottom }} />
}
