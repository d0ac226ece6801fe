import { useMemo } from 'react'
import { formatNumber } from '../base/formatLog10.ts'
import type { StatisticId } from '../engine/statistics.ts'
import type { Chart, ChartProps } from './chart.ts'
import { linearTicks } from './parts/domain.ts'
import { LayerChart } from './parts/LayerChart.tsx'
import { seriesOf } from './parts/series.ts'

const curves: readonly (readonly [StatisticId, string])[] = [
  ['preactivation_std_ratio', 'forward'],
  ['sign_diversity', 'forward minor'],
]

/** Both are shares: the one lies in 0 ... 1, the other in 0 ... 0.5. */
const domain = () => [-0.03, 1.03] as const
const format = (value: number) => formatNumber(value)

function Domain(props: ChartProps) {
  const { measured, theory, ghosts } = props
  const series = useMemo(
    () => curves.map(([id, className]) => seriesOf({ measured, theory, ghosts }, id, className)),
    [measured, theory, ghosts],
  )
  return (
    <LayerChart chart={props} series={series} domain={domain} ticks={linearTicks} format={format} />
  )
}

export default {
  id: 'domain',
  title: 'Is the nonlinearity used?',
  reading:
    'What enters the activation, compared over the inputs: near 0 every input meets the same piece of the curve, and the layer is as good as linear.',
  order: 4,
  Component: Domain,
} satisfies Chart
