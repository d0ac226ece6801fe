import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from '../e2e/browser.ts'

const browserPath = inject('checkBrowser')

describe.skipIf(browserPath === '')('the WebGPU engine', () => {
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launch(browserPath, { gpu: true })
    page = await browser.newPage()
    await page.goto(inject('checkUrl'))
  })

  afterAll(() => browser.close())

  it('finds an adapter in this browser', async () => {
    const adapter = await page.evaluate(() => window.checks.adapter())
    expect(adapter).toMatch(/\w/)
  })

  it.each(inject('checkNames'))('%s', async (name) => {
    const problem = await page.evaluate((check) => window.checks.run(check), name)
    expect(problem).toBe('')
  })
})
