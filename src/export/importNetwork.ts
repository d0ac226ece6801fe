import { checkEntries, checkSize } from './arrayChecks.ts'
import { decodeNpy, isNpy } from './decodeNpy.ts'
import { decodeNpz, isZip } from './decodeNpz.ts'
import { decodeSafetensors, isSafetensors } from './decodeSafetensors.ts'
import type { ImportedData } from './importData.ts'
import { ImportError } from './importError.ts'
import { inLayerOrder } from './layerOrder.ts'
import type { NamedArray } from './numberFormats.ts'

/** Weights that somebody brings along. float64 where any of them are, else float32. */
export interface ImportedNetwork {
  readonly width: number
  readonly depth: number
  /** [depth, width, width], (out, in) */
  readonly w: Float32Array | Float64Array
  /** [depth, width]; absent where the file has no biases. Layers without one get zeros. */
  readonly b?: Float32Array | Float64Array
  /** [blocks, width, width]: the filters of the skip path, where the file has them. */
  readonly s?: Float32Array | Float64Array
  /** The inputs that the file brings along. */
  readonly inputs?: ImportedData
}

function decode(bytes: Uint8Array): readonly NamedArray[] {
  if (isZip(bytes)) return decodeNpz(bytes)
  if (isNpy(bytes)) return [decodeNpy(bytes, 'w')]
  if (isSafetensors(bytes)) return decodeSafetensors(bytes)
  throw new ImportError('the file must be .npz, .npy or .safetensors')
}

/**
 * Reads square weight matrices numbered by layer from a .npz, .npy or .safetensors file: one array `w`
 * of shape [depth, n, n], with filters `s` and inputs `x0` (what `--network` writes), or a matrix a layer, in the order of the numbers in
 * the names. Biases are found by name (weight -> bias, kernel -> bias, w -> b).
 *
 * @throws ImportError which says what is wrong and with which array
 */
export function importNetwork(bytes: Uint8Array): ImportedNetwork {
  const arrays = new Map(decode(bytes).map((array) => [array.name, array]))
  const stack = arrays.get('w')
  return stack?.shape.length === 3 ? fromStack(stack, arrays) : fromLayers(arrays)
}

const shapeText = ({ shape }: NamedArray) => `[${shape.join(', ')}]`

function fromStack(w: NamedArray, arrays: ReadonlyMap<string, NamedArray>): ImportedNetwork {
  const [depth, width, columns] = w.shape as readonly [number, number, number]
  if (width !== columns)
    throw new ImportError(`${w.name}: must have shape [depth, n, n], got ${shapeText(w)}`)
  checkSize('depth', depth)
  checkSize('width', width)
  checkEntries(w)
  const [b, s, x0] = [arrays.get('b'), arrays.get('s'), arrays.get('x0')]
  if (b) checkShape(b, [depth, width])
  if (s) checkShape(s, [null, width, width])
  if (x0) checkShape(x0, [null, width])
  return {
    ...{ width, depth, w: w.data },
    ...(b && { b: b.data }),
    ...(s && { s: s.data }),
    ...(x0 && { inputs: inputsOf(x0) }),
  }
}

function inputsOf({ shape, data }: NamedArray): ImportedData {
  const [batch, width] = shape as readonly [number, number]
  checkSize('batch', batch)
  return { batch, width, x: Float64Array.from(data) }
}

/** Throws unless the shape is as it must be; null stands for any length. */
function checkShape(array: NamedArray, must: readonly (number | null)[]): void {
  const { name, shape } = array
  const isRight =
    shape.length === must.length &&
    must.every((length, i) => length === null || length === shape[i])
  const words = must.map((length) => length ?? 'any').join(', ')
  if (!isRight)
    throw new ImportError(`${name}: must have shape [${words}], got ${shapeText(array)}`)
  checkEntries(array)
}

function checkMatrix(matrix: NamedArray, width: number, first: string): void {
  const [rows, columns] = matrix.shape
  if (rows !== columns)
    throw new ImportError(
      `${matrix.name}: must be square, got ${shapeText(matrix)}; leave out layers that change the width`,
    )
  if (rows !== width)
    throw new ImportError(
      `${matrix.name}: must be ${width} wide like ${first}, got ${shapeText(matrix)}`,
    )
  checkEntries(matrix)
}

function fromLayers(arrays: ReadonlyMap<string, NamedArray>): ImportedNetwork {
  const matrices = inLayerOrder([...arrays.values()].filter(({ shape }) => shape.length === 2))
  const [first] = matrices
  if (!first)
    throw new ImportError(
      `the file must hold square matrices, got ${arrays.size} arrays and no matrix`,
    )
  const [depth, width] = [matrices.length, first.shape[0]!]
  for (const matrix of matrices) checkMatrix(matrix, width, first.name)
  checkSize('depth', depth)
  checkSize('width', width)
  const biases = matrices.map((matrix) => biasOf(matrix, arrays))
  const w = joined(matrices, width * width)
  return biases.some((bias) => bias)
    ? { width, depth, w, b: joined(biases, width) }
    : { width, depth, w }
}

/** How the name of a bias follows from that of its matrix; the last such word counts. */
const BIAS_NAMES: readonly (readonly [RegExp, string])[] = [
  [/weight(?!.*weight)/i, 'bias'],
  [/kernel(?!.*kernel)/i, 'bias'],
  [/w(?!.*w)/, 'b'],
  [/W(?!.*W)/, 'b'],
]

function biasOf(
  { name, shape }: NamedArray,
  arrays: ReadonlyMap<string, NamedArray>,
): NamedArray | undefined {
  for (const [pattern, replacement] of BIAS_NAMES) {
    const bias = pattern.test(name) ? arrays.get(name.replace(pattern, replacement)) : undefined
    if (!bias) continue
    if (bias.shape.length !== 1 || bias.shape[0] !== shape[0])
      throw new ImportError(`${bias.name}: must have shape [${shape[0]!}], got ${shapeText(bias)}`)
    checkEntries(bias)
    return bias
  }
  return undefined
}

/** Arrays of `size` entries one behind the other, zeros where there is none. */
function joined(parts: readonly (NamedArray | undefined)[], size: number) {
  const isDouble = parts.some((part) => part?.data instanceof Float64Array)
  const out = isDouble
    ? new Float64Array(parts.length * size)
    : new Float32Array(parts.length * size)
  for (const [i, part] of parts.entries()) if (part) out.set(part.data, i * size)
  return out
}
