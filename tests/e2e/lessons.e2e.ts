import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Challenge, Lesson } from '../../src/lessons/lesson.ts'
import { type LessonId, lessonIds, lessons } from '../../src/lessons/lessons.ts'
import { type NetworkKey, networkFields } from '../../src/model/config.ts'
import { controls } from '../../src/ui/controls/controls.ts'
import { journey } from './journey.ts'
import { charts, hashOf, settled } from './view.ts'
import { violations } from './violations.ts'

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const MOST_STOPS = 30
/** A recurrent network of 500 steps and its singular values, on a busy machine. */
const CHECKED_WITHIN_MS = 40_000

const panelOf = (page: Page, id: LessonId) =>
  page.getByRole('complementary', { name: `Lesson: ${lessons[id].title}` })

const valueIn = (page: Page, key: string) => new URLSearchParams(hashOf(page).slice(1)).get(key)

const hasFocus = (goal: Locator) => goal.evaluate((element) => element === document.activeElement)

async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    if (await hasFocus(goal)) return
    await page.keyboard.press('Tab')
  }
  expect.unreachable('Tab must reach the goal')
}

/** Chooses a lesson from the menu, by keyboard. */
async function begin(page: Page, id: LessonId): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'Lessons', exact: true }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: lessons[id].title }))
  await page.keyboard.press('Enter')
}

/** Gives a setting of the step a value, by keyboard. */
async function set(panel: Locator, key: NetworkKey, value: string | number): Promise<void> {
  const name = controls[key].label
  if ('options' in networkFields[key]) {
    const [word = ''] = controls[key].labels?.[value]?.split(' ') ?? []
    const menu = panel.getByRole('combobox', { name, exact: true })
    await menu.focus()
    await menu.page().keyboard.type(word)
  } else if ('isFlag' in networkFields[key])
    await panel.getByRole('switch', { name, exact: true }).press('Space')
  else {
    const box = panel.getByRole('textbox', { name, exact: true })
    await box.fill(String(value))
    await box.press('Enter')
  }
}

async function solve(panel: Locator, { conditions, solution }: Challenge): Promise<void> {
  const challenge = panel.getByRole('region', { name: 'Challenge' })
  const status = challenge.getByRole('status')
  const verdict = { timeout: CHECKED_WITHIN_MS }
  await expect.poll(() => status.innerText(), verdict).toMatch(/^Not yet: \d of \d/)
  expect(await challenge.getByRole('listitem').count()).toBe(conditions.length)
  await challenge.getByRole('button', { name: 'Hint' }).press('Enter')
  for (const [key, value] of Object.entries(solution)) await set(panel, key as NetworkKey, value)
  await expect.poll(() => status.innerText(), verdict).toBe('Solved. All conditions hold.')
}

/** Is the step on show: its place in the link, its title, its panels, the first of them named? */
async function expectStep(page: Page, id: LessonId, lesson: Lesson, number: number) {
  const { title, look } = lesson[number - 1]!
  const panel = panelOf(page, id)
  await panel.getByRole('heading', { name: title, exact: true }).waitFor()
  await expect.poll(() => valueIn(page, 'lesson')).toBe(id)
  await expect.poll(() => valueIn(page, 'step')).toBe(number === 1 ? null : String(number))
  await expect.poll(() => charts(page).count()).toBe(look.length)
  const named = await panel.locator('.lesson-look strong').innerText()
  expect(await charts(page).first().getByRole('heading').innerText()).toBe(named)
}

journey.for(lessonIds)(
  'lesson %s is walked from end to end by keyboard',
  { timeout: 180_000 },
  async (id, { open }) => {
    const lesson = await lessons[id].load()
    const page = await open('#depth=20&width=16')
    await settled(page)
    await begin(page, id)
    const panel = panelOf(page, id)
    for (const [i, { title, question, challenge }] of lesson.entries()) {
      await expectStep(page, id, lesson, i + 1)
      await expect
        .poll(() => hasFocus(panel.getByRole('heading', { name: title, exact: true })))
        .toBe(true)
      if (question) {
        const before = hashOf(page)
        await tabTo(page, panel.getByRole('button', { name: 'Show the answer' }))
        await page.keyboard.press('Enter')
        await panel.getByRole('button', { name: 'Show the answer' }).waitFor({ state: 'detached' })
        if (question.shows) await expect.poll(() => hashOf(page)).not.toBe(before)
      }
      if (challenge) await solve(panel, challenge)
      const last = i + 1 === lesson.length
      await tabTo(page, panel.getByRole('button', { name: last ? 'Finish' : 'Next' }))
      await page.keyboard.press('Enter')
    }
    await panel.waitFor({ state: 'detached' })
    await expect.poll(() => hashOf(page)).not.toContain('lesson=')
  },
)

journey(
  'a step is a link: bare it sets its network up, with settings it resumes there',
  async ({ open }) => {
    const page = await open('#lesson=gain&step=3')
    await expectStep(page, 'gain', await lessons.gain.load(), 3)
    await expect.poll(() => valueIn(page, 'act')).toBe('sigmoid')
    await settled(page)

    await set(panelOf(page, 'gain'), 'sw', 3)
    await expect.poll(() => valueIn(page, 'sw')).toBe('3')
    const again = await open(hashOf(page))
    await expectStep(again, 'gain', await lessons.gain.load(), 3)
    await settled(again)
    expect(valueIn(again, 'sw')).toBe('3')

    await panelOf(again, 'gain')
      .getByRole('button', { name: 'Start this step over' })
      .press('Enter')
    await expect.poll(() => valueIn(again, 'sw')).toBe(null)
  },
)

journey('Back undoes a step, and closing leaves the network as it is', async ({ open }) => {
  const lesson = await lessons.gain.load()
  const page = await open('#depth=20&width=16')
  await settled(page)
  await begin(page, 'gain')
  await expectStep(page, 'gain', lesson, 1)
  await panelOf(page, 'gain').getByRole('button', { name: 'Step 2' }).press('Enter')
  await expectStep(page, 'gain', lesson, 2)
  await page.goBack()
  await expectStep(page, 'gain', lesson, 1)
  await panelOf(page, 'gain').getByRole('button', { name: 'Close the lesson' }).press('Enter')
  await expect.poll(() => hashOf(page)).not.toMatch(/lesson=|step=|charts=/)
  expect(valueIn(page, 'sw')).toBe('0.9')
  await page.goBack()
  await expect.poll(() => hashOf(page)).toBe('#depth=20&width=16')
})

journey('a lesson that there is not is named, and nothing breaks', async ({ open }) => {
  const page = await open('#depth=20&width=16&lesson=astrology&step=9')
  await settled(page)
  await page.getByText('There is no lesson called astrology.').waitFor()
})

journey('the words of a lesson are fetched when it is opened', async ({ open }) => {
  const fetched = () => performance.getEntriesByType('resource').map(({ name }) => name)
  const page = await open('#depth=20&width=16')
  await settled(page)
  const before = await page.evaluate(fetched)
  expect(before.filter((name) => /\/(gain|Lesson)/.test(name))).toEqual([])
  await begin(page, 'gain')
  await panelOf(page, 'gain').waitFor()
  const after = await page.evaluate(fetched)
  expect(after.filter((name) => /\/gain-/.test(name)).length).toBe(1)
  expect(after.filter((name) => /\/collapse-/.test(name))).toEqual([])
})

journey('on a phone a lesson is read, answered and solved by touch', async ({ open }) => {
  const lesson = await lessons.norms.load()
  const page = await open('#depth=20&width=16', phone)
  await settled(page)
  await page.getByRole('button', { name: 'Lessons', exact: true }).tap()
  await page.getByRole('button', { name: lessons.norms.title }).tap()
  const panel = panelOf(page, 'norms')
  for (let number = 1; number < lesson.length; number++) {
    await expectStep(page, 'norms', lesson, number)
    await panel.getByRole('button', { name: 'Show the answer' }).tap()
    await panel.getByRole('button', { name: 'Next' }).tap()
  }
  await solve(panel, lesson.at(-1)!.challenge!)
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth] as const
  })
  expect(content).toBeLessThanOrEqual(screen)
  await panel.getByRole('button', { name: 'Finish' }).tap()
  await panel.waitFor({ state: 'detached' })
})

const places = { page: {}, phone } as const

journey.for(Object.entries(places))(
  '%s: axe finds nothing wrong with lessons, light or dark',
  async ([, place], { open }) => {
    const page = await open('#lesson=gain&step=2', { colorScheme: 'light', ...place })
    await panelOf(page, 'gain').getByRole('button', { name: 'Show the answer' }).click()
    await settled(page)
    expect(await violations(page)).toEqual([])
    await panelOf(page, 'gain').getByRole('button', { name: 'Step 5' }).click()
    await panelOf(page, 'gain').getByText('Not yet').waitFor()
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' })
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Lessons', exact: true }).click()
    const menu = page.getByRole('dialog', { name: 'Lessons' })
    await expect.poll(() => menu.evaluate((element) => getComputedStyle(element).opacity)).toBe('1')
    expect(await violations(page)).toEqual([])
  },
)
