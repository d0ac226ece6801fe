import { decodeNpy, isNpy } from '../../export/decodeNpy.ts'
import { isZip } from '../../export/decodeNpz.ts'
import { isSafetensors } from '../../export/decodeSafetensors.ts'
import { importData } from '../../export/importData.ts'
import { ImportError } from '../../export/importError.ts'
import { importNetwork } from '../../export/importNetwork.ts'
import type { Files } from '../../state/files.ts'

/** Reading takes a few times as much memory as the file. */
const MAX_BYTES = 512 * 2 ** 20

let lastId = 0

function weightsOf(bytes: Uint8Array, name: string): Partial<Files> {
  const { inputs, ...weights } = importNetwork(bytes)
  const file = { weights: { ...weights, id: ++lastId, name } }
  return inputs ? { ...file, inputs: { ...inputs, name } } : file
}

/** A single array is a stack of matrices where it has three dimensions, else a batch of inputs. */
const isStack = (bytes: Uint8Array) =>
  isNpy(bytes) && decodeNpy(bytes, 'the array').shape.length === 3

/**
 * What a file holds: weights (.npz, .safetensors, a stack as .npy), inputs (.npy, a table as text), or both.
 *
 * @throws ImportError which says what is wrong and where
 */
export async function readFile(file: File): Promise<Partial<Files>> {
  if (file.size > MAX_BYTES)
    throw new ImportError(
      `the file must have at most ${MAX_BYTES / 2 ** 20} MB, got ${Math.ceil(file.size / 2 ** 20)} MB`,
    )
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (isZip(bytes) || isSafetensors(bytes) || isStack(bytes)) return weightsOf(bytes, file.name)
  return { inputs: { ...importData(bytes), name: file.name } }
}
