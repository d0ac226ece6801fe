import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
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

/** What the browser is told to say where a page would keep itself for times without a network. */
const NOT_KEPT = 'Service Worker registration blocked by Playwright'

/** Everything that the page complains about. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || message.text() === NOT_KEPT) return
    complaints.push(message.text())
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

/** Opens pages in a browser, and takes them away again: that fails where one of them has complained. */
function openerIn(browser: Browser) {
  const complaints: string[] = []
  const contexts: BrowserContext[] = []
  const open: Open = async (hash = '', { url = inject('rootUrl'), prepare, ...options } = {}) => {
    // To keep the page takes a second of a core: only journeys about that ask for it.
    const context = await browser.newContext({ serviceWorkers: 'block', ...options })
    contexts.push(context)
    if (prepare) await context.addInitScript(prepare)
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    listen(page, complaints)
    await page.goto(`${url}${hash}`)
    return page
  }
  const close = async () => {
    await Promise.all(contexts.map((context) => context.close()))
    expect(complaints).toEqual([])
  }
  return { open, close }
}

/** The page at a hash, the same one for all tests of a file that leave it as they found it. */
type OpenOnce = (hash: string) => Promise<Page>

/** A test in a browser. It also fails where the page has complained, or has asked another host for something. */
const journeys = test.extend<{ browser: Browser; open: Open; openOnce: OpenOnce }>({
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
    const { open, close } = openerIn(browser)
    await give(open)
    await close()
  },
  openOnce: [
    async ({ browser }, give) => {
      const { open, close } = openerIn(browser)
      const pages = new Map<string, Promise<Page>>()
      await give((hash) => {
        const page = pages.get(hash) ?? open(hash)
        pages.set(hash, page)
        return page
      })
      await close()
    },
    { scope: 'file' },
  ],
})

export const journey = journeys.skipIf(inject('browserPath') === '')
