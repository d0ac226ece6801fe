import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe finds wrong, a line each. Its rules for WCAG and its own best practice. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run()
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? 'none',
      where: nodes.map(({ target }) => target.join(' ')),
    }))
  })
  return found.map(({ id, impact, where }) => `${impact} ${id}: ${where.join(', ')}`)
}
