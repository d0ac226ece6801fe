import { expect } from 'vitest'
import { controls } from '../../src/ui/controls/controls.ts'
import { journey } from './journey.ts'
import { settled } from './view.ts'
import { violations } from './violations.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const places = { page: {}, phone } as const

journey.for(Object.entries(places))(
  '%s: axe finds nothing wrong, light or dark',
  async ([, place], { open }) => {
    const page = await open('#depth=30&width=32', { colorScheme: 'light', ...place })
    await settled(page)
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' })
    expect(await violations(page)).toEqual([])
  },
)

journey('a notice and the tables are as accessible as the rest', async ({ open }) => {
  const page = await open('#depth=30&width=32&act=nonsense')
  await settled(page)
  const tables = page.getByRole('button', { name: 'Table' })
  while ((await tables.count()) > 0) await tables.first().click()
  expect(await violations(page)).toEqual([])
})

journey('menus, the Share dialog and a frame are as accessible as the rest', async ({ open }) => {
  const page = await open('#depth=30&width=32')
  await settled(page)
  for (const menu of ['Export', 'Save']) {
    await page.getByRole('button', { name: menu, exact: true }).first().click()
    const item = page.getByRole('dialog').getByRole('button').first()
    await expect.poll(() => item.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await item.waitFor({ state: 'detached' })
  }
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await page.getByRole('img', { name: 'QR code of the link' }).waitFor()
  expect(await violations(page)).toEqual([])
  const frame = await open('#depth=30&width=32&embed=1')
  await settled(frame)
  expect(await violations(frame)).toEqual([])
})

journey('phone: nothing is wider than the screen, and the header is one line', async ({ open }) => {
  const page = await open('', phone)
  await settled(page)
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth] as const
  })
  expect(content).toBeLessThanOrEqual(screen)

  const header = page.getByRole('banner')
  expect((await header.boundingBox())?.height).toBeLessThan(50)
  await page.getByRole('button', { name: 'More' }).tap()
  await page.getByRole('button', { name: 'Share', exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'More' }).tap()
  await page.getByRole('button', { name: 'Share', exact: true }).waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Settings' }).tap()
  const settings = page.getByRole('dialog')
  await settings.getByRole('combobox', { name: controls.act.label }).selectOption('gelu')
  await expect.poll(() => page.url()).toContain('act=gelu')
})
