import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type NetworkKey, networkFields, networkKeys } from '../../src/model/config.ts'
import { controls } from '../../src/ui/controls/controls.ts'
import { journey } from './journey.ts'
import { drawing, hashOf, redrawn, settled } from './view.ts'

/** Two charts are enough to see that something has changed. */
const SMALL = 'depth=12&width=16&charts=norms,gsc'

/** Settings under which keys are used that do nothing otherwise. */
const scenes: Readonly<Record<string, readonly NetworkKey[]>> = {
  'act=leaky_relu&gain=2&mix=skip&data=correlated': [
    ...(['slope', 'gain_decay', 'tie', 'alpha', 'branch', 'rho'] as const),
  ],
  'mix=skip&tie=free&data=repeated': ['beta', 'distinct'],
  'mix=skip&tie=depth': ['c'],
}
const special = Object.values(scenes).flat()
const plain = networkKeys.filter((key) => !special.includes(key))

const valueIn = (hash: string, key: NetworkKey) => new URLSearchParams(hash.slice(1)).get(key)

/** The control of a key, piece by piece. */
function partsOf(page: Page, key: NetworkKey) {
  const name = { name: controls[key].label, exact: true }
  const row = page.locator('.control').filter({ has: page.locator(`#control-${key}`) })
  return {
    label: row.locator(`label[for=control-${key}]:not([class])`),
    menu: row.getByRole('combobox', name),
    flag: row.getByRole('switch', name),
    thumb: row.getByRole('slider', name),
    track: row.locator('.control-slider'),
    box: row.getByRole('textbox', name),
  }
}

/** Where on its track a slider is pressed: some hundred layers, some ten samples. */
const PRESSED = 0.55

async function pressTrack(track: Locator): Promise<void> {
  const box = (await track.boundingBox())!
  await track.click({ position: { x: PRESSED * box.width, y: box.height / 2 } })
}

async function chooseOther(menu: Locator): Promise<void> {
  const values = await menu
    .locator('option')
    .evaluateAll((all) => all.map((option) => option.getAttribute('value')))
  const next = values.indexOf(await menu.inputValue()) + 1
  await menu.selectOption(values[next % values.length] ?? null)
}

/** Changes a setting and takes the change back, as a hand or the keyboard would. */
interface Way {
  readonly change: (page: Page, key: NetworkKey) => Promise<void>
  readonly reset: (page: Page, key: NetworkKey) => Promise<void>
}

const ways: Readonly<Record<string, Way>> = {
  keyboard: {
    change: async (page, key) => {
      const { menu, flag, thumb, box } = partsOf(page, key)
      if ('options' in networkFields[key]) await menu.press('ArrowDown')
      else if ('isFlag' in networkFields[key]) await flag.press('Space')
      else if ((await thumb.count()) > 0) await thumb.press('ArrowRight')
      else {
        await box.fill('17')
        await box.press('Enter')
      }
    },
    reset: async (page, key) => {
      const { menu, flag, thumb, box } = partsOf(page, key)
      if ('options' in networkFields[key]) await menu.press('Delete')
      else if ('isFlag' in networkFields[key]) await flag.press('Delete')
      else if ((await thumb.count()) > 0) await thumb.press('Delete')
      else {
        await box.fill('')
        await box.press('Enter')
      }
    },
  },
  pointer: {
    change: async (page, key) => {
      const { label, menu, thumb, track } = partsOf(page, key)
      if ('options' in networkFields[key]) await chooseOther(menu)
      else if ('isFlag' in networkFields[key]) await label.click()
      else if ((await thumb.count()) > 0) await pressTrack(track)
      else await page.getByRole('button', { name: 'New seed' }).click()
    },
    // Two clicks on the name of a switch turn it twice: what is left is the double click.
    reset: (page, key) => partsOf(page, key).label.dblclick(),
  },
}

/** Says which key it was, should it fail. */
const said = (key: NetworkKey) => ({ message: key })

/** After a change and a reset: what the scene sets is not the default, there the way back is to undo both. */
async function goBack(page: Page, key: NetworkKey, { before, old }: Start): Promise<void> {
  if (old !== null) for (const _ of ['reset', 'change']) await page.keyboard.press('Control+z')
  await expect.poll(() => valueIn(hashOf(page), key), said(key)).toBe(old)
  await expect.poll(async () => (await drawing(page)) === before, said(key)).toBe(true)
}

interface Start {
  readonly before: string
  readonly old: string | null
}

const startOf = async (page: Page, key: NetworkKey): Promise<Start> => ({
  before: await drawing(page),
  old: valueIn(hashOf(page), key),
})

/** Typed into the box beside a slider, and the box emptied again. */
async function typeInto(page: Page, key: NetworkKey): Promise<void> {
  const { box } = partsOf(page, key)
  const start = await startOf(page, key)
  const field = networkFields[key]
  const typed = 'parse' in field && field.parse('0.75') === undefined ? '3' : '0.75'
  await box.fill(typed)
  await box.press('Enter')
  await expect.poll(() => valueIn(hashOf(page), key), said(key)).toBe(typed)
  await box.fill('')
  await box.press('Enter')
  await expect.poll(() => valueIn(hashOf(page), key), said(key)).toBe(null)
  await box.blur()
  await goBack(page, key, start)
}

async function tryWay(page: Page, key: NetworkKey, { change, reset }: Way): Promise<void> {
  const start = await startOf(page, key)
  await change(page, key)
  await expect.poll(() => valueIn(hashOf(page), key), said(key)).not.toBe(start.old)
  await redrawn(page, start.before)
  const changed = await drawing(page)
  await reset(page, key)
  await expect.poll(() => valueIn(hashOf(page), key), said(key)).toBe(null)
  await redrawn(page, changed)
  await goBack(page, key, start)
}

journey.for([[SMALL, plain] as const, ...Object.entries(scenes)])(
  '%s: every control changes the link and the charts and goes back, by keyboard and by pointer',
  async ([scene, keys], { open }) => {
    const page = await open(scene === SMALL ? `#${SMALL}` : `#${SMALL}&${scene}`)
    await settled(page)
    for (const key of keys) {
      for (const way of Object.values(ways)) await tryWay(page, key, way)
      if (await partsOf(page, key).box.count()) await typeInto(page, key)
    }
  },
)

const FORMULA = 'act=gelu&gpn=1&gain=2&gain_decay=0.5&norm=layer&sb=0.1&mix=orthogonal&tie=free'
const DECIDING = [
  ...['alpha', 'mix', 'beta', 'gpn', 'act', 'gain', 'gain_decay', 'norm', 'init', 'sb', 'depth'],
].sort()

const focusedKey = (page: Page) =>
  page.evaluate(() => document.activeElement?.id.replace('control-', ''))

journey('each symbol of the equation leads to its control', async ({ open }) => {
  const page = await open(`#${FORMULA}&depth=20&width=16`)
  await settled(page)
  const equation = page.locator('.equation')
  const symbols = await equation.locator('[data-control]').all()
  const clicked: (string | undefined)[] = []
  for (const symbol of symbols) {
    await symbol.click()
    clicked.push(await focusedKey(page))
    expect(clicked.at(-1)).toBe(await symbol.getAttribute('data-control'))
  }
  expect([...new Set(clicked)].sort()).toEqual(DECIDING)

  const walked: (string | undefined)[] = []
  for (const [i] of symbols.entries()) {
    await equation.focus()
    for (let steps = 0; steps <= i; steps++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    walked.push(await focusedKey(page))
  }
  expect(walked).toEqual(clicked)
  expect(hashOf(page)).not.toContain('layer=')
})

journey('a setting is explained under the pointer and at the tabulator', async ({ open }) => {
  const page = await open(`#${SMALL}&charts=norms`)
  await settled(page)
  const hint = page.getByRole('tooltip')
  // What explains is fetched when the pointer comes, and shown when it moves on.
  const { label } = partsOf(page, 'gain')
  const rests = async (x: number) => {
    await label.hover({ position: { x, y: 4 } })
    return hint.count()
  }
  await expect.poll(() => rests(3 + (performance.now() % 9)), { interval: 600 }).toBe(1)
  await expect.poll(() => hint.innerText()).toContain(controls.gain.hint)
  await page.mouse.move(600, 300)
  await hint.waitFor({ state: 'detached' })
  await partsOf(page, 'gpn').flag.focus()
  await page.keyboard.press('Tab')
  await expect.poll(() => hint.innerText()).toContain(controls.gain.hint)
  await page.keyboard.press('Escape')
  await hint.waitFor({ state: 'detached' })
})
