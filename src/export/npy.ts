import { zipSync } from 'fflate'

/** An array to be written: float32 or float64, C order. */
export interface NpyArray {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]
const HEADER_ALIGNMENT = 64

/**
 * One array in NumPy's .npy format, version 1.0.
 * Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 */
export function encodeNpy({ shape, data }: NpyArray): Uint8Array {
  const descr = data instanceof Float64Array ? '<f8' : '<f4'
  const tuple = shape.length === 1 ? `(${shape.join('')},)` : `(${shape.join(', ')})`
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`
  const unpadded = MAGIC.length + 2 + dictionary.length + 1
  const padding = (HEADER_ALIGNMENT - (unpadded % HEADER_ALIGNMENT)) % HEADER_ALIGNMENT
  const header = `${dictionary}${' '.repeat(padding)}\n`
  const length = [header.length & 0xff, header.length >> 8]
  const head = Uint8Array.from([...MAGIC, ...length, ...new TextEncoder().encode(header)])
  const bytes = new Uint8Array(head.length + data.byteLength)
  bytes.set(head)
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), head.length)
  return bytes
}

/** Several named arrays as NumPy's .npz (a zip of .npy files, stored without compression). */
export function encodeNpz(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)])
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { level: 0 })
}
