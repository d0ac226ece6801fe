import { line } from 'd3-shape'
import { useCallback, useMemo } from 'react'
import { formatLog10 } from '../base/formatLog10.ts'
import type { Spectrum } from '../engine/protocol.ts'
import type { Chart, ChartProps, Measured } from './chart.ts'
import { LayerAxis, ValueAxis } from './parts/Axis.tsx'
import { Canvas } from './parts/Canvas.tsx'
import { columnOf } from './parts/columns.ts'
import { CursorLine, useLayerPointer } from './parts/Cursor.tsx'
import { domainOf, layerTicks, log10Ticks } from './parts/domain.ts'
import { Frame } from './parts/Frame.tsx'
import { nearest } from './parts/nearest.ts'
import { type Plot, plotOf } from './parts/plot.ts'
import { binShares, type SpectrumSummary, summarizeSpectrum } from './parts/spectra.ts'

/** The axis never shows less than this many decades, so that a narrow spectrum looks narrow. */
const MIN_DECADES = 1
const HISTOGRAM_WIDTH = 96
const BIN_PIXELS = 4
const ZERO_STRIP_PIXELS = 5

const binsOf = ({ top, bottom }: Plot) => Math.max(8, Math.floor((bottom - top) / BIN_PIXELS))

/** Shares in a few bins are large, in many small: the square root keeps both visible. */
const inkOf = (share: number) => Math.min(1, 1.6 * Math.sqrt(share))

function drawDensity(context: CanvasRenderingContext2D, plot: Plot, spectra: readonly Spectrum[]) {
  const bins = binsOf(plot)
  const pixels = (plot.bottom - plot.top) / bins
  spectra.forEach((spectrum, i) => {
    const [from, to] = columnOf(plot, spectra, i)
    const shares = binShares(spectrum, plot.y.domain() as [number, number], bins)
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

function EnvelopeLine({ plot, summaries, of }: EnvelopeProps) {
  const path = line<SpectrumSummary>()
    .defined((summary) => Number.isFinite(summary[of]))
    .x(({ layer }) => plot.x(layer))
    .y((summary) => plot.y(summary[of]))
    .digits(1)(summaries)
  return path === null ? null : <path className="curve" d={path} />
}

interface EnvelopeProps {
  readonly plot: Plot
  readonly summaries: readonly SpectrumSummary[]
  readonly of: 'largest' | 'median' | 'smallest'
}

/** The spectrum at the cursor, lying on its side on the axis of the density. */
function Histogram({ plot, spectrum }: { plot: Plot; spectrum: Spectrum }) {
  const bins = binsOf(plot)
  const pixels = (plot.bottom - plot.top) / bins
  const shares = binShares(spectrum, plot.y.domain() as [number, number], bins)
  const most = Math.max(...shares)
  return (
    <svg className="histogram" width={HISTOGRAM_WIDTH} height={plot.bottom + 34} aria-hidden="true">
      <line className="axis-line" x1={1} x2={1} y1={plot.top} y2={plot.bottom} />
      {[...shares].map((share, bin) =>
        share === 0 ? null : (
          <rect
            key={bin}
            className="forward"
            x={1}
            y={plot.bottom - (bin + 1) * pixels}
            width={(share / most) * (HISTOGRAM_WIDTH - 8)}
            height={Math.max(1, pixels - 1)}
          />
        ),
      )}
      <text className="axis-name" x={HISTOGRAM_WIDTH / 2} y={plot.bottom + 16} textAnchor="middle">
        layer {spectrum.layer}
      </text>
    </svg>
  )
}

function conditionOf({ largest, smallest, zeros }: SpectrumSummary): string {
  if (zeros > 0) return '∞'
  return formatLog10(largest - smallest, 2)
}

function wordsOf(summary: SpectrumSummary): string {
  const { layer, largest, smallest, zeros, count } = summary
  if (zeros === count) return `layer ${layer}: every singular value is exactly zero`
  const zeroWords = zeros === 0 ? '' : ` (${zeros} of ${count} exactly zero)`
  return `layer ${layer}: ${formatLog10(largest, 2)} to ${formatLog10(smallest, 2)}, condition number ${conditionOf(summary)}${zeroWords}`
}

function tableOf(summaries: readonly SpectrumSummary[]) {
  const column = (label: string, of: (summary: SpectrumSummary) => number) => ({
    label,
    values: summaries.map(of),
  })
  return {
    layers: summaries.map(({ layer }) => layer),
    columns: [
      column('log10 largest', ({ largest }) => largest),
      column('log10 median', ({ median }) => median),
      column('log10 smallest above zero', ({ smallest }) => smallest),
      column('exact zeros', ({ zeros }) => zeros),
    ],
  }
}

function messageOf({ message, measured }: ChartProps): string | undefined {
  if (message !== undefined) return message
  if (measured && measured.spectra.length > 0) return undefined
  return measured?.noSpectra ?? 'The singular values come last, after signal and gradient.'
}

const NONE: Measured['spectra'] = []

function SpectrumChart(props: ChartProps) {
  const { measured, cursor, onCursor, height, title, reading, scheme } = props
  const spectra = measured?.spectra ?? NONE
  const width = props.width - HISTOGRAM_WIDTH
  const depth = measured?.depth ?? 1
  const plot = useMemo(() => {
    const domain = domainOf(
      spectra.map(({ log10SingularValues }) => log10SingularValues),
      MIN_DECADES,
    )
    return plotOf({ width, height, depth, domain })
  }, [width, height, depth, spectra])
  const summaries = useMemo(() => spectra.map(summarizeSpectrum), [spectra])
  const { hovered, handlers } = useLayerPointer(plot, onCursor)
  const shown = nearest(spectra, hovered ?? cursor)
  const words = shown ? wordsOf(summarizeSpectrum(shown)) : ''
  return (
    <Frame
      title={title}
      reading={reading}
      actions={props.actions}
      cursor={cursor}
      message={messageOf(props)}
      table={spectra.length > 0 ? () => tableOf(summaries) : undefined}
      legend={<p className="legend spectrum-words">{words}</p>}
    >
      <div className={`chart-body ${measured?.hasOldSpectra === true ? 'old' : ''}`}>
        <div className="layered">
          {/* Its colour is read from the style sheet: another scheme is another drawing. */}
          <Density key={scheme} plot={plot} spectra={spectra} width={width} height={height} />
          <svg
            className="plot"
            width={width}
            height={height}
            role="img"
            aria-label={`${title}. ${words}`}
            {...handlers}
          >
            <SpectrumAxes plot={plot} />
            <g className="line forward minor">
              <EnvelopeLine plot={plot} summaries={summaries} of="largest" />
              <EnvelopeLine plot={plot} summaries={summaries} of="smallest" />
            </g>
            <CursorLine plot={plot} layer={cursor} />
          </svg>
        </div>
        {shown && <Histogram plot={plot} spectrum={shown} />}
      </div>
    </Frame>
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
