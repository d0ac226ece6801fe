import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { journey } from './journey.ts'
import { hashOf, settled } from './view.ts'

const DEPTH = 6
const STATE = `#depth=${DEPTH}&width=16&batch=6&seed=7&layer=4`

async function saved(page: Page, name: string) {
  await page.getByText(/, \d+ ms$/).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  const item = page.getByRole('button', { name }).filter({ visible: true })
  const [file] = await Promise.all([
    page.waitForEvent('download', { timeout: 40_000 }),
    item.click(),
  ])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

/** How many pictures there are among PNG files, whatever their texts say. */
const different = (files: readonly Buffer[]) =>
  new Set(files.map((file) => file.subarray(file.indexOf('IDAT')).toString('latin1'))).size

journey('all layers of a chart as numbered pictures, each its own', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await settled(page)
  const { name, bytes } = await saved(page, 'All layers as PNG (.zip)')
  expect(name).toMatch(/^sigprop_custom_norms-layers_7_\d{8}\.zip$/)
  const frames = Object.values(unzipSync(bytes)).map((frame) => Buffer.from(frame))
  expect(frames).toHaveLength(DEPTH + 1)
  expect(different(frames)).toBe(DEPTH + 1)
  for (const frame of frames) expect(frame.toString('latin1', 1, 4)).toBe('PNG')
  await expect.poll(() => hashOf(page)).toBe(STATE)
})

journey('pictures of weights wait for the weights of their layer', async ({ open }) => {
  const page = await open(`${STATE}&charts=spectrum&look=spectrum:weights`)
  await settled(page)
  const { bytes } = await saved(page, 'All layers as PNG (.zip)')
  const frames = Object.values(unzipSync(bytes)).map((frame) => Buffer.from(frame))
  expect(frames).toHaveLength(DEPTH + 1)
  // Nothing leads to the input: it shows the first layer's.
  expect(different(frames)).toBe(DEPTH)
})

journey('all layers of a chart as a film that plays', async ({ openOnce }) => {
  const page = await openOnce(STATE)
  await settled(page)
  const { name, bytes } = await saved(page, 'All layers as a film')
  expect(name).toMatch(/\.(webm|mp4)$/)
  const player = await page.context().newPage()
  const film = await player.evaluate(
    async (source) => {
      const video = document.createElement('video')
      Object.assign(video, { muted: true, src: source })
      await video.play()
      await new Promise((resolve) => (video.onended = resolve))
      return { width: video.videoWidth, seconds: video.currentTime }
    },
    `data:video/${/mp4$/.test(name) ? 'mp4' : 'webm'};base64,${bytes.toString('base64')}`,
  )
  expect(film.width).toBeGreaterThan(300)
  // Seven pictures of 80 ms, and the last one stands for 800 ms more.
  expect(film.seconds).toBeGreaterThan(1)
  expect(film.seconds).toBeLessThan(6)
})

journey.for(['Cancel', 'Escape'])(
  'a film is stopped by %s: nothing is saved, and the cursor is back',
  async (way, { open }) => {
    const page = await open('#depth=64&width=16&batch=6&layer=4&charts=norms')
    await settled(page)
    page.on('download', () => expect.unreachable('what is stopped must not be saved'))
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'All layers as a film' }).press('Enter')
    await page.getByText(/^Picture [2-9] of 65/).waitFor()
    const cancel = page.getByRole('button', { name: 'Cancel', exact: true })
    expect(await cancel.evaluate((button) => button === document.activeElement)).toBe(true)
    await (way === 'Cancel' ? cancel.click() : page.keyboard.press('Escape'))
    await cancel.waitFor({ state: 'detached' })
    await expect.poll(() => hashOf(page)).toContain('layer=4&')
    await page.getByRole('button', { name: 'Save', exact: true }).press('Enter')
    expect(await page.getByRole('button', { name: 'SVG', exact: true }).isEnabled()).toBe(true)
    expect(await page.getByText(/^Picture/).count()).toBe(0)
  },
)

journey('where no film can be recorded the menu says so', async ({ open }) => {
  const prepare = () => {
    Reflect.deleteProperty(window, 'MediaRecorder')
  }
  const page = await open(STATE, { prepare })
  await settled(page)
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  const item = page.getByRole('button', { name: 'All layers as a film' }).filter({ visible: true })
  expect(await item.isDisabled()).toBe(true)
  expect(await item.innerText()).toContain('this browser records no films')
})
