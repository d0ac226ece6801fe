import { useMemo } from 'react'
import { formatCount, formatNumber } from '../base/formatLog10.ts'
import type { StatisticId } from '../engine/statistics.ts'
import type { Chart, ChartProps, Measured } from './chart.ts'
import { diverging } from './parts/colours.ts'
import { type Domain, extent, linearTicks } from './parts/domain.ts'
import { Heatmap } from './parts/Heatmap.tsx'
import { LayerChart, type Series } from './parts/LayerChart.tsx'
import { nearest } from './parts/nearest.ts'
import { seriesOf } from './parts/series.ts'

const curves: readonly (readonly [StatisticId, string])[] = [
  ['mean_cosine', 'forward'],
  ['mean_abs_cosine', 'forward minor'],
]

/** Below this width the heat map has no room beside the curves. */
const MIN_WIDTH_FOR_HEATMAP = 320
const MAX_SIDE = 150

const formatCosine = (cosine: number) => formatNumber(cosine, 3)

/** Where the axis may begin. */
const LOWEST = [-0.05, -0.55, -1.05]

/** Cosines live in -1 ... 1; of the negative half so much is shown as something is there. */
function domain(rows: readonly Float64Array[]): Domain {
  const [lowest] = extent(rows) ?? [0]
  return [LOWEST.find((low) => low <= lowest) ?? -1.05, 1.05]
}

const NO_COSINE = '#8888'

/** Green-blue for the same direction, brown for opposite ones, white for a right angle. */
function colourOf(cosine: number): string {
  return Number.isNaN(cosine) ? NO_COSINE : diverging(0.9 * cosine)
}

/** The area between the two most different and the two most similar samples. */
function pairRange(measured: Measured | null): Series {
  const { min_cosine: low, max_cosine: high } = measured?.rows ?? {}
  return {
    id: 'range',
    label: 'all pairs',
    meaning: 'From the pair of samples that is furthest apart to the one that is closest together.',
    className: 'forward range',
    values: new Float64Array(0),
    words: (layer) => {
      const [least, most] = [low?.[layer] ?? NaN, high?.[layer] ?? NaN].map(formatCosine)
      return least === most ? String(least) : `${least} to ${most}`
    },
    band: low && high && { low, high },
  }
}

function GramAtCursor({ measured, cursor, width, height }: ChartProps) {
  const picture = nearest(measured?.pictures ?? [], cursor)
  if (!picture) return null
  const side = Math.min(MAX_SIDE, height - 60, width / 3)
  const words = `Cosines between the first ${picture.samples} samples at layer ${formatCount(picture.layer)}`
  return (
    <div className="aside" style={{ width: side }}>
      <Heatmap
        values={picture.cosines}
        size={picture.samples}
        side={side}
        colourOf={colourOf}
        label={words}
      />
      <CosineScale width={side} />
      <p className="aside-note">
        layer {formatCount(picture.layer)}, {picture.samples} samples
      </p>
    </div>
  )
}

const STOPS = [-1, -0.5, 0, 0.5, 1]

function CosineScale({ width }: { width: number }) {
  const gradient = STOPS.map((cosine) => colourOf(cosine)).join(',')
  return (
    <div className="colour-scale" style={{ width }} aria-hidden="true">
      <div style={{ background: `linear-gradient(90deg,${gradient})` }} />
      <span>−1</span>
      <span>0</span>
      <span>1</span>
    </div>
  )
}

function Correlation(props: ChartProps) {
  const { measured, theory, ghosts, width } = props
  const series = useMemo(
    () => [
      pairRange(measured),
      ...curves.map(([id, className]) => seriesOf({ measured, theory, ghosts }, id, className)),
    ],
    [measured, theory, ghosts],
  )
  const hasRoom = width >= MIN_WIDTH_FOR_HEATMAP && (measured?.pictures.length ?? 0) > 0
  return (
    <LayerChart
      chart={props}
      series={series}
      domain={domain}
      ticks={linearTicks}
      format={formatCosine}
      asideWidth={hasRoom ? Math.min(MAX_SIDE, width / 3) + 16 : 0}
      aside={<GramAtCursor {...props} />}
    />
  )
}

export default {
  id: 'correlation',
  title: 'Do inputs stay apart?',
  reading:
    'Cosine between the images of two inputs, over all pairs: at 1 the network sees every input as the same direction (collapse), near 0 they stay apart.',
  order: 2,
  Component: Correlation,
} satisfies Chart
