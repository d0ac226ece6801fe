import { expect } from 'vitest'
import { journey } from './journey.ts'
import { numbers, settled } from './view.ts'
import { violations } from './violations.ts'

journey(
  'spectra stand beside their theory, by depth and by rank; the signal has its own',
  async ({ open }) => {
    const page = await open('#act=linear&depth=5&width=64&charts=spectrum')
    await settled(page)
    const chart = page.getByRole('figure')
    await chart.getByText(/theory: .*Fuss–Catalan law/).waitFor()
    expect(await chart.locator('.spectrum-theory .curve').count()).toBe(2)
    expect(await chart.locator('.density-theory .curve').count()).toBe(1)
    await chart.getByRole('button', { name: 'rank', exact: true }).click()
    await chart.getByText('rank (1 = largest)').waitFor()
    expect(await chart.locator('.spectrum-theory .curve').count()).toBe(1)
    await chart.getByRole('button', { name: 'signal' }).click()
    await chart.getByText('no prediction').waitFor()
    expect(await chart.getByText(/condition number/).innerText()).toMatch(/layer 5: /)
  },
)

journey('the isometry gap closes as predicted behind batch norm', async ({ open }) => {
  const network = 'act=linear&init=orthogonal&norm=batch_uncentered&width=32&batch=32&depth=60'
  const page = await open(`#${network}&charts=gsc`)
  await settled(page)
  const chart = page.getByRole('figure')
  await chart.getByRole('button', { name: 'isometry gap' }).click()
  await chart.getByRole('button', { name: /isometry gap .*theory 0\./ }).waitFor()
  expect(await chart.locator('.theory .curve').count()).toBe(1)
})

const WEIGHTS = 'act=tanh&depth=20&width=64&charts=spectrum'

journey(
  'one layer’s weights by pointer: chosen, read, followed by the cursor',
  async ({ open }) => {
    const page = await open(`#${WEIGHTS}&layer=5`)
    await settled(page)
    const chart = page.getByRole('figure')
    await chart.getByRole('button', { name: 'weights' }).click()
    await chart.getByText(/^layer 5: /).waitFor()
    await chart.getByText(/theory: 1\.\d to 0\.\d+ \(quarter circle law\)/).waitFor()
    await page.waitForURL(/look=spectrum:weights/)
    expect(await chart.locator('.spectrum-theory .curve').count()).toBe(1)
    expect(await chart.locator('.density-theory .curve').count()).toBe(1)
    expect(await violations(page)).toEqual([])
    await chart.getByRole('img').first().hover()
    await chart.getByText(/^rank \d+: [\d.]+, theory [\d.]+$/).waitFor()
    await page.getByRole('slider', { name: 'Layer under the cursor' }).press('ArrowRight')
    await chart.getByText(/^layer 6: /).waitFor()
  },
)

journey(
  'one layer’s weights by keyboard and from a link, to the same numbers',
  async ({ open }) => {
    const page = await open(`#${WEIGHTS}&layer=5`)
    await settled(page)
    const chart = page.getByRole('figure')
    const button = chart.getByRole('button', { name: 'weights' })
    await button.focus()
    await page.keyboard.press('Enter')
    await chart.getByText(/^layer 5: /).waitFor()
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
    const chosen = await numbers(page)
    expect(chosen[0]).toMatch(/^rank\tlog10 singular value of W\tlog10 singular value of W, theory/)
    const linked = await open(`#${WEIGHTS}&layer=5&look=spectrum:weights`)
    await settled(linked)
    await linked.getByText(/^layer 5: /).waitFor()
    expect(await numbers(linked)).toEqual(chosen)
  },
)

journey('weights follow a link that changes, and say where they are too wide', async ({ open }) => {
  const page = await open(`#${WEIGHTS}&look=spectrum:weights&layer=5`)
  await page.getByText(/^layer 5: /).waitFor()
  const before = await numbers(page)
  await page.evaluate(() => {
    window.location.hash = window.location.hash.replace('act=tanh', 'act=relu&init=orthogonal')
  })
  await page.getByText('theory: all 1 (exactly alike: orthogonal weights)').waitFor()
  expect(await numbers(page)).not.toEqual(before)
  await page.evaluate(() => {
    window.location.hash = '#width=600&depth=2&charts=spectrum&look=spectrum:weights'
  })
  await page.getByText('lower the width to 512 or less').waitFor()
})
