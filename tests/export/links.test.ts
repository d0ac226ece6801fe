import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { embedSnippet } from '../../src/export/embedSnippet.ts'
import { markdownLink } from '../../src/export/markdown.ts'
import { qrSvg } from '../../src/export/qrSvg.ts'
import { elements, parseXml } from './xml.ts'

const link = 'https://example.org/a(b)/#act=relu&depth=100'

test('markdownLink takes its text literally and keeps its address in the brackets', () => {
  expect(markdownLink('ReLU [deep]_x_\n2', link)).toBe(
    String.raw`[ReLU \[deep\]\_x\_ 2](https://example.org/a%28b%29/#act=relu&depth=100)`,
  )
  expect(markdownLink('x', 'https://e.org/#a b')).toBe('[x](https://e.org/#a%20b)')
})

test('embedSnippet is one frame whose attributes cannot be left', () => {
  const html = embedSnippet({ link: `${link}"><script>`, title: 'a "b" <c>', heightPx: 480 })
  const frame = parseXml(html)
  expect(frame.name).toBe('iframe')
  expect(frame.attributes).toMatchObject({
    src: `${link}"><script>`,
    title: 'a "b" <c>',
    width: '100%',
    height: '480',
  })
})

/** The modules that the strokes of a path paint. */
function painted(path: string, size: number): boolean[][] {
  const grid = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  for (const [, x, y, length] of path.matchAll(/M(\d+),(\d+)h(\d+)v1h-\d+z/g))
    grid[Number(y)]!.fill(true, Number(x), Number(x) + Number(length))
  return grid
}

test('qrSvg paints exactly the modules of the code, with a quiet zone', () => {
  const svg = parseXml(qrSvg(link, 'A <link>'))
  const code = encode(link, { ecc: 'L', boostEcc: true, border: 4 })
  expect(svg.attributes['viewBox']).toBe(`0 0 ${code.size} ${code.size}`)
  const dark = elements(svg, 'path').find((path) => path.attributes['fill'] === '#000')!
  expect(painted(dark.attributes['d']!, code.size)).toEqual(code.data)
  expect(code.data.slice(0, 4).flat().includes(true)).toBe(false)
  expect(elements(svg, 'title')[0]!.children).toEqual(['A <link>'])
})

test('qrSvg refuses what no code can hold, in bytes', () => {
  expect(qrSvg('x'.repeat(2953), '')).toContain('<svg')
  expect(() => qrSvg('é'.repeat(1477), '')).toThrow('qrSvg: the link must have at most 2953 bytes')
})
