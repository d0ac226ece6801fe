import { useMemo } from 'react'
import { formatCount, formatLog10, formatNumber, formatShare } from '../base/formatLog10.ts'
import {
  type Histogram,
  HISTOGRAM_BINS,
  HISTOGRAM_RMS,
  type LayerPicture,
} from '../engine/protocol.ts'
import type { Chart, ChartProps, Measured } from './chart.ts'
import { ActivationHistogram } from './parts/ActivationHistogram.tsx'
import { useLayerPointer } from './parts/Cursor.tsx'
import { type DensityColumn, DensityMap } from './parts/DensityMap.tsx'
import { type Domain, linearTicks } from './parts/domain.ts'
import { Frame } from './parts/Frame.tsx'
import { nearest } from './parts/nearest.ts'
import { plotOf } from './parts/plot.ts'

/** A layer whose pre-activations have been counted. */
interface Counted {
  readonly layer: number
  readonly histogram: Histogram
}

const DOMAIN: Domain = [-HISTOGRAM_RMS, HISTOGRAM_RMS]
const MAX_HISTOGRAM_WIDTH = 170
/** Share of the entries in one bin that gets all the ink; a Gaussian's tallest bin has a third of it. */
const FULL_INK = 0.15
const TICKS = 5

function countedOf(pictures: readonly LayerPicture[]): readonly Counted[] {
  return pictures.flatMap(({ layer, histogram }) => (histogram ? [{ layer, histogram }] : []))
}

const columnsOf = (counted: readonly Counted[]): readonly DensityColumn[] =>
  counted.map(({ layer, histogram }) => ({ layer, shares: histogram.shares }))

const inkOf = (share: number) => Math.min(1, Math.sqrt(share / FULL_INK))

const log10RmsOf = ({ log10Range }: Histogram) => log10Range - Math.log10(HISTOGRAM_RMS)

function wordsOf({ layer, histogram }: Counted): string {
  const { saturated, dead } = histogram
  const size = formatLog10(log10RmsOf(histogram))
  return `layer ${formatCount(layer)}: rms ${size}, ${formatShare(saturated)} saturated, ${formatShare(dead)} of the units dead`
}

function tableOf(counted: readonly Counted[]) {
  const column = (label: string, of: (histogram: Histogram) => number) => ({
    label,
    values: counted.map(({ histogram }) => of(histogram)),
  })
  const middleOf = (bin: number) => HISTOGRAM_RMS * ((2 * bin + 1) / HISTOGRAM_BINS - 1)
  return {
    layers: counted.map(({ layer }) => layer),
    columns: [
      column('log10 rms', log10RmsOf),
      column('share saturated', ({ saturated }) => saturated),
      column('share of units dead', ({ dead }) => dead),
      ...Array.from({ length: HISTOGRAM_BINS }, (_, bin) =>
        column(`share at ${formatNumber(middleOf(bin))} rms`, ({ shares }) => shares[bin]!),
      ),
    ],
  }
}

const NONE: Measured['pictures'] = []

function messageOf({ message, measured }: ChartProps, counted: readonly Counted[]) {
  if (message !== undefined) return message
  if (!measured) return 'Nothing measured yet.'
  return counted.length > 0 ? undefined : 'No layer has been counted yet.'
}

function Distribution(props: ChartProps) {
  const { measured, cursor, onCursor, height, title, reading, scheme } = props
  const pictures = measured?.pictures ?? NONE
  const counted = useMemo(() => countedOf(pictures), [pictures])
  const columns = useMemo(() => columnsOf(counted), [counted])
  const aside = Math.min(MAX_HISTOGRAM_WIDTH, Math.floor(props.width * 0.42))
  const width = props.width - aside
  const depth = measured?.depth ?? 1
  const plot = useMemo(
    () => plotOf({ width, height, depth, domain: DOMAIN }),
    [width, height, depth],
  )
  const { hovered, handlers } = useLayerPointer(plot, onCursor)
  const at = nearest(counted, hovered ?? cursor)
  const words = at ? wordsOf(at) : ''
  return (
    <Frame
      title={title}
      reading={reading}
      actions={props.actions}
      cursor={cursor}
      message={messageOf(props, counted)}
      table={counted.length > 0 ? () => tableOf(counted) : undefined}
      legend={<DistributionLegend words={words} />}
    >
      <div className="chart-body">
        <DensityMap
          {...{ plot, columns, inkOf, width, height, scheme, cursor, handlers }}
          label={`${title} ${words}.`}
          ticks={linearTicks(DOMAIN, TICKS)}
        >
          <text className="axis-name" x={4} y={plot.top + 2} dominantBaseline="hanging">
            rms
          </text>
        </DensityMap>
        {at && measured && (
          <ActivationHistogram {...at} network={measured.network} width={aside} height={height} />
        )}
      </div>
    </Frame>
  )
}

const curves = { phi: 'φ', slope: 'φ′' }

function DistributionLegend({ words }: { words: string }) {
  return (
    <p className="legend spectrum-words">
      {Object.entries(curves).map(([id, label]) => (
        <span key={id} className="legend-mark">
          <svg width="18" height="8" aria-hidden="true">
            <line className={`${id}-curve`} x1="1" x2="17" y1="4" y2="4" />
          </svg>
          {label}
        </span>
      ))}
      {words}
    </p>
  )
}

export default {
  id: 'distribution',
  title: 'What enters the activation',
  reading:
    'Values before the nonlinearity, layer by layer, in units of their rms; beside them the layer at the cursor over φ and its slope: where the slope is zero, no gradient passes.',
  order: 6,
  Component: Distribution,
} satisfies Chart
