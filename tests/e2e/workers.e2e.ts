import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Reply, RunRequest } from '../../src/engine/protocol.ts'
import { defaultConfig } from '../../src/model/config.ts'
import { journey } from './journey.ts'
import { settled } from './view.ts'

/** Enough to do that it is shared. */
const request: RunRequest = {
  kind: 'run',
  runId: 1,
  config: { ...defaultConfig, depth: 120, width: 64, sb: 0.1, seeds: 9 },
  engine: 'wasm',
  spectra: [1, 20, 40, 60, 80, 100, 120],
  pictures: [],
  dataUrl: '',
}

declare global {
  interface Window {
    /** Started by a test, of the page's own script. */
    engine: Worker
  }
}

/** Address of the script that the page runs its networks in. */
const scriptOf = (page: Page): string => page.workers()[0]?.url() ?? ''

/** The numbers of a run on a worker that may divide it among so many others, as text. */
const resultOf = (page: Page, script: string, helpers: number): Promise<string> =>
  page.evaluate(
    ([address, order]) =>
      new Promise<string>((resolve, reject) => {
        const spectra: [number, readonly number[]][] = []
        window.engine = new Worker(address, { type: 'module' })
        window.engine.onmessage = ({ data }: MessageEvent<Reply>) => {
          if (data.kind === 'spectrum')
            spectra.push([data.spectrum.layer, [...data.spectrum.log10SingularValues]])
          if (data.kind === 'failed') reject(new Error(data.message))
          if (data.kind !== 'finished') return
          const { rows, bands, summary } = data
          const numbers = { rows, bands, summary, spectra: spectra.sort((p, q) => p[0] - q[0]) }
          // Typed arrays would be written with their indices, and without -Infinity and NaN.
          resolve(
            JSON.stringify(numbers, (_, value: unknown) =>
              value instanceof Float64Array ? [...value].join() : value,
            ),
          )
        }
        window.engine.postMessage(order)
      }),
    [script, { ...request, helpers }] as const,
  )

journey(
  'a run that several workers share is the same to the bit, and they end with the one that started them',
  async ({ open }) => {
    const page = await open('#depth=12&width=16')
    await settled(page)
    const script = scriptOf(page)
    const before = page.workers().length
    const alone = await resultOf(page, script, 0)
    expect(page.workers()).toHaveLength(before + 1)
    await page.evaluate(() => {
      window.engine.terminate()
    })
    expect(await resultOf(page, script, 2)).toBe(alone)
    expect(alone).toContain('"spectra":[[1,[')
    expect(page.workers()).toHaveLength(before + 3)
    await page.evaluate(() => {
      window.engine.terminate()
    })
    await expect.poll(() => page.workers().length).toBe(before)
  },
)

journey('seeds are shared by as many workers as there are cores, up to four', async ({ open }) => {
  const [one, many] = [await open('#seeds=1'), await open('#seeds=16')]
  for (const page of [one, many]) await settled(page)
  const cores = await one.evaluate(() => navigator.hardwareConcurrency)
  await expect.poll(() => many.workers().length - one.workers().length).toBe(Math.min(4, cores) - 1)
})
