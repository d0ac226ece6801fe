import { expect } from 'vitest'
import { journey } from './journey.ts'
import { settled } from './view.ts'

journey(
  'spectra stand beside their theory, by depth and by rank; the signal has its own',
  async ({ open }) => {
    const page = await open('#act=linear&depth=5&width=64&charts=spectrum')
    await settled(page)
    const chart = page.getByRole('figure')
    await chart.getByText(/theory: .*Fuss–Catalan law/).waitFor()
    expect(await chart.locator('.spectrum-theory .curve').count()).toBe(2)
    expect(await chart.locator('.density-theory .curve').count()).toBe(1)
    await chart.getByRole('button', { name: 'by rank' }).click()
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
  await chart
    .getByText(/isometry gap .*theory 0\./)
    .first()
    .waitFor()
  expect(await chart.locator('.theory .curve').count()).toBe(1)
})
