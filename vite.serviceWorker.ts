import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { build, type Plugin, type ResolvedConfig } from 'vite'

/** Not kept before somebody asks for it: pictures of the README, the WebGPU engine, the worker itself. */
const LATER = /^(screenshots\/|assets\/load-|sw\.js$)/
/** Bundled files carry a hash of their content in their names. */
const HASHED = /^assets\//

/** Paths of the files below a folder, with slashes. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'))
    .sort()
}

/** What the service worker fetches when it is installed; addresses relative to its own. */
async function precacheOf(folder: string) {
  const files = (await filesIn(folder)).filter((file) => !LATER.test(file))
  return Promise.all(
    files.map(async (url) => {
      const content = await readFile(join(folder, url))
      const revision = createHash('sha256').update(content).digest('hex').slice(0, 16)
      return { url, revision: HASHED.test(url) ? null : revision }
    }),
  )
}

/** Builds sw.js beside the page, with the list of all files that the page needs without a network. */
export function serviceWorker(entry: string): Plugin {
  let config: ResolvedConfig
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: (resolved) => {
      config = resolved
    },
    writeBundle: async () => {
      const outDir = resolve(config.root, config.build.outDir)
      const precache = JSON.stringify(await precacheOf(outDir))
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { PRECACHE: precache, 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          rolldownOptions: { input: entry, output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}
