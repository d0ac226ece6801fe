import { ImportError, shown } from './importError.ts'
import { entriesOf, type NamedArray, npyFormats } from './numberFormats.ts'

const MAGIC = '\x93NUMPY'
/** Where the length of the header stands, and how many bytes it has, by major version. */
const LENGTH_AT = 8
const LENGTH_BYTES: Readonly<Record<number, 2 | 4>> = { 1: 2, 2: 4, 3: 4 }

const latin1 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

export const isNpy = (bytes: Uint8Array) =>
  MAGIC.split('').every((c, i) => bytes[i] === c.charCodeAt(0))

interface Header {
  readonly descr: string
  readonly isFortran: boolean
  readonly shape: readonly number[]
  readonly dataAt: number
}

function headerText(bytes: Uint8Array, name: string) {
  const version = bytes[MAGIC.length] ?? 0
  const lengthBytes = LENGTH_BYTES[version]
  if (lengthBytes === undefined)
    throw new ImportError(`${name}: the .npy version must be 1, 2 or 3, got ${version}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const start = LENGTH_AT + lengthBytes
  if (bytes.length < start) throw new ImportError(`${name}: the file ends inside its header`)
  const length =
    lengthBytes === 2 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true)
  const dataAt = start + length
  if (bytes.length < dataAt) throw new ImportError(`${name}: the file ends inside its header`)
  return { text: latin1(bytes.subarray(start, dataAt)), dataAt }
}

/** The three entries of the header, a Python dictionary. */
function readHeader(bytes: Uint8Array, name: string): Header {
  const { text, dataAt } = headerText(bytes, name)
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1]
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  const tuple = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1]
  if (descr === undefined || order === undefined || tuple === undefined)
    throw new ImportError(
      `${name}: the header must give one number type, an order and a shape, got ${shown(text)}`,
    )
  const shape = tuple.split(',').flatMap((part) => (part.trim() === '' ? [] : [parseInt(part, 10)]))
  return { descr, isFortran: order === 'True', shape, dataAt }
}

/** Entries in C order of an array stored with its first index running fastest. */
function toCOrder<A extends Float32Array | Float64Array>(data: A, shape: readonly number[]): A {
  const out = data.slice() as A
  const index = new Array<number>(shape.length).fill(0)
  for (const value of data) {
    let at = 0
    for (let d = 0; d < shape.length; d++) at = at * shape[d]! + index[d]!
    out[at] = value
    for (let d = 0; d < shape.length && ++index[d]! === shape[d]; d++) index[d] = 0
  }
  return out
}

/**
 * One array from a file in NumPy's .npy format (versions 1 to 3; little endian numbers; either order).
 *
 * @throws ImportError naming the array and what is wrong with it
 */
export function decodeNpy(bytes: Uint8Array, name: string): NamedArray {
  if (!isNpy(bytes)) throw new ImportError(`${name}: must be a .npy file`)
  const { descr, isFortran, shape, dataAt } = readHeader(bytes, name)
  const format = npyFormats.get(descr)
  if (!format) {
    const legal = [...npyFormats.keys()].join(' ')
    throw new ImportError(`${name}: the numbers must be of type ${legal}, got ${shown(descr)}`)
  }
  const expected = entriesOf(shape) * format.bytes
  if (bytes.length - dataAt !== expected)
    throw new ImportError(
      `${name}: shape [${shape.join(', ')}] of ${descr} needs ${expected} bytes, got ${bytes.length - dataAt}`,
    )
  const data = format.read(bytes.subarray(dataAt))
  return { name, shape, data: isFortran ? toCOrder(data, shape) : data }
}
