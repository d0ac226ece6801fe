import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey } from './journey.ts'
import { numbers, settled } from './view.ts'
import { violations } from './violations.ts'

const STATE = '#depth=20&width=32&seed=7&act=relu&norm=batch&layer=9'

async function openShare(page: Page) {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  return page.getByRole('dialog', { name: 'Share' })
}

const field = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('textbox', { name, exact: true })

journey('the copied link opens the same state and the same numbers', async ({ open }) => {
  const mine = await open(STATE)
  await mine.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await settled(mine)
  const share = await openShare(mine)
  await share.getByRole('button', { name: 'Copy: Link' }).click()
  await share.getByText('Copied').waitFor()
  const link = await mine.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(mine.url())
  await share.getByRole('button', { name: 'Close' }).click()
  const focused = () => mine.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused).toBe('Share')
  const theirs = await open(new URL(link).hash)
  await settled(theirs)
  expect(await numbers(theirs)).toEqual(await numbers(mine))
  expect(theirs.url()).toBe(link)
})

journey('a link for a class: what is hidden is gone, what is locked stays', async ({ open }) => {
  const page = await open(STATE)
  await settled(page)
  const share = await openShare(page)
  await share.getByText('Link for a class', { exact: true }).first().click()
  expect(await violations(page)).toEqual([])
  await share.getByLabel('Depth (layers)').selectOption('locked')
  await share.getByLabel('Activation φ').selectOption('hidden')
  await share.getByLabel('play through the layers').check()
  await share.getByLabel('verdict in words').uncheck()
  const link = await field(page, 'Link for a class').inputValue()
  expect(new URL(link).hash).toContain('hide=verdict,act&lock=depth,act&play=1')
  const theirs = await open(new URL(link).hash)
  await settled(theirs)
  await theirs.getByRole('button', { name: 'Pause' }).click()
  expect(await theirs.getByRole('textbox', { name: 'Depth (layers)' }).isDisabled()).toBe(true)
  expect(await theirs.getByRole('combobox', { name: 'Activation φ' }).count()).toBe(0)
  expect(await theirs.locator('.verdict').count()).toBe(0)
  await theirs.keyboard.press('1')
  await settled(theirs)
  expect(theirs.url()).toContain('depth=20')
})

journey('Markdown, frame and QR code stand for the same link', async ({ open }) => {
  const page = await open(STATE)
  await settled(page)
  await openShare(page)
  const link = page.url()
  expect(await field(page, 'Markdown').inputValue()).toContain(`](${link})`)
  const frame = await field(page, 'Frame for another page').inputValue()
  const source = await page.evaluate((html) => {
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    return body.querySelector('iframe')?.src
  }, frame)
  expect(source).toBe(`${link}&embed=1&charts=norms`)
  const code = page.getByRole('img', { name: 'QR code of the link' })
  const width = await code.evaluate((img: HTMLImageElement) => img.naturalWidth)
  expect(width).toBeGreaterThan(0)
})

journey('links are made and copied by keyboard alone', async ({ open }) => {
  const page = await open(`${STATE}&charts=norms`)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await settled(page)
  await page.getByRole('button', { name: 'Share', exact: true }).press('Enter')
  const share = page.getByRole('dialog', { name: 'Share' })
  await share.getByText('Link for a class', { exact: true }).first().press('Enter')
  await share.getByLabel('Depth (layers)').press('ArrowDown')
  await share.getByLabel('play through the layers').press('Space')
  const link = await field(page, 'Link for a class').inputValue()
  expect(new URL(link).hash).toMatch(/(hide|lock)=depth&play=1/)
  await share.getByRole('button', { name: 'Copy: Link for a class' }).press('Enter')
  await share.getByText('Copied').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  await page.keyboard.press('Escape')
  await share.waitFor({ state: 'detached' })
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused).toBe('Share')
})
