import { useMemo } from 'react'
import { formatFactor, formatLog10, formatNumber } from '../base/formatLog10.ts'
import { fittedLayers } from '../model/network.ts'
import type { Chart, ChartProps, Measured } from './chart.ts'
import { Choice } from './parts/Choice.tsx'
import { type Domain, domainOf, linearTicks, log10Ticks, type Tick } from './parts/domain.ts'
import { fitOf } from './parts/fit.ts'
import { LayerChart, type Series } from './parts/LayerChart.tsx'
import { useLook } from './parts/look.ts'
import type { LayerSpread } from './parts/plot.ts'
import { seriesOf, type SeriesSource } from './parts/series.ts'

const views = { semilog: 'semi-log', loglog: 'log-log', gap: 'isometry gap' }
type ViewId = keyof typeof views

/** What a view shows and how. */
interface View {
  /** How to read it, where that is not what the chart says. */
  readonly reading?: string
  readonly spread: LayerSpread
  readonly seriesOf: (source: SeriesSource) => readonly Series[]
  readonly domain: (rows: readonly Float64Array[]) => Domain
  readonly ticks: (domain: Domain, count: number) => readonly Tick[]
  readonly format: (value: number) => string
}

const MIN_DECADES = 2
const MIN_GAP_SPAN = 0.1

/** Where a layer stands on the axis of a power law: the input at 0. */
const logOf = (layer: number) => Math.log10(1 + layer)

const missWords = (miss: number) => `off by ×${formatLog10(miss, 3)}`

/** The law that makes a straight line of the coefficient, fitted where growth is. */
function fitted(measured: Measured | null, isPower: boolean): readonly Series[] {
  if (!measured?.summary) return []
  const { network, rows, summary } = measured
  const fit = fitOf(rows.log10_gsc, fittedLayers(network), isPower ? logOf : (layer) => layer)
  if (!fit || summary.gscGrowth === null) return []
  const law = isPower
    ? `power ${formatNumber(fit.slope, 3)} of 1 + layer`
    : `×${formatFactor(summary.gscGrowth)} a layer, going down`
  return [
    {
      id: 'fit',
      label: 'fit',
      columnLabel: 'log10 fit',
      meaning: `A ${isPower ? 'power law' : 'constant factor a layer'}, least squares over the middle 80 % of layers.`,
      className: 'backward fit',
      values: fit.row,
      words: () => `${law}, ${missWords(fit.miss)}`,
    },
  ]
}

const coefficient = (isPower: boolean): Omit<View, 'spread'> => ({
  seriesOf: (source) => [
    seriesOf(source, 'log10_gsc', 'backward'),
    ...fitted(source.measured, isPower),
  ],
  domain: (rows) => domainOf(rows, MIN_DECADES),
  ticks: log10Ticks,
  format: formatLog10,
})

const table: Readonly<Record<ViewId, View>> = {
  semilog: { spread: 'linear', ...coefficient(false) },
  loglog: { spread: 'log', ...coefficient(true) },
  gap: {
    reading:
      'How far the images of the inputs are from orthogonal and equally long: 0 is perfect; infinite, or singular, means that they fill fewer dimensions than they are.',
    spread: 'linear',
    seriesOf: (source) => [seriesOf(source, 'isometry_gap', 'forward')],
    domain: (rows) => domainOf([Float64Array.of(0), ...rows], MIN_GAP_SPAN),
    ticks: linearTicks,
    format: (gap) => (gap === Infinity ? 'singular' : formatNumber(gap)),
  },
}

function Coefficient(props: ChartProps) {
  const { measured, theory, ghosts } = props
  const [viewId, setViewId] = useLook(props, views)
  const { seriesOf: make, reading = props.reading, ...view } = table[viewId]
  const series = useMemo(() => make({ measured, theory, ghosts }), [make, measured, theory, ghosts])
  const tools = <Choice label="View" options={views} value={viewId} onChange={setViewId} />
  return <LayerChart chart={{ ...props, reading }} series={series} tools={tools} {...view} />
}

export default {
  id: 'gsc',
  title: 'Gradient scale coefficient',
  reading:
    'How much a relative change at a layer is magnified at the top: a straight line on semi-log axes is exponential growth, on log-log axes a power of the depth, which is mild.',
  order: 5,
  Component: Coefficient,
} satisfies Chart
