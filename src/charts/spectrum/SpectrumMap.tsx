import { line } from 'd3-shape'
import { useMemo } from 'react'
import type { Spectrum } from '../../engine/protocol.ts'
import type { ChartProps } from '../chart.ts'
import type { LayerPointer } from '../parts/Cursor.tsx'
import { type DensityColumn, DensityMap } from '../parts/DensityMap.tsx'
import { log10Ticks } from '../parts/domain.ts'
import type { Plot } from '../parts/plot.ts'
import { binShares, type SpectrumSummary, summarizeSpectrum } from '../parts/spectra.ts'
import { binsOf, HISTOGRAM_WIDTH, SpectrumHistogram } from '../parts/SpectrumHistogram.tsx'
import { layerName } from '../parts/spectrumWords.ts'
import { type AtLayer, ofLayer } from './atLayer.ts'
import type { Bound, DrawnTheory } from './spectrumTheory.ts'

interface SpectrumMapProps extends Pick<ChartProps, 'width' | 'height' | 'scheme' | 'cursor'> {
  readonly plot: Plot
  readonly spectra: readonly Spectrum[]
  readonly summaries: readonly SpectrumSummary[]
  readonly theory: DrawnTheory
  /** The spectrum at the cursor. */
  readonly shown: Spectrum | undefined
  readonly handlers: LayerPointer['handlers']
  readonly label: string
}

const PIXELS_A_VALUE_TICK = 36

/** Shares in a few bins are large, in many small: the square root keeps both visible. */
const inkOf = (share: number) => Math.min(1, 1.6 * Math.sqrt(share))

/** Spectra over the depth: a density, its edges, and the edges that theory gives; the one at the cursor beside. */
export function SpectrumMap(props: SpectrumMapProps) {
  const { plot, spectra, summaries, theory, shown, scheme, cursor, handlers, label } = props
  const columns = useMemo(() => columnsOf(plot, spectra), [plot, spectra])
  const size = { width: props.width - HISTOGRAM_WIDTH, height: props.height }
  return (
    <>
      <DensityMap
        {...{ plot, columns, inkOf, scheme, cursor, handlers, label, ...size }}
        ticks={log10Ticks(
          plot.y.domain() as [number, number],
          (plot.bottom - plot.top) / PIXELS_A_VALUE_TICK,
        )}
      >
        <Envelope plot={plot} summaries={summaries} className="line forward minor" />
        <Envelope
          plot={plot}
          summaries={theory.summaries}
          className="line theory spectrum-theory minor"
        />
        <BoundLines plot={plot} bounds={theory.bounds} />
      </DensityMap>
      {shown && (
        <SpectrumHistogram
          plot={plot}
          spectrum={shown}
          theory={ofLayer(theory.spectra, shown.layer)}
          name={layerName(shown.layer)}
        />
      )}
    </>
  )
}

/** Exact zeros lie at the foot. */
function columnsOf(plot: Plot, spectra: readonly Spectrum[]): readonly DensityColumn[] {
  const bins = binsOf(plot)
  return spectra.map((spectrum) => {
    const { zeros, count } = summarizeSpectrum(spectrum)
    return { layer: spectrum.layer, shares: binShares(spectrum, bins), foot: zeros / count }
  })
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
