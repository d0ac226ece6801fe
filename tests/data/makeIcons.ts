// Makes public/icons/, the pictures by which an installed page is known, from public/favicon.svg. Not part
// of any test run:
//
//   npx tsx tests/data/makeIcons.ts

import { mkdir, readFile } from 'node:fs/promises'
import { launch, NO_BROWSER, obtainBrowser } from '../e2e/browser.ts'

/** A maskable icon is cut to any shape that holds a circle of 80 %: its ground goes to the edge. */
const icons = {
  'icon-192.png': { size: 192, share: 1, ground: 'transparent' },
  'icon-512.png': { size: 512, share: 1, ground: 'transparent' },
  'maskable-512.png': { size: 512, share: 0.75, ground: '#14202e' },
} as const

const folder = new URL('../../public/', import.meta.url)
const svg = await readFile(new URL('favicon.svg', folder), 'utf8')
const source = `data:image/svg+xml,${encodeURIComponent(svg)}`
const browserPath = obtainBrowser()
if (browserPath === undefined) throw new Error(NO_BROWSER)
await mkdir(new URL('icons/', folder), { recursive: true })
const browser = await launch(browserPath)
for (const [file, { size, share, ground }] of Object.entries(icons)) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const style = `display:grid;place-items:center;height:100vh;margin:0;background:${ground}`
  const side = size * share
  await page.setContent(
    `<body style="${style}"><img src="${source}" width="${side}" height="${side}"></body>`,
  )
  await page.screenshot({ path: new URL(`icons/${file}`, folder).pathname, omitBackground: true })
}
await browser.close()
