import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { journey } from './journey.ts'
import { serveFolder } from './server.ts'
import { numbers, settled } from './view.ts'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
/** A little later than the page would begin to keep its files. */
const KEPT_AFTER_MS = 3200
const STATE = '#depth=12&width=16&batch=6&data=digits&seed=7'

/** Waits until all files are kept and the page gets them from there. */
const kept = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
    timeout: 40_000,
  })

/** The WebGPU engine is not among the files that are kept unasked. */
async function expectFewKept(page: Page): Promise<void> {
  const names = await page.evaluate(async () => {
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = await Promise.all(caches_.map((cache) => cache.keys()))
    return requests.flat().map(({ url }) => url)
  })
  expect(names.some((name) => name.includes('/assets/worker-'))).toBe(true)
  expect(names.filter((name) => /\/assets\/load-|screenshots/.test(name))).toEqual([])
}

journey(
  'after the first visit the page works without a network; no WebGPU engine was fetched for it',
  async ({ open }) => {
    const page = await open(STATE, { url: inject('folderUrl'), serviceWorkers: 'allow' })
    await settled(page)
    const before = await numbers(page)
    await kept(page)
    await expectFewKept(page)
    await page.context().setOffline(true)
    await page.reload()
    await settled(page)
    expect(await numbers(page)).toEqual(before)
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByRole('dialog', { name: 'Share' }).waitFor()
    await page.goto(`${inject('folderUrl')}embed-demo.html`)
    await page.locator('iframe').first().contentFrame().locator('.curve').first().waitFor({
      state: 'attached',
    })
  },
)

journey('a page can be installed: its manifest and icons are there', async ({ open }) => {
  const page = await open(STATE, { url: inject('folderUrl'), serviceWorkers: 'allow' })
  const address = await page
    .locator('link[rel=manifest]')
    .evaluate((link: HTMLLinkElement) => link.href)
  const manifest = (await (await fetch(address)).json()) as {
    readonly start_url: string
    readonly icons: readonly { readonly src: string; readonly sizes: string }[]
  }
  expect(new URL(manifest.start_url, address).href).toBe(inject('folderUrl'))
  for (const { src, sizes } of manifest.icons) {
    const width = await page.evaluate(
      (url) =>
        new Promise<number>((resolve, reject) => {
          const image = new Image()
          image.onload = () => {
            resolve(image.naturalWidth)
          }
          image.onerror = reject
          image.src = url
        }),
      new URL(src, address).href,
    )
    if (sizes !== 'any') expect(`${width}x${width}`).toBe(sizes)
  }
})

journey('a newer version is offered, and shown when it is wanted', async ({ open }) => {
  const folder = await mkdtemp(join(tmpdir(), 'depthscope-'))
  await cp(dist, folder, { recursive: true })
  const host = await serveFolder(folder)
  try {
    const page = await open(STATE, { url: host.url, serviceWorkers: 'allow' })
    await kept(page)
    await appendFile(join(folder, 'sw.js'), '\n// a newer version\n')
    await page.reload()
    const reload = page.getByRole('button', { name: 'Reload' })
    await reload.waitFor({ timeout: 40_000 })
    const started = await page.evaluate(() => performance.timeOrigin)
    await reload.click()
    await expect.poll(() => page.evaluate(() => performance.timeOrigin)).not.toBe(started)
    await settled(page)
    expect(page.url()).toBe(`${host.url}${STATE}`)
    expect(await reload.count()).toBe(0)
  } finally {
    host.close()
    await rm(folder, { recursive: true })
  }
})

journey('where nothing can be kept the page works all the same', async ({ open }) => {
  const prepare = () => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
  }
  const page = await open(STATE, { prepare, serviceWorkers: 'allow' })
  await settled(page)
  await page.waitForTimeout(KEPT_AFTER_MS)
  expect(await page.evaluate(() => 'serviceWorker' in navigator)).toBe(false)
})
