import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey } from './journey.ts'
import { settled } from './view.ts'

const SMALL = '#depth=5&width=8&batch=4&charts=norms'

const presets = (page: Page) => ({
  button: page.getByRole('button', { name: /^Presets/ }),
  list: page.getByRole('dialog', { name: 'Presets' }),
})

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

journey(
  'a menu opens by key, keeps the focus, and gives it back when it is left',
  async ({ open }) => {
    const page = await open(SMALL)
    await settled(page)
    const { button, list } = presets(page)
    await button.press('Enter')
    await list.waitFor()
    await expect.poll(() => focused(page)).toContain('Self-normalizing tanh')
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Shift+Tab')
    expect(await focused(page)).toContain('First scene')
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    expect(await focused(page)).toContain('Presets')
  },
)

journey('a menu closes by its button, and by a press beside it', async ({ open }) => {
  const page = await open(SMALL)
  await settled(page)
  const { button, list } = presets(page)
  for (const other of [button, page.getByRole('figure').first()]) {
    await button.click()
    await list.waitFor()
    await other.click()
    await list.waitFor({ state: 'detached' })
  }
})

journey('a setting is explained while the pointer rests on its name', async ({ open }) => {
  const page = await open(SMALL)
  await settled(page)
  const name = page.getByText('Depth (layers)')
  const words = page.getByText(/^Number of linear layers/)
  await name.hover()
  await words.waitFor()
  await page.mouse.move(700, 500)
  await words.waitFor({ state: 'detached' })
})

journey('a menu that cannot be fetched says so, and the page goes on', async ({ open }) => {
  const page = await open(SMALL)
  await settled(page)
  const gone = { contentType: 'text/javascript', body: 'throw new Error("gone")' }
  await page.route('**/DropdownPanel-*.js', (route) => route.fulfill(gone))
  const { button } = presets(page)
  await button.click()
  await page.getByRole('status').getByText('Not fetched').waitFor()
  await page.keyboard.press('n')
  await expect.poll(() => page.url()).toContain('seed=')
})
