import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { controls } from '../../src/ui/controls/controls.ts'
import { journey } from './journey.ts'
import { charts, drawing, hashOf, numbers, redrawn, settled } from './view.ts'

journey('the bare address shows a finished run in words and charts', async ({ open }) => {
  const page = await open()
  await settled(page)
  expect(hashOf(page)).toBe('')
  expect(await charts(page).count()).toBeGreaterThanOrEqual(3)
  const verdict = page.getByRole('region', { name: 'What this shows' })
  expect(await verdict.innerText()).toMatch(/explode/)
})

journey('the page works from a folder of a host', async ({ open }) => {
  const page = await open('#data=digits&depth=8', { url: inject('folderUrl') })
  await settled(page)
  expect(await numbers(page)).not.toEqual([])
})

journey('digits: three charts are drawn', async ({ open }) => {
  const start = performance.now()
  const page = await open('#data=digits')
  await expect
    .poll(
      () =>
        charts(page)
          .filter({ has: page.locator('.curve') })
          .count(),
      { interval: 10 },
    )
    .toBeGreaterThanOrEqual(3)
  console.log(`digits: three charts after ${Math.round(performance.now() - start)} ms`)
  await settled(page)
  const digits = charts(page).filter({ hasText: 'Are digits told apart?' })
  await digits.getByRole('img', { name: /^The digits( \d){32}$/ }).waitFor()
  await page.getByRole('combobox', { name: controls.data.label }).selectOption('gaussian')
  await digits.waitFor({ state: 'detached' })
})

journey.for(['reference', 'wasm'] as const)('engine=%s runs', async (engine, { open }) => {
  const page = await open(`#engine=${engine}&depth=20`)
  await settled(page)
  await expect
    .poll(() => page.getByRole('banner').innerText())
    .toMatch(new RegExp(`${engine}, \\d+ ms`))
})

journey('play moves the cursor up the layers, pause stops it', async ({ open }) => {
  const page = await open('#layer=3')
  await settled(page)
  const transport = page.getByRole('region', { name: 'Layer cursor' })
  const layer = async () => Number(/layer (\d+)/.exec(await transport.innerText())?.[1])
  expect(await layer()).toBe(3)
  const before = await drawing(page)
  await transport.getByRole('button', { name: 'Play' }).click()
  await expect.poll(layer).toBeGreaterThan(5)
  await transport.getByRole('button', { name: 'Pause' }).click()
  await redrawn(page, before)
  const stopped = await layer()
  await page.waitForTimeout(300)
  expect(await layer()).toBe(stopped)
  await expect.poll(() => hashOf(page)).toContain(`layer=${stopped}`)
})

journey('50,000 layers: progress is shown, cancel stops it, the page goes on', async ({ open }) => {
  const page = await open('#depth=50000&width=256&batch=64')
  const progress = page.getByRole('progressbar')
  const done = async () => Number((await progress.getAttribute('value')) ?? 0)
  await expect.poll(done, { timeout: 20_000 }).toBeGreaterThan(0)
  const first = await done()
  await expect.poll(done, { timeout: 20_000 }).toBeGreaterThan(first)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await progress.waitFor({ state: 'detached' })
  const before = await drawing(page)
  await page.getByRole('textbox', { name: controls.depth.label }).fill('30')
  await page.keyboard.press('Enter')
  await redrawn(page, before)
  expect(hashOf(page)).toContain('depth=30')
})

/** Where the parts of every chart are: drawing or message below head and legend. */
const places = (page: Page) =>
  charts(page).evaluateAll((figures) =>
    figures.map((figure) => {
      const boxOf = (part: string) => figure.querySelector(part)?.getBoundingClientRect()
      return {
        top: Math.round(figure.getBoundingClientRect().top),
        head: Math.round(boxOf('.chart-head')?.height ?? 0),
        drawing: Math.round(boxOf('.chart-drawing')?.top ?? 0),
      }
    }),
  )

/** A head of one line is no higher than its buttons. */
const ONE_LINE = 28

journey(
  'heads take one line, drawings of a row begin at one height, and nothing moves under a slider',
  async ({ open }) => {
    const viewport = { width: 1440, height: 900 }
    const network = 'act=tanh&depth=30&width=32&sw=1.5'
    const page = await open(`#${network}&charts=norms,correlation,spectrum,gsc`, { viewport })
    await settled(page)
    const before = await places(page)
    expect(Math.max(...before.map(({ head }) => head))).toBeLessThanOrEqual(ONE_LINE)
    const rows = new Map(before.map(({ top, drawing: at }) => [top, at]))
    expect(rows.size).toBe(2)
    expect(before.map(({ top }) => rows.get(top))).toEqual(before.map(({ drawing: at }) => at))
    const slider = page.getByRole('slider', { name: controls.sw.label })
    for (const key of ['Home', 'ArrowRight', 'End']) {
      const drawn = await drawing(page)
      await slider.press(key)
      await redrawn(page, drawn)
      expect(await places(page)).toEqual(before)
    }
  },
)
