import { expect } from 'vitest'
import { controls } from '../../src/ui/controls/controls.ts'
import { journey } from './journey.ts'
import { charts, hashOf, settled } from './view.ts'

const PIN = 'depth:20;width:16'

journey(
  'P pins the run, the next one is drawn over it, both go into the link',
  async ({ open }) => {
    const page = await open('#depth=20&width=16')
    await settled(page)
    await page.keyboard.press('p')
    await expect.poll(() => hashOf(page)).toBe(`#depth=20&width=16&pin=${PIN}`)
    await page.getByRole('combobox', { name: controls.act.label }).selectOption('relu')
    const pins = page.getByRole('list', { name: 'Pinned runs' })
    await expect.poll(() => pins.innerText()).toMatch(/Activation φ Tanh/)
    expect(await page.locator('.ghost').count()).toBeGreaterThanOrEqual(3)

    await pins.getByRole('button', { name: 'Swap with pinned run 1' }).press('Enter')
    await expect.poll(() => hashOf(page)).toBe(`#depth=20&width=16&pin=${PIN};act:relu`)
    await pins.getByRole('button', { name: 'Unpin run 1' }).press('Enter')
    await expect.poll(() => hashOf(page)).toBe('#depth=20&width=16')
  },
)

journey('pinned runs of a link are computed after its own', async ({ open }) => {
  const page = await open(`#depth=20&width=16&act=relu&pin=${PIN},${PIN};sw:2`)
  await settled(page)
  await expect.poll(() => page.locator('.ghost-number').allTextContents()).toContain('2')
  const words = await page.getByRole('list', { name: 'Pinned runs' }).innerText()
  expect(words).toMatch(/Weight scale σw 2/)
  expect(words).not.toMatch(/Depth/)
})

journey(
  'one chart is enlarged and shrinks again, others are hidden and moved',
  async ({ open }) => {
    const page = await open('#depth=20&width=16')
    await settled(page)
    const all = await charts(page).count()
    await page.getByRole('button', { name: 'Hide: Jacobian singular values' }).press('Enter')
    await expect.poll(() => charts(page).count()).toBe(all - 1)
    const chosen = hashOf(page)

    await page.getByRole('button', { name: 'Enlarge: Signal and gradient' }).press('Enter')
    await expect.poll(() => hashOf(page)).toMatch(/charts=norms$/)
    expect(await charts(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Back to the other charts' }).press('Enter')
    await expect.poll(() => charts(page).count()).toBe(all - 1)
    expect(hashOf(page).startsWith(chosen)).toBe(true)

    await page.getByRole('button', { name: 'Charts', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Move up: Do inputs stay apart?' }).press('Enter')
    await expect.poll(() => hashOf(page)).toMatch(/charts=correlation,norms,/)
    await page.getByRole('button', { name: 'Show all' }).press('Enter')
    await expect.poll(() => hashOf(page)).toBe('#depth=20&width=16')
  },
)
