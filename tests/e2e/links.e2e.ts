import { expect } from 'vitest'
import { networkFields } from '../../src/model/config.ts'
import { controls } from '../../src/ui/controls/controls.ts'
import { journey } from './journey.ts'
import { charts, drawing, hashOf, numbers, redrawn, settled } from './view.ts'

journey('a link opened by somebody else shows the same numbers', async ({ open }) => {
  const mine = await open('#act=relu&norm=batch&depth=40&width=32&seed=7&layer=12')
  await settled(mine)
  const link = hashOf(mine)
  const theirs = await open(link)
  await settled(theirs)
  expect(await numbers(theirs)).toEqual(await numbers(mine))
  expect(hashOf(theirs)).toBe(link)
})

journey('Back and Forward walk through the settings', async ({ open }) => {
  const page = await open('#depth=20&width=16')
  await settled(page)
  const first = await drawing(page)
  await page.getByRole('combobox', { name: controls.act.label }).selectOption('relu')
  await redrawn(page, first)
  expect(hashOf(page)).toContain('act=relu')
  const second = await drawing(page)
  await page.goBack()
  await redrawn(page, second)
  expect(hashOf(page)).toBe('#depth=20&width=16')
  expect(await page.getByRole('combobox', { name: controls.act.label }).inputValue()).toBe('tanh')
  await page.goForward()
  await redrawn(page, first)
  expect(await drawing(page)).toBe(second)
})

/** What a link may hold to do harm, and what the page must say of it. */
const hostile = {
  'an activation from the object prototype': ['act=__proto__', /act/],
  'a depth that would never end': ['depth=1e9', /depth/],
  'a width below all': ['width=-5', /width/],
  'no number': ['sw=NaN', /sw/],
  infinity: ['sb=Infinity', /sb/],
  'a broken percent code': ['act=%E0%A4%A&depth=5', /act/],
  markup: ['<img src=x onerror=alert(1)>=1', /<img src is not a known key/],
  'markup as a value': ['act=<script>alert(1)</script>', /script/],
  'an unknown key': ['constructor=1', /constructor/],
  'a conflict between keys': ['init=looks_linear&width=33', /init/],
  'junk as a pinned run': ['pin=%00%FF~~;;act:relu', /pin/],
  'a hundred thousand letters': [`act=${'a'.repeat(100_000)}`, /too long/],
} as const satisfies Record<string, readonly [string, RegExp]>

journey.for(Object.entries(hostile))(
  'a link with %s gives a notice and a working page',
  async ([, [hash, word]], { open }) => {
    const page = await open(`#${hash}&depth=10&charts=norms,correlation,gsc`)
    page.on('dialog', () => expect.unreachable('a link must not run anything'))
    await settled(page)
    expect(await page.getByRole('status').innerText()).toMatch(word)
    expect(await charts(page).count()).toBeGreaterThanOrEqual(3)
    await page.getByRole('button', { name: 'Dismiss the notices' }).click()
    await page.getByRole('status').waitFor({ state: 'detached' })
    const before = await drawing(page)
    await page.getByRole('textbox', { name: controls.depth.label }).fill('25')
    await page.keyboard.press('Enter')
    await redrawn(page, before)
  },
)

journey('every key in one link, all at once', async ({ open }) => {
  const words = Object.entries(networkFields).map(([key, field]) => `${key}=${field.initial}`)
  const page = await open(`#${words.join('&')}`)
  await settled(page)
  expect(await page.getByRole('status').count()).toBe(0)
})
