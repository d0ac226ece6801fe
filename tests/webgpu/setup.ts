import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { build } from 'vite'
import { launch, NO_BROWSER, obtainBrowser } from '../e2e/browser.ts'
import { serveFolder } from '../e2e/server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The browser's program; empty where there is none, and every test is skipped. */
    checkBrowser: string
    checkUrl: string
    checkNames: readonly string[]
  }
}

const page = fileURLToPath(new URL('page', import.meta.url))
const built = fileURLToPath(new URL('../../.cache/webgpu-page', import.meta.url))

/** Builds and serves the page of checks, and asks it for their names. */
export default async function setup(project: TestProject) {
  const browserPath = obtainBrowser()
  project.provide('checkBrowser', browserPath ?? '')
  if (browserPath === undefined) {
    process.stderr.write(`${NO_BROWSER}\n`)
    project.provide('checkUrl', '')
    project.provide('checkNames', ['no browser'])
    return
  }
  await build({
    root: page,
    configFile: false,
    base: './',
    logLevel: 'warn',
    build: { outDir: built, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 4000 },
  })
  const host = await serveFolder(built)
  project.provide('checkUrl', host.url)
  project.provide('checkNames', await namesOf(browserPath, host.url))
  return () => {
    host.close()
  }
}

async function namesOf(browserPath: string, url: string): Promise<readonly string[]> {
  const browser = await launch(browserPath)
  try {
    const view = await browser.newPage()
    await view.goto(url)
    return await view.evaluate(() => window.checks.names)
  } finally {
    await browser.close()
  }
}
