import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { journey } from './journey.ts'
import { settled } from './view.ts'

/** Scripts of the first screen, the worker's included, as hosts send them. */
const MOST_SCRIPT_BYTES = 250_000
/** How long the page may go on fetching things that nobody has asked for. */
const AFTERMATH_MS = 2000

const fetched = () => performance.getEntriesByType('resource').map(({ name }) => name)

async function gzippedBytes(url: string): Promise<number> {
  const response = await fetch(url)
  return gzipSync(await response.arrayBuffer()).length
}

journey(
  'without a GPU the page fetches little script: the WebGPU engine stays away',
  async ({ open }) => {
    const page = await open()
    await settled(page)
    await page.waitForTimeout(AFTERMATH_MS)
    const workers = page.workers().map((worker) => worker.evaluate(fetched))
    const names = await Promise.all([page.evaluate(fetched), ...workers])
    const scripts = [...new Set(names.flat())].filter((name) => name.endsWith('.js'))
    expect(scripts.length).toBeGreaterThanOrEqual(2)
    const sizes = await Promise.all(scripts.map(gzippedBytes))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    console.log(`first screen: ${Math.round(bytes / 1000)} kB of script, gzipped`)
    expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES)
  },
)
