import type { ChartSeries } from './chartSeries.ts'
import { csvCell } from './csv.ts'
import { commentHead, type Provenance } from './provenance.ts'

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

const optional = (values: ArrayLike<number> | undefined, i: number) =>
  csvCell(values === undefined ? NaN : values[i]!)

const placeCell = (place: number | string) =>
  typeof place === 'string' ? quoted(place) : csvCell(place)

function* seriesLines({ id, label, x, y, theory, band }: ChartSeries): Generator<string> {
  const name = `${quoted(id)},${quoted(label)}`
  for (let i = 0; i < x.length; i++) {
    const found = [theory, band?.low, band?.high].map((values) => optional(values, i))
    yield [name, placeCell(x[i]!), csvCell(y[i]!), ...found].join(',')
  }
}

/**
 * The curves of one chart as CSV: a head of `#` comments, then `series,label,layer,value,theory,low,high`
 * (or another name in place of `layer`), a row a layer. An empty field is a value that does not exist; infinities are words.
 */
export function chartCsv(series: readonly ChartSeries[], provenance: Provenance): string {
  const xName = series[0]?.xName ?? 'layer'
  const head = `series,label,${quoted(xName)},value,theory,low,high`
  const lines = [...commentHead(provenance), head]
  for (const one of series) for (const line of seriesLines(one)) lines.push(line)
  return `${lines.join('\n')}\n`
}
