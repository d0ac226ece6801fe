import { ImportError, shown } from './importError.ts'
import { entriesOf, type NamedArray, safetensorsFormats } from './numberFormats.ts'

const LENGTH_BYTES = 8
/** The format itself allows no more. */
const MAX_HEADER_BYTES = 100_000_000
const METADATA = '__metadata__'

interface Entry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number')

/** A header of plausible length that is a JSON object: no other format of ours begins so. */
export const isSafetensors = (bytes: Uint8Array) =>
  bytes.length > LENGTH_BYTES && bytes[LENGTH_BYTES] === 0x7b

function readHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = Number(view.getBigUint64(0, true))
  const dataAt = LENGTH_BYTES + length
  if (length > MAX_HEADER_BYTES || dataAt > bytes.length)
    throw new ImportError(
      `the safetensors header must fit the file of ${bytes.length} bytes, got ${length} bytes`,
    )
  return { header: parsed(bytes.subarray(LENGTH_BYTES, dataAt)), data: bytes.subarray(dataAt) }
}

function parsed(text: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
    if (isRecord(header)) return header
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ImportError(`the safetensors header must be JSON: ${shown(reason)}`)
  }
  throw new ImportError('the safetensors header must be a JSON object')
}

function entryOf(name: string, value: unknown): Entry {
  if (isRecord(value)) {
    const { dtype, shape, data_offsets: offsets } = value
    if (typeof dtype === 'string' && isNumbers(shape) && isNumbers(offsets) && offsets.length === 2)
      return { dtype, shape, begin: offsets[0]!, end: offsets[1]! }
  }
  throw new ImportError(`${shown(name)}: must have a dtype, a shape and two data_offsets`)
}

/** The array that an entry points at; undefined where its numbers are of a type no weights have. */
function arrayOf(name: string, entry: Entry, data: Uint8Array): NamedArray | undefined {
  const { dtype, shape, begin, end } = entry
  const format = safetensorsFormats.get(dtype)
  if (!format) return undefined
  const expected = entriesOf(shape) * format.bytes
  if (end - begin !== expected)
    throw new ImportError(
      `${name}: shape [${shape.join(', ')}] of ${dtype} needs ${expected} bytes, got ${end - begin}`,
    )
  if (!Number.isSafeInteger(begin) || begin < 0 || end > data.length)
    throw new ImportError(
      `${name}: bytes ${begin} to ${end} must lie within the ${data.length} bytes of data`,
    )
  return { name, shape, data: format.read(data.subarray(begin, end)) }
}

/**
 * All arrays of a safetensors file whose numbers are F16, BF16, F32 or F64; others (counters, masks)
 * are left out.
 *
 * @throws ImportError
 * Source: the format description in the safetensors README, version 0.4.
 */
export function decodeSafetensors(bytes: Uint8Array): readonly NamedArray[] {
  if (!isSafetensors(bytes)) throw new ImportError('must be a safetensors file')
  const { header, data } = readHeader(bytes)
  return Object.entries(header).flatMap(([name, value]) => {
    if (name === METADATA) return []
    const array = arrayOf(name, entryOf(name, value), data)
    return array ? [array] : []
  })
}
