import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { controls } from '../../src/ui/controls/controls.ts'
import { elements, parseXml } from '../export/xml.ts'
import { journey } from './journey.ts'
import { charts, hashOf, settled } from './view.ts'

const panels = {
  activation: 'Activation',
  maps: 'Layer by layer to a fixed point',
  phase: 'Order and chaos',
} as const

const panel = (page: Page, name: string) => page.getByRole('figure', { name, exact: true })

journey('panels are enlarged and shrink again, are hidden and brought back', async ({ open }) => {
  const page = await open('#depth=20&width=16&sw=1.5')
  await settled(page)
  const all = await charts(page).count()
  for (const [id, title] of Object.entries(panels)) {
    await page.getByRole('button', { name: `Enlarge: ${title}` }).press('Enter')
    await expect.poll(() => hashOf(page)).toMatch(new RegExp(`charts=${id}$`))
    expect(await charts(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Back to the other charts' }).press('Enter')
    await expect.poll(() => charts(page).count()).toBe(all)

    await page.getByRole('button', { name: `Hide: ${title}` }).press('Enter')
    await panel(page, title).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Charts', exact: true }).press('Enter')
    await page.getByRole('checkbox', { name: title, exact: true }).press('Space')
    await panel(page, title).waitFor()
    expect(await charts(page).count()).toBe(all)
    await page.keyboard.press('Escape')
  }
})

journey(
  'the activation card moves while the gain is dragged, before it is let go',
  async ({ open }) => {
    const page = await open('#depth=20&width=16&charts=norms,activation,maps')
    await settled(page)
    const group = panel(page, panels.activation).getByRole('group', { name: 'Under z ~ N(0, 1)' })
    const maps = panel(page, panels.maps)
    const [numbers, words] = [await group.innerText(), await maps.innerText()]
    expect(numbers).toContain('m₂ 0.3943')
    const slider = page.getByRole('slider', { name: controls.gain.label, exact: true })
    const box = (await slider.boundingBox())!
    const middle = box.y + box.height / 2
    await page.mouse.move(box.x + box.width / 2, middle)
    await page.mouse.down()
    for (const step of [10, 20, 30]) await page.mouse.move(box.x + box.width / 2 + step, middle)
    await expect.poll(() => group.innerText()).not.toBe(numbers)
    await expect.poll(() => maps.innerText()).not.toBe(words)
    const dragged = await group.innerText()
    await page.mouse.move(box.x + box.width / 2 + 60, middle)
    await expect.poll(() => group.innerText()).not.toBe(dragged)
    await page.mouse.up()
    await settled(page)

    const before = await group.innerText()
    await slider.press('ArrowRight')
    await expect.poll(() => group.innerText()).not.toBe(before)
  },
)

journey('a constant explains itself by formula and source when it is pressed', async ({ open }) => {
  const page = await open('#act=gelu&gpn=1&depth=20&width=16&charts=norms,activation')
  await settled(page)
  const root = panel(page, panels.activation).getByRole('button', { name: /^b₋/ })
  expect(await root.innerText()).toBe('b₋ −0.9095')
  await root.press('Enter')
  expect(await root.getAttribute('aria-expanded')).toBe('true')
  await page.getByText('Lower root of E[(a φ(z) + b)²] = 1').waitFor()
  await page.getByText(/In use: .* b₋ is taken: with b₊ the slope would be 1\.113/).waitFor()
  const upper = panel(page, panels.activation).getByRole('button', { name: /^b₊/ })
  await upper.click()
  expect(await upper.getAttribute('aria-expanded')).toBe('true')
  expect(await root.getAttribute('aria-expanded')).toBe('false')
  await page.getByText('Upper root of E[(a φ(z) + b)²] = 1').waitFor()
})

journey('batch normalization has no maps, and the panel says why', async ({ open }) => {
  const page = await open('#act=relu&norm=batch&depth=20&width=16&charts=norms,maps,activation')
  await settled(page)
  await panel(page, panels.maps)
    .getByText(/^No prediction: batch normalization/)
    .waitFor()
  await panel(page, panels.activation).getByRole('button', { name: 'batch ×1.234' }).waitFor()
})

journey('theory is saved as it is drawn, and its numbers as CSV', async ({ open }) => {
  const page = await open('#depth=20&width=16&sw=1.5&charts=norms,activation,maps,phase')
  await settled(page)
  await panel(page, panels.phase).locator('.phase-map').waitFor()
  const save = async (title: string, item: string) => {
    const figure = panel(page, title)
    await figure.getByRole('button', { name: 'Save', exact: true }).click()
    const choice = figure.getByRole('button', { name: item, exact: true })
    const [file] = await Promise.all([page.waitForEvent('download'), choice.click()])
    await choice.waitFor({ state: 'detached' })
    return readFile(await file.path(), 'utf8')
  }
  for (const title of Object.values(panels)) {
    const words = elements(parseXml(await save(title, 'SVG')), 'text').flatMap(
      ({ children }) => children,
    )
    expect(words).toContain(title)
    expect(words.length).toBeGreaterThan(8)
  }
  expect(await save(panels.activation, 'CSV')).toContain('series,label,z,value')
  expect(await save(panels.phase, 'CSV')).toContain('series,label,weight scale,value')
  expect(await save(panels.maps, 'CSV')).toMatch(/variance q,variance q,1,[\d.]+/)
})

journey('phones of 360 px have room for both', async ({ open }) => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }
  const page = await open('#depth=20&width=16&sw=1.5&charts=norms,activation,maps', phone)
  await settled(page)
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth] as const
  })
  expect(content).toBeLessThanOrEqual(screen)
  const boxes = await page.locator('.still').evaluateAll((all) =>
    all.map((svg) => {
      const { left, right } = svg.getBoundingClientRect()
      return left >= 0 && right <= window.innerWidth
    }),
  )
  expect(boxes).toEqual([true, true, true])
})
