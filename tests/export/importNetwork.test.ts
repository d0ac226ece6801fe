import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { ImportError } from '../../src/export/importError.ts'
import { importNetwork } from '../../src/export/importNetwork.ts'
import { encodeNpz } from '../../src/export/npy.ts'
import { bytesOf, npyFile, npyHeader, npzFile, safetensorsFile, withHeader } from './files.ts'

const count = (length: number, from = 1) => Array.from({ length }, (_, i) => from + i)
const f32 = (values: readonly number[]) => bytesOf(Float32Array.from(values))

const layers = safetensorsFile({
  'fc.10.weight': { dtype: 'F32', shape: [2, 2], data: f32([5, 6, 7, 8]) },
  'fc.2.bias': { dtype: 'F32', shape: [2], data: f32([-1, -2]) },
  'fc.2.weight': { dtype: 'F32', shape: [2, 2], data: f32([1, 2, 3, 4]) },
  'bn.2.num_batches_tracked': { dtype: 'I64', shape: [], data: new Uint8Array(8) },
})
const stack = encodeNpz({
  w: { shape: [3, 2, 2], data: Float32Array.from(count(12)) },
  b: { shape: [3, 2], data: Float32Array.from(count(6)) },
  x0: { shape: [4, 2], data: new Float32Array(8) },
})

test('importNetwork reads what the exporter writes', () => {
  const network = importNetwork(stack)
  expect([network.depth, network.width]).toEqual([3, 2])
  expect(network.w).toEqual(Float32Array.from(count(12)))
  expect(network.b).toEqual(Float32Array.from(count(6)))
})

test('importNetwork orders layers by number, finds biases, fills missing ones with zeros', () => {
  const network = importNetwork(layers)
  expect([network.depth, network.width]).toEqual([2, 2])
  expect(network.w).toEqual(Float32Array.from(count(8)))
  expect(network.b).toEqual(Float32Array.of(-1, -2, 0, 0))
})

test('importNetwork takes float64 where any array is, and W_3 b_3 as names', () => {
  const bytes = npzFile({
    W_3: { shape: '(2, 2)', data: count(4) },
    b_3: { shape: '(2,)', data: [9, 8] },
    W_11: { shape: '(2, 2)', data: count(4, 5) },
  })
  const network = importNetwork(bytes)
  expect(network.w).toEqual(Float64Array.from(count(8)))
  expect(network.b).toEqual(Float64Array.of(9, 8, 0, 0))
  expect(importNetwork(npzFile({ m: { shape: '(2, 2)', data: count(4) } })).b).toBeUndefined()
})

test('importNetwork turns Fortran order and reads header version 2', () => {
  const data = bytesOf(Float64Array.from([1, 3, 2, 4]))
  const bytes = npyFile(npyHeader('<f8', '(1L, 2L, 2)', true), data, 2)
  expect(importNetwork(bytes).w).toEqual(Float64Array.from(count(4)))
})

test('importNetwork reads the same from a Buffer of Node, which slices in its own way', () => {
  const bytes = npyFile(npyHeader('<f4', '(1, 2, 2)'), f32(count(4)))
  expect(importNetwork(Buffer.from(bytes)).w).toEqual(Float32Array.from(count(4)))
})

test('importNetwork reads float16 and bfloat16 exactly', () => {
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff)
  const brains = Uint16Array.of(0x3f80, 0xc000, 0x0080, 0x4049)
  const read = (dtype: string, data: Uint16Array) =>
    importNetwork(safetensorsFile({ w: { dtype, shape: [2, 2], data: bytesOf(data) } })).w
  expect([...read('F16', halves)]).toEqual([1, -2, 2 ** -24, 65504])
  expect([...read('BF16', brains)]).toEqual([1, -2, 2 ** -126, 3.140625])
})

const one = (shape: string, data: readonly number[]) => npzFile({ 'fc.1': { shape, data } })
const square = { dtype: 'F32', shape: [2, 2], data: f32(count(4)) }

describe.each<readonly [string, Uint8Array, RegExp]>([
  ['not a file of arrays', new TextEncoder().encode('hello'), /must be \.npz, \.npy or/],
  ['empty', new Uint8Array(0), /must be \.npz/],
  ['no matrix', npzFile({ b: { shape: '(3,)', data: count(3) } }), /got 1 arrays and no matrix/],
  ['not square', one('(2, 3)', count(6)), /^fc\.1: must be square, got \[2, 3\]/],
  [
    'mixed widths',
    npzFile({
      'a.0': { shape: '(2, 2)', data: count(4) },
      'a.1': { shape: '(3, 3)', data: count(9) },
    }),
    /^a\.1: must be 2 wide like a\.0, got \[3, 3\]/,
  ],
  [
    'not finite',
    one('(2, 2)', [1, 2, NaN, 4]),
    /^fc\.1: every entry must be finite, got NaN at \[1, 0\]/,
  ],
  ['too narrow', one('(1, 1)', [1]), /the width must be from 2 to 1024, got 1/],
  [
    'numbers that do not tell the order',
    safetensorsFile({ 'attn.1.w': square, 'mlp.1.w': square }),
    /^attn\.1\.w and mlp\.1\.w: the numbers in the names must tell/,
  ],
  [
    'a bias of the wrong length',
    safetensorsFile({ 'a.1.weight': square, 'a.1.bias': { ...square, shape: [4] } }),
    /^a\.1\.bias: must have shape \[2\], got \[4\]/,
  ],
  [
    'a stack that is not square',
    encodeNpz({ w: { shape: [1, 2, 3], data: new Float32Array(6) } }),
    /^w: must have shape \[depth, n, n\], got \[1, 2, 3\]/,
  ],
  [
    'a stack with other biases',
    encodeNpz({
      w: { shape: [1, 2, 2], data: new Float32Array(4) },
      b: { shape: [2, 1], data: new Float32Array(2) },
    }),
    /^b: must have shape \[1, 2\], got \[2, 1\]/,
  ],
  ['big endian', npyFile(npyHeader('>f4', '(2, 2)'), new Uint8Array(16)), /of type <f2 .*">f4"/],
  ['objects', npyFile(npyHeader('|O', '(2, 2)'), new Uint8Array(16)), /got "\|O"/],
  ['a record type', npyFile("{'descr': [('a', '<f4')], }", new Uint8Array(16)), /one number type/],
  [
    'too few bytes',
    npyFile(npyHeader('<f4', '(2, 2)'), new Uint8Array(15)),
    /needs 16 bytes, got 15/,
  ],
  ['a strange version', npyFile('', new Uint8Array(0), 9), /version must be 1, 2 or 3, got 9/],
  ['a stranger in the archive', zipSync({ 'a.txt': new Uint8Array(1) }), /^"a\.txt": every file/],
  ['a damaged archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0), /the archive is damaged/],
  ['a header that is no JSON', withHeader('{"a":', []), /header must be JSON/],
  ['a header without offsets', withHeader('{"a":{"dtype":"F32"}}', []), /^"a": must have a dtype/],
  [
    'offsets outside the data',
    withHeader('{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}', [square]).slice(0, -8),
    /^a: bytes 8 to 12 must lie within the 8 bytes/,
  ],
  [
    'a shape of fractions',
    withHeader('{"a":{"dtype":"F32","shape":[0.5,2],"data_offsets":[0,4]}}', [square]),
    /^a: shape \[0\.5, 2\] of F32/,
  ],
])('importNetwork refuses %s', (_, bytes, message) => {
  test('and says so', () => {
    expect(() => importNetwork(bytes)).toThrow(ImportError)
    expect(() => importNetwork(bytes)).toThrow(message)
  })
})

test('importNetwork refuses an archive that promises more than it can hold', () => {
  const bomb = zipSync({ 'w.npy': new Uint8Array(1000) })
  // Uncompressed size in the central directory: 22 bytes of end record, 5 of name, 22 into the entry.
  const at = bomb.length - 22 - 5 - 46 + 24
  new DataView(bomb.buffer).setUint32(at, 2 ** 29, true)
  expect(() => importNetwork(bomb)).toThrow('its directory gives impossible sizes')
  new DataView(bomb.buffer).setUint32(at, 2 ** 31, true)
  expect(() => importNetwork(bomb)).toThrow('must unpack to at most 1 GB')
})

/** Runs the reader; anything but a network or an ImportError with words is a failure. */
function survives(bytes: Uint8Array): void {
  try {
    const { width, depth, w } = importNetwork(bytes)
    expect(w.length).toBe(depth * width * width)
  } catch (error) {
    expect(error).toBeInstanceOf(ImportError)
    expect((error as Error).message.length).toBeGreaterThan(10)
  }
}

const files = [stack, layers, npzFile({ a1: { shape: '(2, 2)', data: count(4) } })] as const
const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 })

test('importNetwork survives truncated files', () => {
  for (const file of files)
    for (let length = 0; length < file.length; length++) survives(file.subarray(0, length))
})

test('importNetwork survives damaged files', () => {
  fc.assert(
    fc.property(fc.constantFrom(...files), damage, (file, changes) => {
      const bytes = file.slice()
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      survives(bytes)
    }),
    { numRuns: 3000, seed: 11 },
  )
})

test('importNetwork survives arbitrary bytes behind each signature', () => {
  const signatures = [
    [0x50, 0x4b, 3, 4],
    [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0],
    [20, 0, 0, 0, 0, 0, 0, 0, 0x7b],
    [],
  ]
  fc.assert(
    fc.property(fc.constantFrom(...signatures), fc.uint8Array({ maxLength: 200 }), (head, tail) => {
      survives(Uint8Array.from([...head, ...tail]))
    }),
    { numRuns: 2000, seed: 12 },
  )
})
