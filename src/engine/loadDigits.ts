import { unzlibSync } from 'fflate'
import { parseDigits } from '../model/digits.ts'
import type { DigitSet } from '../model/digits.ts'
import { EngineError } from './errors.ts'

const loaded = new Map<string, Promise<DigitSet>>()

/**
 * The handwritten digits from `digits.bin` in the folder `dataUrl`, an absolute http(s): or file: address that
 * ends in a slash. Read once for each address; a failure is forgotten, so that the next call tries again.
 * Throws EngineError 'data-missing' where the file cannot be read or is not the digits.
 */
export function loadDigits(dataUrl: string): Promise<DigitSet> {
  const known = loaded.get(dataUrl)
  if (known) return known
  const digits = read(`${dataUrl}digits.bin`)
  loaded.set(dataUrl, digits)
  digits.catch(() => loaded.delete(dataUrl))
  return digits
}

async function read(address: string): Promise<DigitSet> {
  try {
    const bytes = address.startsWith('file:') ? await readLocal(address) : await download(address)
    return parseDigits(unzlibSync(bytes))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EngineError(
      'data-missing',
      `loadDigits: the digits must be readable at ${address}, got: ${reason}`,
    )
  }
}

async function download(address: string): Promise<Uint8Array> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`HTTP status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

/** What is needed of node:fs/promises. */
interface Files {
  readFile(address: URL): Promise<Uint8Array>
}

async function readLocal(address: string): Promise<Uint8Array> {
  // Named by a variable, so that the bundler leaves Node's module out of what browsers load.
  const files: string = 'node:fs/promises'
  const { readFile } = (await import(/* @vite-ignore */ files)) as Files
  return readFile(new URL(address))
}
