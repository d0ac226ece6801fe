import type { ChartSeries } from './chartSeries.ts'
import { jsonNumber } from './json.ts'
import { originRecord, type Provenance } from './provenance.ts'

const jsonArray = (values: ArrayLike<number>) => Array.from(values, jsonNumber)

const seriesJson = ({ id, label, x, xName = 'layers', y, theory, band }: ChartSeries) => ({
  id,
  label,
  [xName]: Array.from<number | string, unknown>(x, (place) =>
    typeof place === 'string' ? place : jsonNumber(place),
  ),
  values: jsonArray(y),
  theory: theory ? jsonArray(theory) : null,
  band: band ? { low: jsonArray(band.low), high: jsonArray(band.high) } : null,
})

/** The curves of one chart as JSON; null where a value does not exist, infinities as words. */
export function chartJson(series: readonly ChartSeries[], provenance: Provenance): string {
  const head = { ...originRecord(provenance), config: provenance.config }
  return `${JSON.stringify({ ...head, series: series.map(seriesJson) }, null, 1)}\n`
}
