import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { launch } from './browser.ts'

interface Opening extends BrowserContextOptions {
  /** Where the page is served. */
  readonly url?: string
}

/** Opens the page at a hash in a fresh browser context. */
type Open = (hash?: string, opening?: Opening) => Promise<Page>

/** Everything that the page complains about. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('requestfailed', (request) => {
    complaints.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`)
  })
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== '127.0.0.1')
      complaints.push(`asks another host: ${request.url()}`)
  })
}

/** A test in a browser. It also fails where the page has complained, or has asked another host for something. */
const journeys = test.extend<{ browser: Browser; open: Open }>({
  browser: [
    // A fixture names the fixtures that it needs; this one needs none.
    async ({}, give) => {
      const browser = await launch(inject('browserPath'))
      await give(browser)
      await browser.close()
    },
    { scope: 'file' },
  ],
  open: async ({ browser }, give) => {
    const complaints: string[] = []
    await give(async (hash = '', { url = inject('rootUrl'), ...options } = {}) => {
      const context = await browser.newContext(options)
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      listen(page, complaints)
      await page.goto(`${url}${hash}`)
      return page
    })
    await Promise.all(browser.contexts().map((context) => context.close()))
    expect(complaints).toEqual([])
  },
})

export const journey = journeys.skipIf(inject('browserPath') === '')

/** Waits until the run under way is complete and drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.curve').first().waitFor({ state: 'attached' })
  await page.locator('progress').waitFor({ state: 'detached' })
}

export const hashOf = (page: Page): string => new URL(page.url()).hash

export const charts = (page: Page) => page.getByRole('figure')

/** What the charts show, cursor included, as text. */
export const drawing = (page: Page): Promise<string> =>
  charts(page)
    .locator('svg')
    .evaluateAll((drawings) => drawings.map((svg) => svg.innerHTML).join('\n'))

/** Waits until the charts show something else than `before`, and that to its end. */
export async function redrawn(page: Page, before: string): Promise<void> {
  await expect.poll(() => drawing(page), { timeout: 10_000 }).not.toBe(before)
  await settled(page)
}

/** The numbers behind every chart, to the last digit, by way of their tables. */
export async function numbers(page: Page): Promise<readonly string[]> {
  const texts: string[] = []
  for (const chart of await charts(page).all()) {
    const table = chart.getByRole('button', { name: 'Table' })
    if ((await table.count()) === 0) continue
    await table.click()
    texts.push(await chart.getByRole('table').innerText())
    await chart.getByRole('button', { name: 'Chart' }).click()
  }
  return texts
}
