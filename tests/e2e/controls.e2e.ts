import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type NetworkKey, networkFields, networkKeys } from '../../src/model/config.ts'
import { controls } from '../../src/ui/controls/controls.ts'
import { journey } from './journey.ts'
import { drawing, hashOf, redrawn, settled } from './view.ts'

/** Settings under which a key is used. */
const where: Partial<Record<NetworkKey, string>> = {
  slope: 'act=leaky_relu',
  tie: 'mix=skip',
  alpha: 'mix=skip&tie=free',
  beta: 'mix=skip&tie=free',
  c: 'mix=skip&tie=depth',
  branch: 'mix=skip&branch=2',
  gain_decay: 'gain=2',
  rho: 'data=correlated',
  distinct: 'data=repeated',
}

/** Moves the control of a key by one step, as a hand would. */
async function change(page: Page, key: NetworkKey): Promise<void> {
  const name = controls[key].label
  const field = networkFields[key]
  if ('options' in field) {
    const menu = page.getByRole('combobox', { name, exact: true })
    const options = await menu
      .locator('option')
      .evaluateAll((all) => all.map((o) => o.getAttribute('value')))
    const next = options.indexOf(await menu.inputValue()) + 1
    await menu.selectOption(options[next % options.length] ?? null)
  } else if ('isFlag' in field) await page.getByText(name, { exact: true }).click()
  else {
    const slider = page.getByRole('slider', { name, exact: true })
    if ((await slider.count()) > 0) await slider.press('ArrowRight')
    else {
      await page.getByRole('textbox', { name, exact: true }).fill('17')
      await page.keyboard.press('Enter')
    }
  }
}

const valueIn = (hash: string, key: NetworkKey) => new URLSearchParams(hash.slice(1)).get(key)

journey.for(networkKeys)(
  'the control of %s changes the link and the charts',
  async (key, { open }) => {
    const page = await open(`#${['depth=12&width=16', where[key]].filter(Boolean).join('&')}`)
    await settled(page)
    const before = await drawing(page)
    const old = valueIn(hashOf(page), key)
    await change(page, key)
    await expect.poll(() => valueIn(hashOf(page), key)).not.toBe(old)
    await redrawn(page, before)
  },
)

journey('each symbol of the equation leads to its control', async ({ open }) => {
  const state = 'act=gelu&gpn=1&gain=2&gain_decay=0.5&norm=layer&sb=0.1&mix=orthogonal&tie=free'
  const page = await open(`#${state}&depth=20&width=16`)
  await settled(page)
  const symbols = page.locator('.equation [data-control]')
  const keys: (string | null)[] = []
  for (const symbol of await symbols.all()) {
    const key = await symbol.getAttribute('data-control')
    await symbol.click()
    const focused = await page.evaluate(() => document.activeElement?.id)
    expect(focused).toBe(`control-${key}`)
    keys.push(key)
  }
  expect(new Set(keys)).toEqual(
    new Set([
      'alpha',
      'mix',
      'beta',
      'gpn',
      'act',
      'gain',
      'gain_decay',
      'norm',
      'init',
      'sb',
      'depth',
    ]),
  )
})
