import { useMemo } from 'react'
import { formatLog10 } from '../base/formatLog10.ts'
import type { StatisticId } from '../engine/statistics.ts'
import type { Chart, ChartProps } from './chart.ts'
import { domainOf, log10Ticks } from './parts/domain.ts'
import { LayerChart } from './parts/LayerChart.tsx'
import { seriesOf } from './parts/series.ts'

const curves: readonly (readonly [StatisticId, string])[] = [
  ['log10_activation_rms', 'forward'],
  ['log10_preactivation_rms', 'forward minor'],
  ['log10_gradient_rms', 'backward'],
  ['log10_weight_gradient_norm', 'backward minor'],
]

/** A flat line should look flat: the axis never shows less than this many decades. */
const MIN_DECADES = 2

const domain = (rows: readonly Float64Array[]) => domainOf(rows, MIN_DECADES)

function Norms(props: ChartProps) {
  const { measured, theory, theoryBands, ghosts } = props
  const series = useMemo(() => {
    const source = { measured, theory, theoryBands, ghosts }
    return curves.map(([id, className]) => seriesOf(source, id, className))
  }, [measured, theory, theoryBands, ghosts])
  return (
    <LayerChart
      chart={props}
      series={series}
      domain={domain}
      ticks={log10Ticks}
      format={formatLog10}
    />
  )
}

export default {
  id: 'norms',
  title: 'Signal and gradient',
  reading:
    'The signal (blue) runs left to right, the gradient (orange) right to left; flat lines are healthy, and a straight slope is growth by a factor a layer.',
  order: 1,
  Component: Norms,
} satisfies Chart
