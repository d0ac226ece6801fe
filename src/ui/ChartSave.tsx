import { memo, useContext, useMemo } from 'react'
import type { Chart } from '../charts/chart.ts'
import { charts } from '../charts/index.ts'
import { FrameTable } from '../charts/parts/frameTable.ts'
import type { TableData } from '../charts/parts/Table.tsx'
import type { ChartOnPage } from './files/chartFiles.ts'
import { filmFormat } from './files/film.ts'
import { MenuButton, type MenuItem, type Work } from './MenuButton.tsx'
import { type Page, usePage } from './page.ts'

/** What writes the files is fetched when a file is asked for. */
const chartFiles = () => import('./files/chartFiles.ts')
type Files = Awaited<ReturnType<typeof chartFiles>>

/** TABLE: what a chart can be saved as. */
const formats: readonly (readonly [
  string,
  (files: Files, chart: ChartOnPage) => string | Promise<string>,
])[] = [
  ['SVG', (files, chart) => files.saveSvg(chart)],
  ['PNG', (files, chart) => files.savePng(chart, 1)],
  ['PNG, 2×', (files, chart) => files.savePng(chart, 2)],
  ['PNG, 3×', (files, chart) => files.savePng(chart, 3)],
  ['CSV', (files, chart) => files.saveCsv(chart)],
  ['JSON', (files, chart) => files.saveJson(chart)],
]

const animation = () => import('./files/animation.ts')

/** Which chart it is. */
type Named = Pick<Chart, 'id' | 'title'>

function itemsOf(
  page: Page,
  { id }: Named,
  readTable: () => TableData | undefined,
): readonly MenuItem[] {
  const chartAt = (inside: Element) => ({ page, id, inside, table: readTable() })
  const still = formats.map(([label, save]) => ({
    label,
    run: async ({ item }: Work) => save(await chartFiles(), chartAt(item)),
  }))
  // What theory draws beside the charts does not follow the cursor.
  return charts.some((chart) => chart.id === id) ? [...still, ...movingItems(chartAt)] : still
}

/** The chart as the cursor goes through the layers. */
function movingItems(chartAt: (inside: Element) => ChartOnPage): readonly MenuItem[] {
  return [
    {
      label: 'All layers as PNG (.zip)',
      isLong: true,
      run: async ({ item, ...work }) => (await animation()).saveFrames(chartAt(item), work),
    },
    {
      label: 'All layers as a film',
      obstacle: filmFormat() ? undefined : 'this browser records no films',
      isLong: true,
      run: async ({ item, ...work }) => (await animation()).saveFilm(chartAt(item), work),
    },
  ]
}

/** Saves the chart around it. */
export const ChartSave = memo(function ChartSave({ chart }: { chart: Named }) {
  const page = usePage()
  const readTable = useContext(FrameTable)
  const items = useMemo(() => itemsOf(page, chart, readTable), [page, chart, readTable])
  return (
    <MenuButton
      name={`Save: ${chart.title}`}
      items={items}
      button={(opener) => (
        <button type="button" className="chart-switch" {...opener}>
          Save
        </button>
      )}
    />
  )
})
