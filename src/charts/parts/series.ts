import { type StatisticId, statistics } from '../../engine/statistics.ts'
import type { Measured, Predicted } from '../chart.ts'
import type { Series } from './LayerChart.tsx'

/** The series of one statistic; empty while nothing is measured. */
export function seriesOf(
  measured: Measured | null,
  theory: Predicted | undefined,
  id: StatisticId,
  className: string,
): Series {
  const { label, meaning, isLog10 } = statistics[id]
  const columnLabel = isLog10 ? `log10 ${label}` : label
  const values = measured?.rows[id] ?? new Float64Array(0)
  const predicted = theory === undefined ? undefined : (theory[id] ?? null)
  return {
    id,
    label,
    columnLabel,
    meaning,
    className,
    values,
    theory: predicted,
    band: measured?.bands?.[id],
  }
}
