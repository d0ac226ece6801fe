import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey } from './journey.ts'
import { hashOf, settled } from './view.ts'
import { violations } from './violations.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

const panel = (page: Page) => page.getByRole('figure', { name: 'Sweep over a setting' })
const status = (page: Page) => panel(page).getByRole('status')
const column = (page: Page, depth: string) =>
  panel(page).getByRole('button', { name: `Depth (layers) ${depth}:` })

/** Waits until every value of the sweep is measured and predicted. */
async function swept(page: Page): Promise<void> {
  await expect.poll(() => status(page).innerText()).toMatch(/^Done/)
  await panel(page).getByRole('button', { name: 'theory …' }).first().waitFor({ state: 'detached' })
}

journey('a sweep is opened, set up and read by keyboard alone', async ({ open }) => {
  const page = await open('#depth=20&width=16')
  await settled(page)
  await page.getByRole('button', { name: 'Charts', exact: true }).press('Enter')
  await page.getByRole('checkbox', { name: 'Sweep over a setting' }).press('Space')
  await page.keyboard.press('Escape')
  await expect.poll(() => hashOf(page)).toMatch(/&sweep=depth:5,10,20,50,100,200,500,1000$/)

  const values = panel(page).getByRole('textbox', { name: 'over' })
  await values.fill('4, many')
  await values.press('Enter')
  expect(await panel(page).innerText()).toMatch(/many is not legal: a whole number/)
  await values.fill('4, 8, 12')
  await values.press('Enter')
  await panel(page).getByRole('combobox', { name: 'Draw' }).selectOption('mean_cosine')
  await expect.poll(() => hashOf(page)).toBe('#depth=20&width=16&sweep=depth:4,8,12:mean_cosine')
  await swept(page)

  await column(page, '4').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect.poll(() => hashOf(page)).toMatch(/^#depth=8&/)
  await settled(page)
  expect(await status(page).innerText()).toBe('Done: 3 of 3 values')

  await page.getByRole('button', { name: 'Hide: Sweep over a setting' }).press('Enter')
  await expect.poll(() => hashOf(page)).toBe('#depth=8&width=16')
})

journey('a point of a sweep is the network itself, to the last digit', async ({ open }) => {
  const page = await open('#depth=8&width=16&sweep=depth:4,8:mean_cosine')
  await settled(page)
  await swept(page)
  await panel(page).getByRole('button', { name: 'Table' }).click()
  const measured = await panel(page).getByRole('row').nth(2).getByRole('cell').first().innerText()
  const apart = page.getByRole('figure', { name: 'Do inputs stay apart?' })
  await apart.getByRole('button', { name: 'Table' }).click()
  const own = await apart.getByRole('row').last().allInnerTexts()
  expect(measured).toMatch(/^−?0\.\d{5,}$/)
  expect(own.join()).toContain(measured)
  await panel(page).getByRole('button', { name: 'Chart' }).click()
  await column(page, '4').click()
  await expect.poll(() => hashOf(page)).toMatch(/^#depth=4&/)
})

journey('a long sweep says how far it is, is stopped, and goes on', async ({ open }) => {
  const page = await open('#depth=20&width=32&sweep=depth:10,40000')
  await panel(page).getByRole('progressbar', { name: 'Progress of the sweep' }).waitFor()
  await expect.poll(() => column(page, '10').getAttribute('aria-label')).toMatch(/: 0\.\d/)
  await panel(page).getByRole('button', { name: 'Cancel' }).press('Enter')
  await expect.poll(() => status(page).innerText()).toBe('Stopped: 1 of 2 values')
  await panel(page).getByRole('button', { name: 'Run the rest' }).press('Enter')
  await expect.poll(() => status(page).innerText()).toBe('Computing: 1 of 2 values')
})

journey(
  'a preset brings its sweep, fits a phone, and axe finds nothing wrong',
  async ({ open }) => {
    const page = await open('#preset=bn-rank&depth=30', phone)
    await settled(page)
    await swept(page)
    await panel(page).getByText('Fill from').tap()
    const [content, screen] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return [scrollWidth, clientWidth] as const
    })
    expect(content).toBeLessThanOrEqual(screen)
    expect(await violations(page)).toEqual([])
  },
)
