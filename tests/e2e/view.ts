import type { Page } from 'playwright-core'

const PATIENCE_MS = 15_000
const LOOK_AGAIN_MS = 30

/** Waits until the run under way is complete and drawn, its prediction too. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.curve').first().waitFor({ state: 'attached' })
  await page.locator('progress').waitFor({ state: 'detached' })
  await page.locator('[data-forecast=awaited]').waitFor({ state: 'detached' })
}

export const hashOf = (page: Page): string => new URL(page.url()).hash

export const charts = (page: Page) => page.getByRole('figure')

/** Drawn from theory, apart from any run: the map of growth refines itself for seconds, constants and maps go ahead. */
const FROM_THEORY = '.phase-map, .still'

/** What the charts show, cursor included, as text; those drawn from theory left out. */
export const drawing = (page: Page): Promise<string> =>
  charts(page)
    .locator('svg')
    .evaluateAll(
      (drawings, selector) =>
        drawings
          .filter((svg) => !svg.closest(selector))
          .map((svg) => svg.innerHTML)
          .join('\n'),
      FROM_THEORY,
    )

/** Waits until the charts show something else than `before`, and that to its end. */
export async function redrawn(page: Page, before: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while ((await drawing(page)) === before) {
    if (performance.now() > deadline)
      throw new Error('redrawn: the charts must change, they did not')
    await page.waitForTimeout(LOOK_AGAIN_MS)
  }
  await settled(page)
}

/** Presses a button of charts, all at once: each that has it in its head. */
const pressAll = (page: Page, name: 'Table' | 'Chart') =>
  charts(page)
    .filter({ hasNot: page.locator('.phase-map') })
    .getByRole('button', { name, exact: true })
    .evaluateAll((buttons) => {
      for (const button of buttons) (button as HTMLElement).click()
    })

/** The numbers behind every chart but the map of growth, to the last digit, by way of their tables. */
export async function numbers(page: Page): Promise<readonly string[]> {
  await pressAll(page, 'Table')
  const tables = charts(page).getByRole('table')
  await tables.first().waitFor()
  const texts = await tables.allInnerTexts()
  await pressAll(page, 'Chart')
  await tables.first().waitFor({ state: 'detached' })
  return texts
}
