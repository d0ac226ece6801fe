import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { presetIds } from '../../src/state/presets.ts'
import { controls } from '../../src/ui/controls/controls.ts'
import { keys } from '../../src/ui/keys.ts'
import { journey } from './journey.ts'
import { drawing, hashOf, redrawn, settled } from './view.ts'

const MOST_STOPS = 120

/** Presses Tab until the focus is on what is called `name`. */
async function tabTo(page: Page, role: 'button' | 'slider' | 'combobox', name: string) {
  const goal = page.getByRole(role, { name, exact: true })
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab')
    if (await goal.evaluate((element) => element === document.activeElement)) return
  }
  expect.unreachable(`Tab must reach ${role} ${name}`)
}

journey('Tab reaches settings and the cursor, arrows move them', async ({ open }) => {
  const page = await open('#depth=20&width=16&charts=norms,gsc')
  await settled(page)

  const tanh = await drawing(page)
  await tabTo(page, 'combobox', controls.act.label)
  await page.keyboard.type('ReLU')
  await redrawn(page, tanh)
  expect(hashOf(page)).toContain('act=relu')

  const shallow = await drawing(page)
  await tabTo(page, 'slider', controls.depth.label)
  await page.keyboard.press('ArrowRight')
  await redrawn(page, shallow)
  expect(hashOf(page)).not.toContain('depth=20')

  await tabTo(page, 'slider', 'Layer under the cursor')
  await page.keyboard.press('Home')
  const transport = page.getByRole('region', { name: 'Layer cursor' })
  await expect.poll(() => transport.innerText()).toMatch(/layer 0 of/)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => transport.innerText()).toMatch(/layer 1 of/)
  await page.keyboard.press('PageUp')
  await expect.poll(() => transport.innerText()).toMatch(/layer 4 of/)
  await page.keyboard.press('PageDown')
  await expect.poll(() => transport.innerText()).toMatch(/layer 1 of/)
})

journey('single keys: arrows, ends, Space, N, R, P, undo, help, presets', async ({ open }) => {
  const page = await open('#depth=20&width=16&layer=14&charts=norms,gsc')
  await settled(page)
  const transport = page.getByRole('region', { name: 'Layer cursor' })
  const steps = { ArrowLeft: 13, 'Shift+ArrowLeft': 3, 'Shift+ArrowRight': 13, Home: 0, End: 20 }
  for (const [key, layer] of Object.entries(steps)) {
    await page.keyboard.press(key)
    await expect.poll(() => transport.innerText()).toMatch(new RegExp(`layer ${layer} of`))
  }
  await page.keyboard.press('Space')
  await transport.getByRole('button', { name: 'Pause' }).waitFor()
  await page.keyboard.press('Space')
  await transport.getByRole('button', { name: 'Play' }).waitFor()
  await page.keyboard.press('n')
  await expect.poll(() => hashOf(page)).toMatch(/seed=\d+/)
  await page.keyboard.press('Control+z')
  await expect.poll(() => hashOf(page)).not.toContain('seed=')
  await page.keyboard.press('Control+Shift+z')
  await expect.poll(() => hashOf(page)).toMatch(/seed=\d+/)
  await page.keyboard.press('2')
  await expect.poll(() => hashOf(page)).toContain(`preset=${presetIds[1]}`)
  const chosen = hashOf(page)
  await page.getByRole('slider', { name: controls.gain.label, exact: true }).press('ArrowRight')
  await expect.poll(() => hashOf(page)).toContain('gain=')
  await page.keyboard.press('r')
  await expect.poll(() => hashOf(page)).toBe(chosen)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'What am I looking at?' })
  for (const { name, does } of keys)
    await help.getByRole('row', { name: `${name} ${does}` }).waitFor()
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
  await settled(page)
})

journey('at its first entry undo does not leave the page', async ({ open }) => {
  const page = await open('#depth=20&width=16&charts=norms')
  await settled(page)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('n')
  await expect.poll(() => hashOf(page)).toMatch(/seed=\d+/)
})
