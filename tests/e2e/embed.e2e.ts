import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { journey } from './journey.ts'
import { charts, drawing, settled } from './view.ts'

journey('embed=1 shows the charts it names and nothing else', async ({ open }) => {
  const page = await open('#depth=20&width=16&embed=1&charts=spectrum,norms')
  await settled(page)
  expect(await charts(page).count()).toBe(2)
  expect(await page.locator('header, aside, .transport').count()).toBe(0)
})

journey('embed=1 without charts shows the first, from 320 px on', async ({ open }) => {
  const page = await open('#depth=20&width=16&embed=1', { viewport: { width: 320, height: 480 } })
  await settled(page)
  expect(await charts(page).count()).toBe(1)
  const content = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(content).toBeLessThanOrEqual(320)
})

const heights = (page: Page) =>
  page.locator('iframe').evaluateAll((all) => all.map((frame) => frame.clientHeight))

journey('embed=1 with play=1 moves its cursor by itself', async ({ open }) => {
  const page = await open('#depth=20&width=16&embed=1&play=1')
  await settled(page)
  const first = await drawing(page)
  await expect.poll(() => drawing(page)).not.toBe(first)
})

/** How much of each frame's content does not fit it. */
async function hidden(page: Page): Promise<readonly number[]> {
  const inner = page.frames().filter((frame) => frame.parentFrame())
  return Promise.all(
    inner.map((frame) =>
      frame.evaluate(() => {
        const { scrollHeight, clientHeight } = document.documentElement
        return scrollHeight - clientHeight
      }),
    ),
  )
}

journey('the demo: frames take the height they need and follow the page', async ({ open }) => {
  const page = await open('', { url: `${inject('folderUrl')}embed-demo.html` })
  const first = page.locator('iframe').first().contentFrame()
  await first.locator('.curve').first().waitFor({ state: 'attached' })
  await expect.poll(() => hidden(page)).toEqual([0, 0, 0])
  const [one = 0, , two = 0] = await heights(page)
  expect(two).toBeGreaterThan(one)
  await expect.poll(() => page.locator('#state').innerText()).toContain('act=relu')
  await page.getByRole('button', { name: 'self-normalizing tanh' }).click()
  await expect.poll(() => page.locator('#state').innerText()).toContain('gpn=1')
  expect(await first.getByRole('figure').count()).toBe(1)
  const link = first.getByRole('link', { name: 'Open in Depthscope' })
  expect(await link.getAttribute('href')).toMatch(/gpn=1/)
})

journey('a frame ignores what is no message of ours', async ({ open }) => {
  const page = await open('', { url: `${inject('folderUrl')}embed-demo.html` })
  await expect.poll(() => page.locator('#state').innerText()).toContain('act=relu')
  const state = await page.locator('#state').innerText()
  await page.evaluate(() => {
    const kind = 'depthscope:set-state'
    const junk = [null, 'act=elu', { kind }, { kind, state: 7 }, { kind, state: 'x'.repeat(1e5) }]
    for (const frame of document.querySelectorAll('iframe'))
      for (const message of junk) frame.contentWindow?.postMessage(message, '*')
  })
  await page.waitForTimeout(500)
  expect(await page.locator('#state').innerText()).toBe(state)
})
