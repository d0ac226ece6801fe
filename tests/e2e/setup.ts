import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { NO_BROWSER, obtainBrowser } from './browser.ts'
import { serveFolder } from './server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The browser's program; empty where there is none, and every test is skipped. */
    browserPath: string
    /** The built page at the root of a host, and in a folder of another. */
    rootUrl: string
    folderUrl: string
  }
}

/** Serves the built page and finds a browser, once for all files. */
export default async function setup(project: TestProject) {
  const dist = fileURLToPath(new URL('../../dist', import.meta.url))
  if (!existsSync(dist)) throw new Error('e2e: the page must be built first (npm run build)')
  const browserPath = obtainBrowser()
  if (browserPath === undefined) console.error(NO_BROWSER)
  const hosts = [
    await serveFolder(dist),
    await serveFolder(dist, '/class/2024/depthscope/'),
  ] as const
  project.provide('browserPath', browserPath ?? '')
  project.provide('rootUrl', hosts[0].url)
  project.provide('folderUrl', hosts[1].url)
  return () => {
    for (const host of hosts) host.close()
  }
}
