import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { statisticIds } from '../../src/engine/statistics.ts'
import { elements, parseXml } from '../export/xml.ts'
import { journey } from './journey.ts'
import { charts, settled } from './view.ts'

const DEPTH = 20
const STATE = `#depth=${DEPTH}&width=32&seed=7&act=relu&norm=batch`

/** Opens the first menu called `menu` inside a part of the page, presses an item, and takes the file. */
async function saved(page: Page, menu: string, item: string) {
  await page.getByRole('button', { name: menu, exact: true }).first().click()
  const choice = page
    .getByRole('dialog')
    .getByRole('button', { name: item, exact: true })
    .filter({ visible: true })
  const [file] = await Promise.all([page.waitForEvent('download'), choice.click()])
  await choice.waitFor({ state: 'detached' })
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

const rowsOf = (text: string) => text.split('\n').filter((line) => /^[^#]/.test(line))

async function quiet(page: Page): Promise<void> {
  await settled(page)
  await page.getByText(/, \d+ ms$/).waitFor()
}

journey(
  'a chart as SVG is well-formed, drawn and says where it comes from',
  async ({ openOnce }) => {
    const page = await openOnce(STATE)
    await quiet(page)
    const { name, bytes } = await saved(page, 'Save', 'SVG')
    expect(name).toMatch(/^sigprop_custom_norms_7_\d{8}\.svg$/)
    const root = parseXml(bytes.toString())
    expect(root.name).toBe('svg')
    const [metadata] = elements(root, 'metadata')
    const record = JSON.parse(metadata?.children[0] as string) as Record<string, unknown>
    expect(record).toMatchObject({ program: 'Depthscope', config: { act: 'relu', seed: 7 } })
    expect(record['link']).toContain('act=relu')
    const curves = elements(root, 'path').filter(({ attributes }) => attributes['d'] !== undefined)
    expect(curves.length).toBeGreaterThanOrEqual(4)
    expect(bytes.toString()).not.toMatch(/var\(|class=/)
    expect(elements(root, 'text').flatMap(({ children }) => children)).toContain(
      'Signal and gradient',
    )
  },
)

journey('every chart can be saved as SVG, canvas layers included', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await quiet(page)
  const drawn = charts(page).filter({ has: page.locator('.chart-body svg') })
  const savable = drawn.filter({ has: page.getByRole('button', { name: 'Save' }) })
  expect(await savable.count()).toBeGreaterThanOrEqual(4)
  for (const chart of await savable.all()) {
    await chart.getByRole('button', { name: 'Save', exact: true }).click()
    const item = chart.getByRole('button', { name: 'SVG', exact: true })
    const [file] = await Promise.all([page.waitForEvent('download'), item.click()])
    await item.waitFor({ state: 'detached' })
    const root = parseXml(await readFile(await file.path(), 'utf8'))
    const canvases = await chart.locator('canvas').count()
    expect(elements(root, 'image')).toHaveLength(canvases)
  }
})

/** Width and height in the header of a PNG. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)] as const

journey('PNG comes in three sizes and carries its link', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await quiet(page)
  const [once, twice, thrice] = [
    await saved(page, 'Save', 'PNG'),
    await saved(page, 'Save', 'PNG, 2×'),
    await saved(page, 'Save', 'PNG, 3×'),
  ]
  const [width, height] = sizeOf(once.bytes)
  expect(width).toBeGreaterThan(300)
  expect(sizeOf(twice.bytes)).toEqual([2 * width, 2 * height])
  expect(sizeOf(thrice.bytes)).toEqual([3 * width, 3 * height])
  expect(once.bytes.toString('latin1')).toContain('act=relu')
})

/** Of two PNGs, in the page's browser: at how many pixels a part of one is not the other, and the colours of that. */
function compared(page: Page, whole: Buffer, part: Buffer, place: readonly [number, number]) {
  const [width, height] = sizeOf(part)
  const sources = [whole, part].map((png) => png.toString('base64'))
  return page.evaluate(
    async ({ sources, place, width, height }) => {
      const pixels = async (source: string, [left, top]: readonly [number, number]) => {
        const bytes = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0))
        const canvas = document.createElement('canvas')
        Object.assign(canvas, { width, height })
        const context = canvas.getContext('2d')!
        context.drawImage(await createImageBitmap(new Blob([bytes])), -left, -top)
        return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer)
      }
      const found = await pixels(sources[0]!, place)
      const wanted = await pixels(sources[1]!, [0, 0])
      const differences = wanted.filter((pixel, i) => pixel !== found[i]).length
      return { differences, colours: new Set(wanted).size }
    },
    { sources, place, width, height },
  )
}

journey('heat maps are drawn anew for a file, as sharp as it is', async ({ open }) => {
  const page = await open(`${STATE}&charts=correlation`)
  await quiet(page)
  const svg = await saved(page, 'Save', 'SVG')
  const [image] = elements(parseXml(svg.bytes.toString()), 'image')
  const [x, y, side] = ['x', 'y', 'width'].map((name) => 3 * Number(image!.attributes[name]))
  const map = Buffer.from(image!.attributes['href']!.split(',')[1]!, 'base64')
  expect(sizeOf(map)).toEqual([side, side])
  const { bytes } = await saved(page, 'Save', 'PNG, 3×')
  const { differences, colours } = await compared(page, bytes, map, [
    Math.round(x!),
    Math.round(y!),
  ])
  expect(differences).toBe(0)
  // Cells meet without a colour between them: as many as there are pairs of the 32 samples, at most.
  expect(colours).toBeGreaterThan(100)
  expect(colours).toBeLessThanOrEqual((32 * 33) / 2)
})

journey('a density is drawn finer for a larger file, not enlarged', async ({ open }) => {
  const page = await open(`${STATE}&charts=spectrum`)
  await quiet(page)
  const [image] = elements(parseXml((await saved(page, 'Save', 'SVG')).bytes.toString()), 'image')
  const map = Buffer.from(image!.attributes['href']!.split(',')[1]!, 'base64')
  const [width] = sizeOf(map)
  expect(width).toBeCloseTo(3 * Number(image!.attributes['width']))
  const canvas = page.locator('canvas.density')
  expect(await canvas.evaluate((element: HTMLCanvasElement) => element.width)).toBeLessThan(width)
  const enlarged = await canvas.evaluate((element: HTMLCanvasElement) => {
    const large = document.createElement('canvas')
    Object.assign(large, { width: 3 * element.width, height: 3 * element.height })
    const context = large.getContext('2d')!
    context.imageSmoothingEnabled = false
    context.drawImage(element, 0, 0, large.width, large.height)
    return large.toDataURL('image/png').split(',')[1]!
  })
  const { differences } = await compared(page, Buffer.from(enlarged, 'base64'), map, [0, 0])
  expect(differences).toBeGreaterThan(width)
})

journey('the numbers of a chart, as CSV and as JSON', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await quiet(page)
  const csv = await saved(page, 'Save', 'CSV')
  const [head, ...rows] = rowsOf(csv.bytes.toString())
  expect(head).toBe('series,label,layer,value,theory,low,high')
  expect(rows).toHaveLength(4 * (DEPTH + 1))
  const json = await saved(page, 'Save', 'JSON')
  const { series } = JSON.parse(json.bytes.toString()) as {
    series: { id: string; values: number[] }[]
  }
  expect(series.map(({ id }) => id)).toContain('log10_gradient_rms')
  const first = series.find(({ id }) => id === 'log10_activation_rms')?.values[1]
  expect(rows[1]?.split(',')[3]).toBe(String(first))
})

journey('one layer’s weights: a picture with their title, numbers by rank', async ({ open }) => {
  const page = await open(`${STATE}&charts=spectrum&look=spectrum:weights&layer=3`)
  await quiet(page)
  await page.getByText(/^layer 3: /).waitFor()
  const root = parseXml((await saved(page, 'Save', 'SVG')).bytes.toString())
  expect(elements(root, 'title')[0]?.children).toEqual(['Weight singular values'])
  expect(elements(root, 'desc')[0]?.children[0]).toMatch(/the weights W at the cursor/)
  const [head, ...rows] = rowsOf((await saved(page, 'Save', 'CSV')).bytes.toString())
  expect(head).toBe('series,label,rank,value,theory,low,high')
  expect(rows).toHaveLength(32)
  const columns = [3, 4].map((at) => rows.map((row) => Number(row.split(',')[at])))
  for (const values of columns) expect(values).toEqual([...values].sort((a, b) => b - a))
})

journey('the whole run, as CSV and as JSON', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await quiet(page)
  const csv = await saved(page, 'Export', 'Whole run as CSV')
  expect(csv.name).toMatch(/^sigprop_custom_run_7_\d{8}\.csv$/)
  const [head, ...rows] = rowsOf(csv.bytes.toString())
  expect(head).toBe('seed,layer,statistic,value')
  expect(rows).toHaveLength(statisticIds.length * (DEPTH + 1))
  const json = await saved(page, 'Export', 'Whole run as JSON')
  const report = JSON.parse(json.bytes.toString()) as {
    layers: Record<string, unknown[]>
    link: string
  }
  expect(Object.keys(report.layers)).toEqual([...statisticIds])
  expect(report.layers['mean_cosine']).toHaveLength(DEPTH + 1)
  expect(report.link).toBe(page.url())
})

journey('a script for Python is copied', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await quiet(page)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('button', { name: 'Copy as Python (NumPy)' }).click()
  await page.getByText('The script is on the clipboard.').waitFor()
  const script = await page.evaluate(() => navigator.clipboard.readText())
  expect(script).toContain('import numpy as np')
  expect(script).toContain(`DEPTH = ${DEPTH}`)
})
