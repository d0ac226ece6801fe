import { memo, type ReactNode, useMemo, useState } from 'react'
import { formatCount } from '../../base/formatLog10.ts'
import type { Band as SeedBand } from '../../engine/protocol.ts'
import type { ChartProps } from '../chart.ts'
import { LayerAxis, ValueAxis } from './Axis.tsx'
import { Band } from './Band.tsx'
import { CursorLine, useLayerPointer } from './Cursor.tsx'
import { type Domain, layerTicks, logLayerTicks, type Tick } from './domain.ts'
import { Frame } from './Frame.tsx'
import { Legend, type LegendEntry, NO_PREDICTION } from './Legend.tsx'
import { Line, StillLine } from './Line.tsx'
import { Ghosts, type GhostRow } from './Ghosts.tsx'
import type { TableColumn, TableData, TablePart } from './Table.tsx'
import { type LayerSpread, type Plot, plotOf } from './plot.ts'

/** One row of values, as measured and as predicted. */
export interface Series {
  readonly id: string
  readonly label: string
  /** What the numbers in the table are, where they are not what the label says. */
  readonly columnLabel?: string | undefined
  readonly meaning: string
  /** Colour and weight. */
  readonly className: string
  /** Empty where the series is a band alone. */
  readonly values: Float64Array
  /** What the legend says at a layer; the value where it is absent. */
  readonly words?: ((layer: number) => string) | undefined
  /** undefined: nobody asked for a prediction. null: none is known. */
  readonly theory?: Float64Array | null | undefined
  readonly band?: SeedBand | undefined
  /** Between what eight in ten networks are predicted to lie. */
  readonly theoryBand?: SeedBand | undefined
  /** The same row of pinned runs. */
  readonly ghosts?: readonly GhostRow[] | undefined
}

export interface LayerChartProps {
  readonly chart: ChartProps
  readonly series: readonly Series[]
  /** The value axis for what is to be shown. */
  readonly domain: (rows: readonly Float64Array[]) => Domain
  readonly ticks: (domain: Domain, count: number) => readonly Tick[]
  readonly format: (value: number) => string
  /** How layers are spread across; evenly where absent. */
  readonly spread?: LayerSpread | undefined
  /** Ways to look at the chart, for its head. */
  readonly tools?: ReactNode
  /** Drawn beside the plot. */
  readonly aside?: ReactNode
  readonly asideWidth?: number
}

const PIXELS_A_LAYER_TICK = 80
const PIXELS_A_VALUE_TICK = 36

function entryOf(series: Series, layer: number, format: (value: number) => string): LegendEntry {
  const { id, label, meaning, className, values, words: say, theory, theoryBand } = series
  const predicted = theory?.[layer]
  const value = say ? say(layer) : format(values[layer] ?? NaN)
  if (theory === undefined) return { id, label, meaning, className, value }
  const words = predicted === undefined ? NO_PREDICTION : format(predicted)
  const reach =
    theoryBand && `${format(theoryBand.low[layer]!)} to ${format(theoryBand.high[layer]!)}`
  return { id, label, meaning, className, value, theory: words, reach }
}

function rowsOf(series: Series): readonly Float64Array[] {
  const { values, theory, ghosts = [] } = series
  const bands = [series.band, series.theoryBand].flatMap((band) =>
    band ? [band.low, band.high] : [],
  )
  const pinned = ghosts.map((ghost) => ghost.values)
  return [values, ...(theory ? [theory] : []), ...bands, ...pinned]
}

/** Pinned runs may be deeper than the present one. */
const deepest = (depth: number, series: readonly Series[]) =>
  series.reduce(
    (most, { ghosts = [] }) => Math.max(most, ...ghosts.map(({ values }) => values.length - 1)),
    depth,
  )

/** Rows of values against layers: the body of most charts. */
export function LayerChart(props: LayerChartProps) {
  const { chart, series, format, tools, aside } = props
  const { measured, cursor, onCursor } = chart
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const depth = measured?.depth ?? 0
  const visible = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden])
  const plot = usePlot(props, visible)
  const { hovered, handlers } = useLayerPointer(plot, onCursor)
  const layer = Math.min(hovered ?? cursor, depth)
  const toggle = (id: string) => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    setHidden(next)
  }
  return (
    <Frame
      title={chart.title}
      reading={chart.reading}
      tools={tools}
      actions={chart.actions}
      cursor={cursor}
      message={chart.message ?? (measured ? undefined : 'Nothing measured yet.')}
      table={measured ? () => tableOf(depth, series) : undefined}
      legend={
        <Legend
          layer={layer}
          entries={series.map((one) => entryOf(one, layer, format))}
          hidden={hidden}
          onToggle={toggle}
        />
      }
    >
      <div className="chart-body">
        <svg
          className="plot"
          width={plot.width}
          height={chart.height}
          role="img"
          aria-label={spoken(chart.title, series, depth, format)}
          {...handlers}
        >
          <Axes plot={plot} ticks={props.ticks} spread={props.spread} />
          <Curves plot={plot} series={visible} />
          {hovered !== null && <HoverLine plot={plot} layer={hovered} />}
          <CursorLine plot={plot} layer={cursor} />
        </svg>
        {aside}
      </div>
    </Frame>
  )
}

/** Places for everything that is visible. */
function usePlot(
  { chart, domain, spread, asideWidth = 0 }: LayerChartProps,
  visible: readonly Series[],
) {
  const { measured, height } = chart
  const width = chart.width - asideWidth
  const [low, high] = useMemo(() => domain(visible.flatMap(rowsOf)), [domain, visible])
  const depth = deepest(measured?.depth ?? 0, visible)
  // The same as long as the numbers are: what does not change is then not drawn again.
  return useMemo(
    () => ({ ...plotOf({ width, height, depth, domain: [low, high], spread }), width }),
    [width, height, depth, low, high, spread],
  )
}

interface AxesProps extends Pick<LayerChartProps, 'ticks' | 'spread'> {
  readonly plot: Plot
}

function Axes({ plot, ticks, spread }: AxesProps) {
  const { left, right, top, bottom, depth } = plot
  const layers = spread === 'log' ? logLayerTicks : layerTicks
  return (
    <>
      <ValueAxis
        plot={plot}
        ticks={ticks(plot.y.domain() as [number, number], (bottom - top) / PIXELS_A_VALUE_TICK)}
      />
      <LayerAxis plot={plot} ticks={layers(depth, (right - left) / PIXELS_A_LAYER_TICK)} />
    </>
  )
}

/** Apart from the cursor, so that moving it draws no curve anew. */
const Curves = memo(function Curves({ plot, series }: CurvesProps) {
  return series.map(({ id, values, theory, band, theoryBand, ghosts, className }) => (
    <g key={id}>
      {ghosts && <Ghosts plot={plot} rows={ghosts} className={className} />}
      {band && <Band plot={plot} low={band.low} high={band.high} className={className} />}
      <Line plot={plot} values={values} className={`line ${className}`} />
      {theory && <StillLine plot={plot} values={theory} className={`line theory ${className}`} />}
      {theoryBand &&
        [theoryBand.low, theoryBand.high].map((edge, i) => (
          <StillLine
            key={i}
            plot={plot}
            values={edge}
            className={`line theory reach ${className}`}
          />
        ))}
    </g>
  ))
})

interface CurvesProps {
  readonly plot: Plot
  readonly series: readonly Series[]
}

function HoverLine({ plot, layer }: { plot: Plot; layer: number }) {
  const x = plot.x(layer)
  return <line className="hover" x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
}

function tableOf(depth: number, series: readonly Series[]): TableData {
  const columns = series.flatMap(columnsOf)
  return { layers: Array.from({ length: depth + 1 }, (_, l) => l), columns }
}

function columnsOf(series: Series): readonly TableColumn[] {
  const { label: words, columnLabel: label = words, values, theory, band, theoryBand } = series
  const column = (part: TablePart, row: Float64Array) =>
    ({ series, part, label: `${label}, ${part}`, values: row }) as const
  return [
    ...(values.length > 0 ? [{ series, label, values }] : []),
    ...(theory ? [column('theory', theory)] : []),
    ...(theoryBand
      ? [column('theory low', theoryBand.low), column('theory high', theoryBand.high)]
      : []),
    ...(band ? [column('low', band.low), column('high', band.high)] : []),
  ]
}

/** The chart in one sentence a series, for those who cannot see it. */
function spoken(
  title: string,
  series: readonly Series[],
  depth: number,
  format: (value: number) => string,
): string {
  const curves = series.filter(({ values }) => values.length > 0)
  const sentences = curves.map(({ label, values, words: say }) => {
    if (say) return `${label}: ${say(depth)}.`
    const first = Number.isNaN(values[0]) ? 1 : 0
    return `${label}: ${format(values[first] ?? NaN)} at layer ${formatCount(first)}, ${format(values[depth] ?? NaN)} at layer ${formatCount(depth)}.`
  })
  return `${title}${title.endsWith('?') ? '' : '.'} ${sentences.join(' ')}`
}
