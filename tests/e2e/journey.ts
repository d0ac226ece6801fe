import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { launch } from './browser.ts'

interface Opening extends BrowserContextOptions {
  /** Where the page is served. */
  readonly url?: string
  /** Done in the page before anything else is. */
  readonly prepare?: () => void
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
    { scope: 'worker' },
  ],
  open: async ({ browser }, give) => {
    const complaints: string[] = []
    await give(async (hash = '', { url = inject('rootUrl'), prepare, ...options } = {}) => {
      const context = await browser.newContext(options)
      if (prepare) await context.addInitScript(prepare)
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
