// What is done on the page, each thing once by keyboard alone and once by pointer.

import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { presetIds, presets } from '../../src/state/presets.ts'
import { journey } from './journey.ts'
import { charts, drawing, hashOf, redrawn, settled } from './view.ts'

const SMALL = 'depth=20&width=16'

/** How a hand and how the keyboard does things. */
interface Way {
  readonly press: (button: Locator) => Promise<void>
  readonly tick: (box: Locator) => Promise<void>
  /** The entry of a menu after the present one. */
  readonly chooseNext: (menu: Locator) => Promise<void>
}

async function nextOf(menu: Locator): Promise<string> {
  const options = menu.locator('option')
  const values = await options.evaluateAll((all) => all.map((o) => o.getAttribute('value') ?? ''))
  return values[values.indexOf(await menu.inputValue()) + 1] ?? ''
}

const keyboard: Way = {
  press: (button) => button.press('Enter'),
  tick: (box) => box.press('Space'),
  chooseNext: (menu) => menu.press('ArrowDown'),
}
const pointer: Way = {
  press: (button) => button.click(),
  tick: (box) => box.click(),
  chooseNext: async (menu) => {
    await menu.selectOption(await nextOf(menu))
  },
}
const ways = Object.entries({ keyboard, pointer })

const button = (place: Page | Locator, name: string | RegExp) =>
  place.getByRole('button', { name, exact: true })
const chart = (page: Page, name: string) => page.getByRole('figure', { name, exact: true })
const focusedName = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent
  })

journey.for(ways)('%s: presets, remedy, seeds, undo and help', async ([, way], { open }) => {
  const page = await open('#act=relu&norm=batch&depth=30&width=16')
  await settled(page)
  const verdict = page.getByRole('region', { name: 'What this shows' })
  expect(await verdict.innerText()).toMatch(/^Gradients explode/)
  await way.press(button(verdict, /^Fix it/))
  await expect.poll(() => hashOf(page)).toContain('act=linear')
  await expect.poll(() => verdict.innerText()).toMatch(/^The gradient arrives/)

  await way.press(button(page, 'Undo'))
  await expect.poll(() => hashOf(page)).not.toContain('act=linear')
  await way.press(button(page, 'Redo'))
  await expect.poll(() => hashOf(page)).toContain('act=linear')

  await way.press(button(page, 'New seed'))
  await expect.poll(() => hashOf(page)).toMatch(/seed=\d+/)
  await way.press(button(page, 'Presets ▾'))
  const [first = presetIds[1]!] = presetIds
  const menu = page.getByRole('dialog', { name: 'Presets' })
  await way.press(menu.getByRole('button').filter({ hasText: presets[first].title }).first())
  await expect.poll(() => hashOf(page)).toContain(`preset=${first}`)
  await menu.waitFor({ state: 'detached' })

  await way.press(button(page, 'Help'))
  const help = page.getByRole('dialog', { name: 'What am I looking at?' })
  await help.getByRole('row', { name: 'Space play, pause' }).waitFor()
  await way.press(button(help, 'Close'))
  await help.waitFor({ state: 'detached' })
  await expect.poll(() => focusedName(page)).toBe('Help')
})

journey.for(ways)('%s: pins, chosen charts, colours and engine', async ([, way], { open }) => {
  const page = await open(`#${SMALL}&charts=norms,gsc`)
  await settled(page)
  await way.press(button(page, 'Pin'))
  await way.chooseNext(page.getByRole('combobox', { name: 'Weights', exact: true }))
  await expect.poll(() => page.locator('.ghost').count()).toBeGreaterThan(0)
  const pins = page.getByRole('list', { name: 'Pinned runs' })
  await expect.poll(() => pins.innerText()).toMatch(/Weights Gaussian/)
  await way.press(button(pins, 'Swap with pinned run 1'))
  await expect.poll(() => hashOf(page)).toMatch(/pin=[^&]*init:uniform/)
  await way.press(button(pins, 'Unpin run 1'))
  await pins.waitFor({ state: 'detached' })

  await way.press(button(page, 'Charts'))
  await way.tick(page.getByRole('checkbox', { name: 'Do inputs stay apart?' }))
  await expect.poll(() => hashOf(page)).toMatch(/charts=norms,gsc,correlation$/)
  await way.press(button(page, 'Move up: Do inputs stay apart?'))
  await expect.poll(() => focusedName(page)).toBe('Move up: Do inputs stay apart?')
  await way.press(button(page, 'Move up: Do inputs stay apart?'))
  await expect.poll(() => hashOf(page)).toMatch(/charts=correlation,norms,gsc$/)
  await page.keyboard.press('Escape')
  await way.press(button(page, 'Hide: Signal and gradient'))
  await expect.poll(() => charts(page).count()).toBe(2)
  await way.press(button(page, 'Enlarge: Do inputs stay apart?'))
  await expect.poll(() => charts(page).count()).toBe(1)
  await way.press(button(page, 'Back to the other charts'))
  await expect.poll(() => charts(page).count()).toBe(2)

  await way.chooseNext(page.getByRole('combobox', { name: 'Colours' }))
  await way.chooseNext(page.getByRole('combobox', { name: 'Colours' }))
  await expect.poll(() => hashOf(page)).toContain('theme=dark')
  await expect
    .poll(() => page.locator('html').getAttribute('data-mantine-color-scheme'))
    .toBe('dark')
  await way.chooseNext(page.getByRole('combobox', { name: 'Engine' }))
  await expect.poll(() => page.getByRole('banner').innerText()).toMatch(/reference, \d+ ms/)
})

journey.for(ways)('%s: a chart is looked at in other ways', async ([, way], { open }) => {
  const page = await open(`#${SMALL}&charts=norms,gsc,spectrum,circle`)
  await settled(page)
  const norms = chart(page, 'Signal and gradient')
  const curves = await norms.locator('.line').count()
  const entry = norms.getByRole('button', { name: /^activation rms/ })
  await way.press(entry)
  expect(await entry.getAttribute('aria-pressed')).toBe('false')
  await expect.poll(() => norms.locator('.line').count()).toBeLessThan(curves)
  await way.press(entry)
  await expect.poll(() => norms.locator('.line').count()).toBe(curves)
  await way.press(button(norms, 'Table'))
  await norms.getByRole('columnheader', { name: 'layer', exact: true }).waitFor()
  await way.press(button(norms, 'Chart'))
  await norms.locator('.curve').first().waitFor()

  const choose = async (title: string, names: readonly string[]) => {
    for (const name of names) {
      const before = await drawing(page)
      await way.press(button(chart(page, title), name))
      await redrawn(page, before)
    }
  }
  await choose('Gradient scale coefficient', ['log-log', 'isometry gap', 'semi-log'])
  await choose('Jacobian singular values', ['rank', 'signal'])
  await choose('Where the inputs lie', ['Turn'])

  await way.press(button(norms, 'Save'))
  const item = button(norms, 'CSV')
  const [file] = await Promise.all([page.waitForEvent('download'), way.press(item)])
  expect(file.suggestedFilename()).toMatch(/norms.*\.csv$/)
  await item.waitFor({ state: 'detached' })
  await expect.poll(() => focusedName(page)).toBe('Save')
})

const layerOf = async (page: Page) => {
  const words = await page.getByRole('region', { name: 'Layer cursor' }).innerText()
  return Number(/layer ([\d,]+)/.exec(words)?.[1]?.replace(',', ''))
}

journey.for(ways)(
  '%s: play goes at its speed, stops at the top or loops',
  async (named, { open }) => {
    const [, way] = named
    const page = await open(`#${SMALL}&charts=norms,gsc&layer=15`)
    await settled(page)
    const transport = page.getByRole('region', { name: 'Layer cursor' })
    await way.chooseNext(transport.getByRole('combobox', { name: 'Speed' }))
    await way.chooseNext(transport.getByRole('combobox', { name: 'Speed' }))
    const loop = transport.getByRole('switch', { name: 'loop' })
    expect(await loop.isChecked()).toBe(true)
    await way.tick(loop)
    await way.press(button(transport, 'Play'))
    await button(transport, 'Play').waitFor()
    expect(await layerOf(page)).toBe(20)
    await way.tick(loop)
    await way.press(button(transport, 'Play'))
    await expect.poll(() => layerOf(page), { interval: 10 }).toBeGreaterThan(15)
    await expect.poll(() => layerOf(page), { interval: 10 }).toBeLessThan(10)
    await way.press(button(transport, 'Pause'))
  },
)

/** What every chart that names its layer says. */
const namedLayers = async (page: Page) => [
  ...new Set(await page.locator('.legend-layer').allInnerTexts()),
]

journey(
  'one cursor for all charts: clicked, dragged, pulled along its slider',
  async ({ open }) => {
    const page = await open(`#${SMALL}`)
    await settled(page)
    const plot = page.locator('svg.plot').first()
    const box = (await plot.boundingBox())!
    const at = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const
    await page.mouse.click(...at(0.5))
    const clicked = await layerOf(page)
    expect(clicked).toBeGreaterThan(5)
    expect(clicked).toBeLessThan(15)
    expect(await namedLayers(page)).toEqual([`layer ${clicked}`])
    await page.mouse.down()
    await page.mouse.move(...at(0.3), { steps: 3 })
    await page.mouse.up()
    const dragged = await layerOf(page)
    expect(dragged).toBeLessThan(clicked)
    await page.mouse.move(0, 0)
    expect(await namedLayers(page)).toEqual([`layer ${dragged}`])
    const track = (await page.locator('.transport-slider').boundingBox())!
    await page.mouse.click(track.x + 0.95 * track.width, track.y + track.height / 2)
    await expect.poll(() => layerOf(page)).toBe(19)
    await expect.poll(() => hashOf(page)).toContain('layer=19')
  },
)

journey(
  'the point of the phase map and the cloud are dragged, and moved by keys',
  async ({ open }) => {
    const page = await open(`#${SMALL}&charts=norms,phase,circle`)
    await settled(page)
    const map = page.getByRole('slider', { name: 'Weight scale and bias scale' })
    await map.press('ArrowRight')
    await expect.poll(() => hashOf(page)).toContain('sw=1.05')
    await map.press('ArrowUp')
    await expect.poll(() => hashOf(page)).toContain('sb=0.05')
    const box = (await map.boundingBox())!
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height)
    await page.mouse.down()
    await page.mouse.move(box.x + 0.75 * box.width, box.y + 0.5 * box.height, { steps: 4 })
    await page.mouse.up()
    const dragged = Number(await map.getAttribute('aria-valuenow'))
    expect(dragged).toBeCloseTo(0.75 * Number(await map.getAttribute('aria-valuemax')), 1)
    await expect.poll(() => hashOf(page)).toContain(`sw=${dragged}`)

    await settled(page)
    const cloud = page.locator('svg.cloud')
    await cloud.scrollIntoViewIfNeeded()
    const drawn = await cloud.innerHTML()
    const place = (await cloud.boundingBox())!
    await page.mouse.move(place.x + 60, place.y + 60)
    await page.mouse.down()
    await page.mouse.move(place.x + 120, place.y + 80, { steps: 3 })
    await page.mouse.up()
    expect(await cloud.innerHTML()).not.toBe(drawn)
  },
)

journey('with reduced motion play takes a few large steps', async ({ open }) => {
  const page = await open('#depth=64&width=16&charts=norms&layer=0', { reducedMotion: 'reduce' })
  await settled(page)
  await page.keyboard.press('Space')
  await expect.poll(() => layerOf(page), { interval: 10 }).toBe(8)
  await page.keyboard.press('Space')
  await page.keyboard.press('Home')
  await button(page, 'Play').click()
  await expect.poll(() => layerOf(page), { interval: 10 }).toBe(8)
  await button(page, 'Pause').click()
})

/** Everything to be pressed must be a stop of the tabulator, but for the neighbours of a stop within a drawing. */
const unreachable = (page: Page) =>
  page
    .locator('button, select, input, a[href], summary, [role=button], [role=slider], [role=link]')
    .evaluateAll((all) =>
      all
        .filter((one) => one instanceof HTMLElement || one instanceof SVGElement)
        .filter((one) => one.tabIndex < 0 && !one.closest('.sweep-plot') && one.checkVisibility())
        .map((one) => one.outerHTML.slice(0, 120)),
    )

journey('the tabulator comes to everything that can be pressed', async ({ open }) => {
  const page = await open(`#${SMALL}&sweep=depth:4,8`)
  await settled(page)
  expect(await unreachable(page)).toEqual([])
})

journey('on a phone a tap moves the cursor, and the settings close again', async ({ open }) => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
  const page = await open(`#${SMALL}&charts=norms,gsc`, phone)
  await settled(page)
  const plot = page.locator('svg.plot').first()
  const { width, height } = (await plot.boundingBox())!
  await plot.tap({ position: { x: width / 2, y: height / 2 } })
  await expect.poll(() => layerOf(page)).toBeLessThan(15)
  expect(await namedLayers(page)).toEqual([`layer ${await layerOf(page)}`])
  const track = (await page.locator('.transport-slider').boundingBox())!
  await page.touchscreen.tap(track.x + 2, track.y + track.height / 2)
  await expect.poll(() => layerOf(page)).toBe(0)
  await button(page, 'Play').tap()
  await expect.poll(() => layerOf(page)).toBeGreaterThan(1)
  await button(page, 'Pause').tap()
  await button(page, 'Settings').tap()
  const settings = page.getByRole('dialog')
  await button(settings, 'Close').tap()
  await settings.waitFor({ state: 'detached' })

  await button(page, 'Settings').press('Enter')
  const seed = settings.getByRole('textbox', { name: 'Seed', exact: true })
  await seed.fill('5')
  await seed.press('Enter')
  await expect.poll(() => hashOf(page)).toContain('seed=5')
  await page.keyboard.press('Escape')
  await settings.waitFor({ state: 'detached' })
  await expect.poll(() => focusedName(page)).toBe('Settings')
})
