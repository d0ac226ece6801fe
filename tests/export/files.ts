import { zipSync } from 'fflate'

/** A .npy file with a header of one's own. */
export function npyFile(header: string, data: Uint8Array, version = 1): Uint8Array {
  const text = new TextEncoder().encode(header)
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length, 0, 0, 0]
  return Uint8Array.of(
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    version,
    0,
    ...length,
    ...text,
    ...data,
  )
}

export function npyHeader(descr: string, shape: string, isFortran = false): string {
  return `{'descr': '${descr}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${shape}, }\n`
}

export const bytesOf = (data: Float32Array | Float64Array | Uint16Array | Int32Array) =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

export interface Tensor {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: Uint8Array
}

/** A safetensors file with the tensors one behind the other. */
export function safetensorsFile(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  let at = 0
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.length] }
    at += data.length
  }
  return withHeader(JSON.stringify(header), Object.values(tensors))
}

export function withHeader(header: string, tensors: readonly Tensor[]): Uint8Array {
  const text = new TextEncoder().encode(header)
  const length = new Uint8Array(8)
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true)
  const parts = [length, text, ...tensors.map(({ data }) => data)]
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/** An .npz of float64 arrays, compressed. */
export function npzFile(
  arrays: Readonly<Record<string, { readonly shape: string; readonly data: readonly number[] }>>,
): Uint8Array {
  const files = Object.entries(arrays).map(([name, { shape, data }]) => [
    `${name}.npy`,
    npyFile(npyHeader('<f8', shape), bytesOf(Float64Array.from(data))),
  ])
  return zipSync(Object.fromEntries(files) as Record<string, Uint8Array>)
}
