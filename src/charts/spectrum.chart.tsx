import { line } from 'd3-shape'
import { useCallback, useMemo, useState } from 'react'
import type { Spectrum, SpectrumForecast } from '../engine/protocol.ts'
import type { Chart, ChartProps, Measured } from './chart.ts'
import { LayerAxis, ValueAxis } from './parts/Axis.tsx'
import { Canvas } from './parts/Canvas.tsx'
import { Choice } from './parts/Choice.tsx'
import { columnOf } from './parts/columns.ts'
import { CursorLine, type LayerPointer, useLayerPointer } from './parts/Cursor.tsx'
import { domainOf, layerTicks, log10Ticks } from './parts/domain.ts'
import { Frame } from './parts/Frame.tsx'
import { nearest } from './parts/nearest.ts'
import { type Plot, plotOf } from './parts/plot.ts'
import { RankPlot } from './parts/RankPlot.tsx'
import {
  binShares,
  predictedSpectra,
  type SpectrumSummary,
  summarizeSpectrum,
} from './parts/spectra.ts'
import { binsOf, HISTOGRAM_WIDTH, SpectrumHistogram } from './parts/SpectrumHistogram.tsx'
import { forecastWords, spectrumWords } from './parts/spectrumWords.ts'

/** The axis never shows less than this many decades, so that a narrow spectrum looks narrow. */
const MIN_DECADES = 1
const ZERO_STRIP_PIXELS = 5
/** Bounds further apart than this would make a line of the spectrum: they are said in words only. */
const MAX_BOUND_DECADES = 3

/** Shares in a few bins are large, in many small: the square root keeps both visible. */
const inkOf = (share: number) => Math.min(1, 1.6 * Math.sqrt(share))

function drawDensity(context: CanvasRenderingContext2D, plot: Plot, spectra: readonly Spectrum[]) {
  const bins = binsOf(plot)
  const pixels = (plot.bottom - plot.top) / bins.count
  spectra.forEach((spectrum, i) => {
    const [from, to] = columnOf(plot, spectra, i)
    const shares = binShares(spectrum, bins)
    shares.forEach((share, bin) => {
      if (share === 0) return
      context.globalAlpha = inkOf(share)
      context.fillRect(from, plot.bottom - (bin + 1) * pixels, to - from, pixels)
    })
    context.globalAlpha = inkOf(
      summarizeSpectrum(spectrum).zeros / spectrum.log10SingularValues.length,
    )
    context.fillRect(from, plot.bottom - ZERO_STRIP_PIXELS, to - from, ZERO_STRIP_PIXELS)
  })
}

function Density({ plot, spectra, width, height }: DensityProps) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, colour: string) => {
      context.fillStyle = colour
      drawDensity(context, plot, spectra)
    },
    [plot, spectra],
  )
  return <Canvas className="density" width={width} height={height} draw={draw} />
}

interface DensityProps {
  readonly plot: Plot
  readonly spectra: readonly Spectrum[]
  readonly width: number
  readonly height: number
}

interface AtLayer {
  readonly layer: number
}

interface LayerLineProps<T extends AtLayer> {
  readonly plot: Plot
  readonly points: readonly T[]
  readonly of: (point: T) => number
}

function LayerLine<T extends AtLayer>({ plot, points, of }: LayerLineProps<T>) {
  const path = line<T>()
    .defined((point) => Number.isFinite(of(point)))
    .x(({ layer }) => plot.x(layer))
    .y((point) => plot.y(of(point)))
    .digits(1)(points)
  return path === null ? null : <path className="curve" d={path} />
}

interface EnvelopeProps {
  readonly plot: Plot
  readonly summaries: readonly SpectrumSummary[]
  readonly className: string
}

/** The largest and the smallest singular value, layer by layer. */
function Envelope({ plot, summaries, className }: EnvelopeProps) {
  return (
    <g className={className}>
      <LayerLine plot={plot} points={summaries} of={({ largest }) => largest} />
      <LayerLine plot={plot} points={summaries} of={({ smallest }) => smallest} />
    </g>
  )
}

function BoundLines({ plot, bounds }: { plot: Plot; bounds: readonly Bound[] }) {
  return (
    <g className="line theory spectrum-bound minor">
      <LayerLine plot={plot} points={bounds} of={({ high }) => high} />
      <LayerLine plot={plot} points={bounds} of={({ low }) => low} />
    </g>
  )
}

type NumberOf<T> = (of: T) => number

function tableOf(summaries: readonly SpectrumSummary[], forecasts: readonly SpectrumForecast[]) {
  const column = (label: string, of: NumberOf<SpectrumSummary>) => ({
    label,
    values: summaries.map(of),
  })
  const predicted = predictedSpectra(forecasts).map(summarizeSpectrum)
  const theory = <T extends AtLayer>(label: string, known: readonly T[], of: NumberOf<T>) => {
    const values = summaries.map(({ layer }) => {
      const found = known.find((other) => other.layer === layer)
      return found ? of(found) : NaN
    })
    return values.every(Number.isNaN) ? [] : [{ label: `${label}, theory`, values }]
  }
  return {
    layers: summaries.map(({ layer }) => layer),
    columns: [
      column('log10 largest', ({ largest }) => largest),
      ...theory('log10 largest', predicted, ({ largest }) => largest),
      column('log10 median', ({ median }) => median),
      ...theory('log10 median', predicted, ({ median }) => median),
      column('log10 smallest above zero', ({ smallest }) => smallest),
      ...theory('log10 smallest above zero', predicted, ({ smallest }) => smallest),
      column('exact zeros', ({ zeros }) => zeros),
      column('log10 mean square', ({ log10Mean }) => log10Mean),
      ...theory('log10 mean square', forecasts, ({ moments }) => moments?.log10Mean ?? NaN),
      column('relative variance of squares', ({ spread }) => spread),
      ...theory('relative variance of squares', forecasts, ({ moments }) => moments?.spread ?? NaN),
    ],
  }
}

function messageOf(
  { message, measured }: ChartProps,
  spectra: readonly Spectrum[],
): string | undefined {
  if (message !== undefined) return message
  if (measured && spectra.length > 0) return undefined
  return measured?.noSpectra ?? 'The singular values come last, after signal and gradient.'
}

const NONE: Measured['spectra'] = []
const NO_FORECASTS: readonly SpectrumForecast[] = []

/** Bounds that leave the spectrum large enough to be seen. */
function drawnBounds(forecasts: readonly SpectrumForecast[]): readonly Bound[] {
  const known = forecasts.flatMap(({ layer, bounds }) => (bounds ? [{ layer, ...bounds }] : []))
  return known.filter(({ low, high }) => high - low <= MAX_BOUND_DECADES)
}

interface Bound {
  readonly layer: number
  readonly low: number
  readonly high: number
}

/** What of a prediction is drawn. */
function useDrawnTheory(forecasts: readonly SpectrumForecast[]) {
  return useMemo(() => {
    const spectra = predictedSpectra(forecasts)
    return { spectra, summaries: spectra.map(summarizeSpectrum), bounds: drawnBounds(forecasts) }
  }, [forecasts])
}

type DrawnTheory = ReturnType<typeof useDrawnTheory>

/** What the chart is of, and how it is drawn. */
const views = { depth: 'by depth', rank: 'by rank', signal: 'signal' }
type ViewId = keyof typeof views

const SIGNAL_TITLE = 'Singular values of the signal'
const SIGNAL_READING =
  'How far the images of the inputs spread in each direction at a layer: when all but one die away, the inputs have become one direction.'

/** Singular values of the samples shown, where pictures carry them. */
function signalSpectra(measured: Measured | null): readonly Spectrum[] {
  return (measured?.pictures ?? []).flatMap(({ layer, log10SingularValues }) =>
    log10SingularValues ? [{ layer, log10SingularValues }] : [],
  )
}

/** The spectra of a view, and what theory says of them; undefined where nobody asked. */
function useSource(view: ViewId, { measured, spectrumTheory }: ChartProps) {
  const isSignal = view === 'signal'
  const isOld = !isSignal && measured?.hasOldSpectra === true
  const spectra = useMemo(
    () => (isSignal ? signalSpectra(measured) : (measured?.spectra ?? NONE)),
    [isSignal, measured],
  )
  const asked = isSignal && spectrumTheory ? NO_FORECASTS : spectrumTheory
  return { spectra, isOld, known: isOld || spectra.length === 0 ? undefined : asked }
}

interface PlotSource {
  readonly spectra: readonly Spectrum[]
  readonly theory: DrawnTheory
}

function useSpectrumPlot(props: ChartProps, { spectra, theory }: PlotSource) {
  const { measured, width, height } = props
  const depth = measured?.depth ?? 1
  return useMemo(() => {
    const shown = [...spectra, ...theory.spectra].map((one) => one.log10SingularValues)
    const edges = theory.bounds.flatMap(({ low, high }) => [low, high])
    const domain = domainOf([...shown, edges], MIN_DECADES)
    return plotOf({ width: width - HISTOGRAM_WIDTH, height, depth, domain })
  }, [width, height, depth, spectra, theory])
}

function SpectrumChart(props: ChartProps) {
  const [view, setView] = useState<ViewId>('depth')
  const { cursor, onCursor } = props
  const [title, reading] =
    view === 'signal' ? [SIGNAL_TITLE, SIGNAL_READING] : [props.title, props.reading]
  const { spectra, isOld, known } = useSource(view, props)
  const forecasts = known ?? NO_FORECASTS
  const theory = useDrawnTheory(forecasts)
  const plot = useSpectrumPlot(props, { spectra, theory })
  const summaries = useMemo(() => spectra.map(summarizeSpectrum), [spectra])
  const pointer = useLayerPointer(plot, onCursor)
  const shown = nearest(spectra, pointer.hovered ?? cursor)
  const summary = shown && summarizeSpectrum(shown)
  const words = spectrumWords(summary)
  const drawn = { chart: props, plot, spectra, summaries, theory, words, shown, pointer }
  return (
    <Frame
      title={title}
      reading={reading}
      tools={<Choice label="View" options={views} value={view} onChange={setView} />}
      actions={props.actions}
      cursor={cursor}
      message={messageOf(props, spectra)}
      table={spectra.length > 0 ? () => tableOf(summaries, forecasts) : undefined}
      legend={
        <p className="legend spectrum-words">
          {words}
          {known && summary && (
            <span className="legend-theory">
              {forecastWords(ofLayer(known, summary.layer), summary)}
            </span>
          )}
        </p>
      }
    >
      <div className={`chart-body ${isOld ? 'old' : ''}`}>
        {view === 'rank' ? <Ranks {...drawn} /> : <SpectrumMap {...drawn} />}
      </div>
    </Frame>
  )
}

const ofLayer = <T extends AtLayer>(items: readonly T[], layer: number | undefined) =>
  items.find((item) => item.layer === layer)

interface DrawnSpectra extends PlotSource {
  readonly chart: ChartProps
  readonly plot: Plot
  readonly summaries: readonly SpectrumSummary[]
  readonly words: string
  /** The spectrum at the cursor. */
  readonly shown: Spectrum | undefined
  readonly pointer: LayerPointer
}

/** The spectrum at the cursor by rank. */
function Ranks({ chart, shown, theory, words }: DrawnSpectra) {
  if (!shown) return null
  return (
    <RankPlot
      spectrum={shown}
      theory={ofLayer(theory.spectra, shown.layer)}
      bounds={ofLayer(theory.bounds, shown.layer)}
      width={chart.width}
      height={chart.height}
      label={`${chart.title} by rank. ${words}`}
    />
  )
}

/** Spectra over the depth: a density, its edges, and the edges that theory gives; the one at the cursor beside. */
function SpectrumMap(props: DrawnSpectra) {
  const { chart, plot, spectra, summaries, theory, words, shown, pointer } = props
  const width = chart.width - HISTOGRAM_WIDTH
  const { height, title, cursor, scheme } = chart
  return (
    <>
      <div className="layered">
        {/* Its colour is read from the style sheet: another scheme is another drawing. */}
        <Density key={scheme} plot={plot} spectra={spectra} width={width} height={height} />
        <svg
          className="plot"
          width={width}
          height={height}
          role="img"
          aria-label={`${title}. ${words}`}
          {...pointer.handlers}
        >
          <SpectrumAxes plot={plot} />
          <Envelope plot={plot} summaries={summaries} className="line forward minor" />
          <Envelope
            plot={plot}
            summaries={theory.summaries}
            className="line theory spectrum-theory minor"
          />
          <BoundLines plot={plot} bounds={theory.bounds} />
          <CursorLine plot={plot} layer={cursor} />
        </svg>
      </div>
      {shown && (
        <SpectrumHistogram
          plot={plot}
          spectrum={shown}
          theory={ofLayer(theory.spectra, shown.layer)}
        />
      )}
    </>
  )
}

function SpectrumAxes({ plot }: { plot: Plot }) {
  const domain = plot.y.domain() as [number, number]
  return (
    <>
      <ValueAxis plot={plot} ticks={log10Ticks(domain, (plot.bottom - plot.top) / 36)} />
      <LayerAxis plot={plot} ticks={layerTicks(plot.depth, (plot.right - plot.left) / 80)} />
    </>
  )
}

export default {
  id: 'spectrum',
  title: 'Singular values of the Jacobian',
  reading:
    'How much each direction of the input is stretched on its way to a layer: a narrow band keeps everything, a wide one keeps a few directions and loses the rest.',
  order: 3,
  Component: SpectrumChart,
} satisfies Chart
