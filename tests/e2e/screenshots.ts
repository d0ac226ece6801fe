// Takes the README's pictures from the built page: npm run screenshots

import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { launch, NO_BROWSER, obtainBrowser } from './browser.ts'
import { settled } from './view.ts'
import { serveFolder } from './server.ts'

const pictures = fileURLToPath(new URL('../../public/screenshots', import.meta.url))

/** File name -> link and look. The first scene, as a visitor finds it; a remedy; a phone held upright. */
const scenes = {
  'light.png': { hash: '', look: { colorScheme: 'light', viewport: { width: 1360, height: 850 } } },
  'dark.png': {
    hash: '#preset=bsnn-tanh&layer=40',
    look: { colorScheme: 'dark', viewport: { width: 1360, height: 850 } },
  },
  'phone.png': {
    hash: '',
    look: { colorScheme: 'light', viewport: { width: 390, height: 844 }, isMobile: true },
  },
} as const

const browserPath = obtainBrowser()
if (browserPath === undefined) throw new Error(NO_BROWSER)
await mkdir(pictures, { recursive: true })
const host = await serveFolder(fileURLToPath(new URL('../../dist', import.meta.url)))
const browser = await launch(browserPath)
for (const [file, { hash, look }] of Object.entries(scenes)) {
  const page = await browser.newPage({ ...look, reducedMotion: 'reduce' })
  await page.goto(`${host.url}${hash}`)
  await settled(page)
  await page.screenshot({ path: `${pictures}/${file}` })
}
await browser.close()
host.close()
