/** TABLE: how numbers lie in files of arrays, little endian, by NumPy's names. */

/** An array read from a file, C order. float32 holds what float16 and bfloat16 say exactly. */
export interface NamedArray {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

export interface NumberFormat {
  readonly bytes: number
  /** The numbers that the bytes hold. `bytes.length` is a multiple of the size of one. */
  readonly read: (bytes: Uint8Array) => Float32Array | Float64Array
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/** binary16: one sign bit, five of exponent (bias 15), ten of fraction. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function float32Format(bytes: number, at: (view: DataView, i: number) => number): NumberFormat {
  const read = (data: Uint8Array) => {
    const view = viewOf(data)
    return Float32Array.from({ length: data.length / bytes }, (_, i) => at(view, i * bytes))
  }
  return { bytes, read }
}

function float64Format(bytes: number, at: (view: DataView, i: number) => number): NumberFormat {
  const read = (data: Uint8Array) => {
    const view = viewOf(data)
    return Float64Array.from({ length: data.length / bytes }, (_, i) => at(view, i * bytes))
  }
  return { bytes, read }
}

const bfloat16Scratch = new DataView(new ArrayBuffer(4))

/** bfloat16: the upper half of a float32. */
function bfloat16(bits: number): number {
  bfloat16Scratch.setUint32(0, bits << 16)
  return bfloat16Scratch.getFloat32(0)
}

const half = float32Format(2, (view, at) => float16(view.getUint16(at, true)))
const brain = float32Format(2, (view, at) => bfloat16(view.getUint16(at, true)))
// Browsers and Node run on little-endian machines alone, so whole arrays can be taken as they lie; the
// copy is there because a typed array must start at a multiple of its own size (and a Buffer's own slice is none).
const single: NumberFormat = {
  bytes: 4,
  read: (bytes) => new Float32Array(new Uint8Array(bytes).buffer),
}
const double: NumberFormat = {
  bytes: 8,
  read: (bytes) => new Float64Array(new Uint8Array(bytes).buffer),
}

/** By the `descr` of a .npy header. */
export const npyFormats: ReadonlyMap<string, NumberFormat> = new Map([
  ['<f2', half],
  ['<f4', single],
  ['<f8', double],
  ['|u1', float32Format(1, (view, at) => view.getUint8(at))],
  ['|i1', float32Format(1, (view, at) => view.getInt8(at))],
  ['<u2', float32Format(2, (view, at) => view.getUint16(at, true))],
  ['<i2', float32Format(2, (view, at) => view.getInt16(at, true))],
  ['<u4', float64Format(4, (view, at) => view.getUint32(at, true))],
  ['<i4', float64Format(4, (view, at) => view.getInt32(at, true))],
  ['<i8', float64Format(8, (view, at) => Number(view.getBigInt64(at, true)))],
])

/** By the `dtype` of a safetensors header. */
export const safetensorsFormats: ReadonlyMap<string, NumberFormat> = new Map([
  ['F16', half],
  ['BF16', brain],
  ['F32', single],
  ['F64', double],
])

/** Number of entries; NaN where the shape is not one of whole numbers that can be counted. */
export function entriesOf(shape: readonly number[]): number {
  const product = shape.reduce((size, length) => size * length, 1)
  return shape.every((length) => Number.isSafeInteger(length) && length >= 0) &&
    Number.isSafeInteger(product)
    ? product
    : NaN
}
