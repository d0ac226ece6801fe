import { type StatisticId, statistics } from '../../engine/statistics.ts'
import type { Measured, Predicted } from '../chart.ts'
import type { Series } from './LayerChart.tsx'

/** The series of one statistic; null where nothing is measured. */
export function seriesOf(
  measured: Measured | null,
  theory: Predicted | undefined,
  id: StatisticId,
  className: string,
): Series {
  const { label, meaning } = statistics[id]
  const values = measured?.rows[id] ?? new Float64Array(0)
  const predicted = theory === undefined ? undefined : (theory[id] ?? null)
  return { id, label, meaning, className, values, theory: predicted, band: measured?.bands?.[id] }
}
