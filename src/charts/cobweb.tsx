import { type ReactNode, useMemo } from 'react'
import type { CorrelationMap, LayerMap, LayerMaps, NoMap } from '../engine/protocol.ts'
import { Frame } from './parts/Frame.tsx'
import { correlationWords, lengthWords, noMapWords } from './parts/mapWords.ts'
import { partsWithin, pathOf, type Plane, planeOf, type Point } from './parts/plane.ts'
import { PlaneAxes } from './parts/PlaneAxes.tsx'
import type { TableData } from './parts/Table.tsx'

export interface CobwebProps {
  readonly title: string
  readonly reading: string
  readonly width: number
  readonly height: number
  /** null: not known yet. */
  readonly maps: LayerMaps | null
  readonly message?: string | undefined
  readonly actions?: ReactNode
}

type Stability = LayerMap['fixedPoints'][number]['stability']

const GAP = 12
/** Two squares narrower than this stand one above the other. */
const LEAST_SIDE = 130

/** The length map and the correlation map of a layer, each with the way that the inputs take through it. */
export function Cobweb(props: CobwebProps) {
  const { title, reading, maps, message, actions, width, height } = props
  const half = Math.floor((width - GAP) / 2)
  const side = half < LEAST_SIDE ? width : Math.min(half, height)
  const column = half < LEAST_SIDE ? width : half
  const said = message ?? silenceOf(maps)
  return (
    <Frame
      title={title}
      reading={reading}
      actions={actions}
      cursor={1}
      message={said}
      table={maps && said === undefined ? () => tableOf(maps) : undefined}
      legend={<FixedPointLegend />}
    >
      {maps && (
        <div className="chart-body maps">
          <div style={{ width: column }}>
            <Square
              side={side}
              map={maps.length}
              name="Length map"
              symbol="q"
              words={lengthWords(maps.length)}
            />
          </div>
          <div style={{ width: column }}>
            <Square
              side={side}
              map={maps.correlation}
              name="Correlation map"
              symbol="c"
              words={correlationWords(maps.correlation)}
            />
          </div>
        </div>
      )}
    </Frame>
  )
}

/** Why there is nothing to draw; nothing where there is. */
function silenceOf(maps: LayerMaps | null): string | undefined {
  if (!maps) return 'Computing…'
  const { length, correlation } = maps
  return typeof length === 'string' && length === correlation ? noMapWords(length) : undefined
}

interface SquareProps {
  readonly side: number
  readonly map: LayerMap | CorrelationMap | NoMap
  readonly name: string
  readonly symbol: string
  /** What the map does, or why there is none. */
  readonly words: string
}

function Square({ side, map, name, symbol, words }: SquareProps) {
  return (
    <>
      <h3>{name}</h3>
      {typeof map !== 'string' && (
        <svg
          className="still"
          width={side}
          height={side}
          role="img"
          aria-label={`${name}. ${words}`}
        >
          <MapDrawing map={map} side={side} symbol={symbol} />
        </svg>
      )}
      <p className="aside-note">{words}</p>
    </>
  )
}

interface MapDrawingProps {
  readonly map: LayerMap
  readonly side: number
  readonly symbol: string
}

function MapDrawing({ map, side, symbol }: MapDrawingProps) {
  const plane = useMemo(
    () => planeOf({ width: side, height: side, xs: map.range, ys: map.range }),
    [side, map.range],
  )
  const [low, high] = map.range
  const curve = Array.from(map.xs, (x, i): Point => [x, map.ys[i]!])
  return (
    <>
      <PlaneAxes plane={plane} name={`${symbol} of a layer`} upName={`${symbol} of the next`} />
      <path
        className="diagonal"
        d={pathOf(plane, [
          [low, low],
          [high, high],
        ])}
      />
      <g className="trace forward">
        {partsWithin(curve, map.range).map((part, i) => (
          <path key={i} d={pathOf(plane, part)} />
        ))}
      </g>
      <path className="staircase" d={pathOf(plane, staircaseOf(map))} />
      {map.fixedPoints.map(({ at, stability }) => (
        <FixedPoint key={at} plane={plane} at={at} stability={stability} />
      ))}
    </>
  )
}

/** From the floor up to the map, across to the diagonal, and so on; ends where it leaves the drawing. */
function staircaseOf({ steps, range: [low, high] }: LayerMap): readonly Point[] {
  const inside = (value: number) => Math.max(low, Math.min(high, value))
  const points: Point[] = [[inside(steps[0]!), low]]
  for (let l = 0; l + 1 < steps.length; l++) {
    const [from, to] = [inside(steps[l]!), inside(steps[l + 1]!)]
    points.push([from, to], [to, to])
  }
  return points
}

interface FixedPointProps {
  readonly plane: Plane
  readonly at: number
  readonly stability: Stability
}

function FixedPoint({ plane, at, stability }: FixedPointProps) {
  return (
    <g transform={`translate(${plane.x(at).toFixed(1)},${plane.y(at).toFixed(1)})`}>
      <Mark stability={stability} />
    </g>
  )
}

/** Full where the map comes to rest, empty where it leaves, a diamond on the border between the two. */
function Mark({ stability }: { readonly stability: Stability }) {
  if (stability === 'marginal') return <path className="fixed marginal" d="M0,-5L5,0L0,5L-5,0Z" />
  return <circle className={`fixed ${stability}`} r={4.5} />
}

const stabilities: readonly Stability[] = ['stable', 'unstable', 'marginal']

function FixedPointLegend() {
  return (
    <p className="legend">
      Fixed points:
      {stabilities.map((stability) => (
        <span key={stability} className="legend-mark">
          <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
            <Mark stability={stability} />
          </svg>
          {stability}
        </span>
      ))}
      <span className="legend-mark">
        <svg width="18" height="10" aria-hidden="true">
          <path className="staircase" d="M1,9V5H9V1H17" />
        </svg>
        way of the inputs
      </span>
    </p>
  )
}

/** The way of the inputs, layer by layer. */
function tableOf({ length, correlation }: LayerMaps): TableData {
  const rows = [
    { label: 'variance q', map: length },
    { label: 'correlation c', map: correlation },
  ].flatMap(({ label, map }) => (typeof map === 'string' ? [] : [{ label, steps: map.steps }]))
  const count = Math.max(...rows.map(({ steps }) => steps.length))
  const columns = rows.map(({ label, steps }) => ({
    label,
    values: Float64Array.from({ length: count }, (_, l) => steps[l] ?? NaN),
  }))
  return { layers: Array.from({ length: count }, (_, l) => l + 1), columns }
}
