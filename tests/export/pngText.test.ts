import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pngTexts } from '../../src/export/pngFile.ts'
import { crc32, withPngText } from '../../src/export/pngText.ts'
import { provenance } from './provenance.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  new DataView(bytes.buffer).setUint32(0, data.length)
  bytes.set(ascii(type), 4)
  bytes.set(data, 8)
  new DataView(bytes.buffer).setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

/** One black pixel. */
const png = Uint8Array.from([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ...chunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)),
  ...chunk('IDAT', deflateSync(Uint8Array.of(0, 0))),
  ...chunk('IEND', new Uint8Array(0)),
])

/** Types and data of all chunks; throws on a wrong checksum. */
function chunksOf(file: Uint8Array): readonly (readonly [string, string])[] {
  const view = new DataView(file.buffer, file.byteOffset)
  const found: [string, string][] = []
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at)
    const body = file.subarray(at + 4, at + 8 + length)
    expect(view.getUint32(at + 8 + length)).toBe(crc32(body))
    const text = new TextDecoder('latin1').decode(body)
    found.push([text.slice(0, 4), text.slice(4)])
    at += 12 + length
  }
  return found
}

test('crc32 gives the published check value and that of an empty IEND chunk', () => {
  expect(crc32(ascii('123456789'))).toBe(0xcbf43926)
  expect(crc32(ascii('IEND'))).toBe(0xae426082)
})

test('withPngText adds text behind the header and leaves the rest alone', () => {
  const file = withPngText(png, { Source: 'https://example.org/#a=1', Title: 'é' })
  const chunks = chunksOf(file)
  expect(chunks.map(([type]) => type)).toEqual(['IHDR', 'tEXt', 'tEXt', 'IDAT', 'IEND'])
  expect(chunks[1]![1]).toBe('Source\0https://example.org/#a=1')
  expect(chunks[2]![1]).toBe('Title\0é')
  expect(withPngText(png, {})).toEqual(png)
})

test('withPngText refuses what is no PNG and text that is not Latin-1', () => {
  expect(() => withPngText(Uint8Array.of(1, 2, 3), {})).toThrow('the file must be a PNG')
  expect(() => withPngText(png.slice(1), {})).toThrow('the file must be a PNG')
  expect(() => withPngText(png, { Title: 'φ' })).toThrow('text must be Latin-1')
  expect(() => withPngText(png, { ['x'.repeat(80)]: '' })).toThrow('1 to 79 characters, got 80')
})

test('pngTexts(provenance) can be written into a picture', () => {
  const chunks = chunksOf(withPngText(png, pngTexts({ ...provenance, link: 'https://é.org/' })))
  const texts = chunks.filter(([type]) => type === 'tEXt').map(([, text]) => text.split('\0'))
  expect(texts[1]).toEqual(['Source', 'https://%C3%A9.org/'])
  expect(JSON.parse(texts[2]![1]!)).toEqual(provenance.config)
})
