import { line } from 'd3-shape'
import { type KeyboardEvent, useRef, useState } from 'react'
import { formatLog10, formatNumber } from '../base/formatLog10.ts'
import { BottomAxis, ValueAxis } from './parts/Axis.tsx'
import { type Domain, domainOf, linearTicks, log10Ticks, type Tick } from './parts/domain.ts'

/** One value of the sweep. */
export interface SweepChartPoint {
  /** The value in words. */
  readonly label: string
  /** Where it stands across: the value itself, or its place among words. */
  readonly place: number
  /** NaN: not there (yet). */
  readonly measured: number
  readonly predicted: number
  /** 10 % and 90 % over the seeds; NaN with one seed. */
  readonly low: number
  readonly high: number
  /** What there is to say beside the numbers: that it waits, how far it is, why it failed. */
  readonly note: string
  /** What theory says, where it gives no number. */
  readonly theoryNote: string
  /** Are the numbers those of the settings before? */
  readonly isOld: boolean
}

export type SweepScale = 'linear' | 'log'

export interface SweepChartProps {
  readonly width: number
  readonly height: number
  /** What is varied, in words. */
  readonly keyLabel: string
  readonly quantity: {
    readonly label: string
    readonly meaning: string
    readonly pass: 'forward' | 'backward'
    readonly isLog10: boolean
  }
  /** Ascending by place. */
  readonly points: readonly SweepChartPoint[]
  /** Do the places stand for numbers, so that a line between them means something? */
  readonly isOrdered: boolean
  readonly across: SweepScale
  readonly up: SweepScale
  /** Where the present network stands; null where it is none of the points' kind. */
  readonly present: number | null
  readonly onPick: (point: SweepChartPoint) => void
}

const MARGIN = { left: 52, right: 18, top: 10, bottom: 34 }
const PIXELS_A_VALUE_TICK = 36
const PIXELS_A_CHARACTER = 7
const MIN_DECADES = 0.5
const MIN_SPAN = 0.02
/** Room beside the outermost points, as a share of the axis. */
const PADDING = 0.06

interface Places {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly x: (place: number) => number
  readonly y: (value: number) => number
  readonly domain: Domain
}

/** A value of the quantity in the units of the axis: itself, or its logarithm, whichever it comes as. */
function raised(value: number, { quantity, up }: SweepChartProps): number {
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

function placesOf(props: SweepChartProps): Places {
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
function pointTicks(points: readonly SweepChartPoint[], x: Places['x']): readonly Tick[] {
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
          <Curves {...{ props, places }} />
          <Columns {...{ props, places, pointed, start: Math.max(0, at), onPoint: setPointed }} />
        </svg>
      </div>
    </>
  )
}

const wordsOf = (value: number, isLog10: boolean) =>
  isLog10 ? formatLog10(value, 4) : formatNumber(value, 5)

/** Measured and predicted value of a point in words. */
function valueWords({ measured, predicted, note, theoryNote }: SweepChartPoint, isLog10: boolean) {
  const value = Number.isNaN(measured) ? note || 'does not exist' : wordsOf(measured, isLog10)
  const theory = Number.isNaN(predicted) ? theoryNote : `theory ${wordsOf(predicted, isLog10)}`
  return { value, theory }
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
  return (
    <g className="cursor" aria-hidden="true">
      <line x1={x} x2={x} y1={top} y2={bottom} />
      <path d={`M${x - 5},${top - 8}L${x},${top}L${x + 5},${top - 8}Z`} />
    </g>
  )
}

interface InsideProps {
  readonly props: SweepChartProps
  readonly places: Places
}

function Curves({ props, places }: InsideProps) {
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

interface ColumnsProps extends InsideProps {
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
function Columns({ props, places, pointed, start, onPoint }: ColumnsProps) {
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

function columnLabel({ keyLabel }: SweepChartProps, point: SweepChartPoint, isLog10: boolean) {
  const { value, theory } = valueWords(point, isLog10)
  const words = [value, theory].filter((part) => part !== '').join(', ')
  return `${keyLabel} ${point.label}: ${words}. Use this value.`
}

/** Halfway between the points, and the ends of the axis. */
function edgesOf(points: readonly SweepChartPoint[], { left, right, x }: Places) {
  const inner = points.slice(1).map(({ place }, i) => (x(points[i]!.place) + x(place)) / 2)
  return [left, ...inner, right]
}

function spoken({ keyLabel, quantity, points }: SweepChartProps): string {
  const measured = points.filter((point) => !Number.isNaN(point.measured))
  const ends = [...new Set([measured[0], measured.at(-1)])].flatMap((point) => point ?? [])
  const words = ends.map(
    ({ label, measured: value }) => `${wordsOf(value, quantity.isLog10)} at ${label}`,
  )
  return `${quantity.label} against ${keyLabel}${words.length > 0 ? `: ${words.join(', ')}` : ''}.`
}
