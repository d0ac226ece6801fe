import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importData } from '../../src/export/importData.ts'
import { ImportError } from '../../src/export/importError.ts'
import { bytesOf, npyFile, npyHeader } from './files.ts'

const text = (content: string) => new TextEncoder().encode(content)

test.each([
  ['commas', '1,2,3\n4,5,6\n'],
  ['semicolons and Windows line ends', '1;2;3\r\n4;5;6'],
  ['tabs', '1\t2\t3\n4\t5\t6'],
  ['blanks', '  1  2 3\n4 5   6\n\n'],
  ['a byte order mark', '\ufeff1,2,3\n4,5,6'],
  ['a comment and names', '# mine\n"a","b","c"\n1,2.0,+3e0\n4,5,.6e1'],
  ['quotes', '"1", "2", "3"\n4,5,6'],
])('importData(table with %s) gives its numbers', (_, content) => {
  const { batch, width, x } = importData(text(content))
  expect([batch, width]).toEqual([2, 3])
  expect([...x]).toEqual([1, 2, 3, 4, 5, 6])
})

test('importData reads .npy of floats and of whole numbers', () => {
  const floats = npyFile(npyHeader('<f4', '(2, 2)'), bytesOf(Float32Array.of(1, 2, 3, 4.5)))
  expect([...importData(floats).x]).toEqual([1, 2, 3, 4.5])
  const whole = npyFile(npyHeader('<i4', '(2, 2)'), bytesOf(Int32Array.of(1, -2, 3, 4)))
  expect([...importData(whole).x]).toEqual([1, -2, 3, 4])
  const bytes = npyFile(npyHeader('|u1', '(2, 2)', true), Uint8Array.of(1, 3, 2, 255))
  expect([...importData(bytes).x]).toEqual([1, 2, 3, 255])
})

describe.each<readonly [string, Uint8Array, RegExp]>([
  ['nothing', text(''), /the batch must be from 2 to 1024, got 0/],
  ['one row', text('1,2'), /the batch must be from 2 to 1024, got 1/],
  ['one column', text('1\n2\n'), /the width must be from 2 to 1024, got 1/],
  [
    'a ragged table',
    text('1,2\n\n3,4,5'),
    /^line 3: must have 2 numbers like the first row, got 3/,
  ],
  ['a word', text('# head\n1,2\n3,x'), /^line 3, column 2: must be a finite number, got "x"/],
  ['an empty cell', text('1,2\n3,'), /^line 2, column 2: .* got ""/],
  ['an infinity', text('1,2\n3,1e999'), /^line 2, column 2: .* got "1e999"/],
  ['a hexadecimal number', text('1,2\n3,0x10'), /got "0x10"/],
  ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x00), /as UTF-8 text, or \.npy/],
  [
    'three dimensions',
    npyFile(npyHeader('<f4', '(1, 2, 2)'), new Uint8Array(16)),
    /must have two dimensions, samples and units, got 3/,
  ],
  [
    'NaN in an array',
    npyFile(npyHeader('<f4', '(2, 2)'), bytesOf(Float32Array.of(1, NaN, 2, 3))),
    /every entry must be finite, got NaN at \[0, 1\]/,
  ],
])('importData refuses %s', (_, bytes, message) => {
  test('and says so', () => {
    expect(() => importData(bytes)).toThrow(ImportError)
    expect(() => importData(bytes)).toThrow(message)
  })
})

test('importData gives back any table of numbers that is written as CSV', () => {
  const finite = fc.double({ noNaN: true, min: -1e100, max: 1e100 })
  const table = fc
    .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 }))
    .chain(([m, n]) => {
      const row = fc.array(finite, { minLength: n, maxLength: n })
      return fc.array(row, { minLength: m, maxLength: m })
    })
  fc.assert(
    fc.property(table, (rows) => {
      const { x } = importData(text(rows.map((row) => row.join(',')).join('\n')))
      expect([...x]).toEqual(rows.flat().map((v) => v + 0))
    }),
  )
})

test('importData survives whatever it is given', () => {
  const piece = fc.constantFrom('1', '-2.5e3', ',', ';', '\t', ' ', '\n', '#', '"', 'x', '', '\r')
  const tables = fc.array(piece, { maxLength: 40 }).map((pieces) => text(pieces.join('')))
  const arrays = fc
    .uint8Array({ maxLength: 120 })
    .map((tail) => npyFile(npyHeader('<f4', '(2, 2)'), tail))
  fc.assert(
    fc.property(fc.oneof(tables, arrays, fc.uint8Array({ maxLength: 60 })), (bytes) => {
      try {
        const { batch, width, x } = importData(bytes)
        expect(x.length).toBe(batch * width)
        expect(x.every(Number.isFinite)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(ImportError)
      }
    }),
    { numRuns: 3000, seed: 13 },
  )
})
