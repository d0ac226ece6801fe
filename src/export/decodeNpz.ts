import { unzipSync } from 'fflate'
import { decodeNpy } from './decodeNpy.ts'
import { ImportError, shown } from './importError.ts'
import type { NamedArray } from './numberFormats.ts'

/** What an archive may unpack to; the networks that are written stay under it. */
const MAX_UNPACKED_BYTES = 2 ** 30
/** More than two arrays a layer at the greatest depth. */
const MAX_ENTRIES = 200_000
/** Deflate cannot do better than this. */
const MAX_COMPRESSION = 1032

const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04]

export const isZip = (bytes: Uint8Array) => LOCAL_HEADER.every((byte, i) => bytes[i] === byte)

interface Entry {
  readonly size: number
  readonly originalSize: number
}

/** Refuses what a damaged or hostile directory promises before memory is given to it. */
function entryGuard(fileBytes: number): (entry: Entry) => boolean {
  let [unpacked, entries] = [0, 0]
  return ({ size, originalSize }) => {
    unpacked += originalSize
    if (unpacked > MAX_UNPACKED_BYTES)
      throw new ImportError(`the archive must unpack to at most ${MAX_UNPACKED_BYTES / 2 ** 30} GB`)
    if (++entries > MAX_ENTRIES)
      throw new ImportError(`the archive must hold at most ${MAX_ENTRIES} files`)
    if (size > fileBytes || originalSize > MAX_COMPRESSION * size)
      throw new ImportError('the archive is damaged: its directory gives impossible sizes')
    return true
  }
}

function unzip(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: entryGuard(bytes.length) })
  } catch (error) {
    if (error instanceof ImportError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ImportError(`the archive is damaged: ${shown(reason)}`)
  }
}

/** All arrays of a NumPy .npz file. @throws ImportError */
export function decodeNpz(bytes: Uint8Array): readonly NamedArray[] {
  return Object.entries(unzip(bytes)).map(([file, content]) => {
    if (!file.endsWith('.npy'))
      throw new ImportError(`${shown(file)}: every file of a .npz archive must be a .npy file`)
    return decodeNpy(content, file.slice(0, -'.npy'.length))
  })
}
