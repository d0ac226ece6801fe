import { scaleLinear } from 'd3-scale'
import { type KeyboardEvent, type PointerEvent, useCallback, useRef } from 'react'
import { formatNumber } from '../base/formatLog10.ts'
import { Canvas } from './parts/Canvas.tsx'

/** Predicted growth over (sw, sb); rows from the lowest sb up, absent where not known yet. */
export interface PhaseMapProps {
  readonly sws: readonly number[]
  readonly sbs: readonly number[]
  readonly rows: readonly (Float32Array | undefined)[]
  readonly range: { readonly sw: number; readonly sb: number }
  readonly point: { readonly sw: number; readonly sb: number }
  readonly width: number
  readonly height: number
  readonly onPoint: (point: { sw: number; sb: number }, isDone: boolean) => void
}

const MARGIN = { left: 44, right: 10, top: 8, bottom: 34 }
/** ln growth at which the colour is full: a factor of 1.5 a layer. */
const FULL = Math.log(1.5)
const STEP = 0.05

/** Blue where gradients vanish, orange where they explode, as in the other charts; grey: no prediction. */
function colourOf(lnGrowth: number | undefined): string {
  if (lnGrowth === undefined || Number.isNaN(lnGrowth)) return 'rgb(128 128 128 / 0.25)'
  const strength = Math.min(1, Math.abs(lnGrowth) / FULL)
  const hue = lnGrowth < 0 ? '20 98 159' : '176 74 0'
  return `rgb(${hue} / ${(0.06 + 0.84 * strength).toFixed(3)})`
}

/** Where growth crosses 1 in each row, in weight scales. */
export function criticalPoints({ sws, sbs, rows }: Pick<PhaseMapProps, 'sws' | 'sbs' | 'rows'>) {
  return sbs.flatMap((sb, i) => {
    const row = rows[i] ?? []
    const at = row.findIndex((v, j) => j > 0 && row[j - 1]! < 0 && v >= 0)
    if (at < 1) return []
    const [before, after] = [row[at - 1]!, row[at]!]
    return [{ sb, sw: sws[at - 1]! + ((sws[at]! - sws[at - 1]!) * before) / (before - after) }]
  })
}

/** The predicted growth factors behind the colours. */
export function growthTable({ sws, sbs, rows }: Pick<PhaseMapProps, 'sws' | 'sbs' | 'rows'>) {
  const columns = sbs.map((sb, i) => ({
    label: `growth at bias scale ${formatNumber(sb)}`,
    values: sws.map((_, j) => Math.exp(rows[i]?.[j] ?? NaN)),
  }))
  return { rowName: 'weight scale', layers: sws, columns }
}

/** The phase diagram: growth of the gradient a layer over weight and bias scale, with the network as a point. */
export function PhaseMap(props: PhaseMapProps) {
  const { sws, sbs, rows, range, point, width, height, onPoint } = props
  const innerWidth = width - MARGIN.left - MARGIN.right
  const innerHeight = height - MARGIN.top - MARGIN.bottom
  const x = scaleLinear([0, range.sw], [0, innerWidth]).clamp(true)
  const y = scaleLinear([0, range.sb], [innerHeight, 0]).clamp(true)
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const left = (j: number) => Math.round((j * innerWidth) / sws.length)
      const bottom = (i: number) => Math.round(innerHeight - (i * innerHeight) / sbs.length)
      rows.forEach((row, i) => {
        row?.forEach((value, j) => {
          context.fillStyle = colourOf(value)
          const [w, h] = [left(j + 1) - left(j), bottom(i) - bottom(i + 1)]
          context.fillRect(left(j), bottom(i + 1), w, h)
        })
      })
    },
    [rows, sws, sbs, innerWidth, innerHeight],
  )
  const { surface, ...handlers } = useDrag({ point, range, onPoint, x, y })
  return (
    <div className="phase-map" style={{ width, height }}>
      <div style={{ position: 'absolute', left: MARGIN.left, top: MARGIN.top }}>
        <Canvas
          className="growth-map"
          width={innerWidth}
          height={innerHeight}
          draw={draw}
          label="Predicted growth over σw and σb"
        />
      </div>
      <svg width={width} height={height}>
        <g transform={`translate(${MARGIN.left},${MARGIN.top})`}>
          <rect
            {...handlers}
            ref={surface}
            width={innerWidth}
            height={innerHeight}
            fill="transparent"
            stroke="var(--grid)"
            tabIndex={0}
            role="slider"
            aria-label="Weight scale and bias scale"
            aria-valuetext={`weight scale ${point.sw}, bias scale ${point.sb}`}
            aria-valuenow={point.sw}
            aria-valuemin={0}
            aria-valuemax={range.sw}
            style={{ cursor: 'crosshair', touchAction: 'none' }}
          />
          <Marks {...{ x, y, point }} line={criticalPoints(props)} />
          <PhaseAxes {...{ x, y }} inner={{ w: innerWidth, h: innerHeight }} />
        </g>
      </svg>
    </div>
  )
}

type Scale = ReturnType<typeof scaleLinear<number>>

interface MarksProps {
  readonly x: Scale
  readonly y: Scale
  readonly point: { readonly sw: number; readonly sb: number }
  readonly line: readonly { readonly sw: number; readonly sb: number }[]
}

/** The edge of chaos and the network. */
function Marks({ x, y, point, line }: MarksProps) {
  return (
    <g pointerEvents="none">
      {line.length > 1 && (
        <polyline
          points={line.map(({ sw, sb }) => `${x(sw)},${y(sb)}`).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeDasharray="4 3"
        />
      )}
      <circle
        cx={x(point.sw)}
        cy={y(point.sb)}
        r={6}
        fill="var(--backward)"
        stroke="currentColor"
        strokeWidth={1.5}
      />
    </g>
  )
}

interface AxesProps {
  readonly x: Scale
  readonly y: Scale
  readonly inner: { readonly w: number; readonly h: number }
}

function PhaseAxes({ x, y, inner }: AxesProps) {
  return (
    <g className="axis" fontSize={11} fill="currentColor">
      {x.ticks(5).map((tick) => (
        <text key={tick} x={x(tick)} y={inner.h + 14} textAnchor="middle">
          {tick}
        </text>
      ))}
      {y.ticks(4).map((tick) => (
        <text key={tick} x={-6} y={y(tick) + 4} textAnchor="end">
          {tick}
        </text>
      ))}
      <text x={inner.w / 2} y={inner.h + 29} textAnchor="middle">
        weight scale σw
      </text>
      <text transform={`translate(-32,${inner.h / 2}) rotate(-90)`} textAnchor="middle">
        bias scale σb
      </text>
    </g>
  )
}

interface DragOptions extends Pick<PhaseMapProps, 'point' | 'range' | 'onPoint'> {
  readonly x: Scale
  readonly y: Scale
}

const keySteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}

/** Two decimals within the range: what a hand can mean. */
const tidy = (value: number, max: number) =>
  Math.round(Math.min(max, Math.max(0, value)) * 100) / 100

function useDrag({ point, range, onPoint, x, y }: DragOptions) {
  const surface = useRef<SVGRectElement>(null)
  const isDragging = useRef(false)
  const report = (sw: number, sb: number, isDone: boolean) => {
    onPoint({ sw: tidy(sw, range.sw), sb: tidy(sb, range.sb) }, isDone)
  }
  const follow = (event: PointerEvent, isDone: boolean) => {
    const box = surface.current?.getBoundingClientRect()
    if (box) report(x.invert(event.clientX - box.left), y.invert(event.clientY - box.top), isDone)
  }
  return {
    surface,
    onPointerDown: (event: PointerEvent) => {
      isDragging.current = true
      event.currentTarget.setPointerCapture(event.pointerId)
      follow(event, false)
    },
    onPointerMove: (event: PointerEvent) => {
      if (isDragging.current) follow(event, false)
    },
    onPointerUp: (event: PointerEvent) => {
      isDragging.current = false
      follow(event, true)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = keySteps[event.key]
      if (!step) return
      event.preventDefault()
      event.stopPropagation()
      report(point.sw + step[0], point.sb + step[1], true)
    },
  }
}
