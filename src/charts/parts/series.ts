import { type StatisticId, statistics } from '../../engine/statistics.ts'
import type { ChartProps } from '../chart.ts'
import type { Series } from './LayerChart.tsx'

/** What the series of a chart are made of. */
export type SeriesSource = Pick<ChartProps, 'measured' | 'theory' | 'theoryBands' | 'ghosts'>

/** What a statistic is: in words, as a formula, and whose it is. */
function explained(id: StatisticId): string {
  const { meaning, formula, source } = statistics[id]
  return [meaning, `${formula}.`, ...(source === undefined ? [] : [`${source}.`])].join(' ')
}

/** The series of one statistic; empty while nothing is measured. */
export function seriesOf(source: SeriesSource, id: StatisticId, className: string): Series {
  const { measured, theory, theoryBands, ghosts } = source
  const { label, isLog10 } = statistics[id]
  const columnLabel = isLog10 ? `log10 ${label}` : label
  const values = measured?.rows[id] ?? new Float64Array(0)
  const isMinor = className.endsWith('minor')
  const predicted = theory === undefined ? undefined : (theory[id] ?? null)
  return {
    id,
    label,
    columnLabel,
    meaning: explained(id),
    className,
    values,
    theory: predicted,
    theoryBand: predicted ? theoryBands?.[id] : undefined,
    band: measured?.bands?.[id],
    // Of pinned runs the main curves alone: four times all of them would be a thicket.
    ghosts: isMinor ? [] : ghosts?.map(({ number, rows }) => ({ number, values: rows[id] })),
  }
}
