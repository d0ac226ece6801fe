import type { TableData } from '../../charts/parts/Table.tsx'
import { chartCsv } from '../../export/chartCsv.ts'
import { chartJson } from '../../export/chartJson.ts'
import { usedVariables } from '../../export/cssVariables.ts'
import { pngFile, type PngOptions } from '../../export/pngFile.ts'
import { svgFile } from '../../export/svgFile.ts'
import type { Page } from '../page.ts'
import { download, downloadText } from './download.ts'
import { drawingOf } from './drawing.ts'
import { fileNameOf, originOf } from './origin.ts'
import { tableSeries } from './tableSeries.ts'

/** A chart on the page. */
export interface ChartOnPage {
  readonly page: Page
  readonly id: string
  /** Something inside the chart's figure. */
  readonly inside: Element
  readonly table: TableData | undefined
}

const wordsIn = (figure: Element, selector: string) =>
  figure.querySelector(selector)?.textContent ?? ''

/** An SVG is looked at in any size: what it has of images is as sharp as the sharpest PNG. */
const SVG_SCALE: PngOptions['scale'] = 3

/** A chart as a file of its own, and its size; what it has of images at `scale` pixels to one px. */
export function drawnChart(chart: ChartOnPage, scale: PngOptions['scale'] = 1) {
  const { page, inside } = chart
  const figure = inside.closest('figure')
  if (!figure) throw new Error('chartFiles: the button must stand in a figure')
  // As it is looked at: another look may have another title.
  const [title, reading] = [wordsIn(figure, 'h2'), wordsIn(figure, '.reading')]
  const drawing = drawingOf(figure, title, scale)
  const style = getComputedStyle(figure)
  const variables = Object.fromEntries(
    usedVariables(drawing.svg).map((name) => [name, style.getPropertyValue(name)]),
  )
  const provenance = originOf(page)
  const look = { css: '', variables, inherited: { 'font-family': style.fontFamily } }
  const svg = svgFile({ ...drawing, ...look, title, description: reading, provenance })
  return { svg, width: drawing.width, height: drawing.height, provenance }
}

export function saveSvg(chart: ChartOnPage): string {
  downloadText(drawnChart(chart, SVG_SCALE).svg, fileNameOf(chart.page, chart.id, 'svg'))
  return ''
}

export async function savePng(chart: ChartOnPage, scale: PngOptions['scale']): Promise<string> {
  download(
    await pngFile({ ...drawnChart(chart, scale), scale }),
    fileNameOf(chart.page, chart.id, 'png'),
  )
  return ''
}

function numbersOf({ table }: ChartOnPage) {
  if (!table) throw new Error('There are no numbers to save yet.')
  return tableSeries(table)
}

export function saveCsv(chart: ChartOnPage): string {
  const text = chartCsv(numbersOf(chart), originOf(chart.page))
  downloadText(text, fileNameOf(chart.page, chart.id, 'csv'))
  return ''
}

export function saveJson(chart: ChartOnPage): string {
  const text = chartJson(numbersOf(chart), originOf(chart.page))
  downloadText(text, fileNameOf(chart.page, chart.id, 'json'))
  return ''
}
