import { parseDigits } from '../model/digits.ts'
import type { DigitSet } from '../model/digits.ts'
import { EngineError } from './errors.ts'
import { readBytes } from './readBytes.ts'

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
    // Fetched with the digits: nobody else unpacks anything.
    const { unzlibSync } = await import('fflate')
    return parseDigits(unzlibSync(await readBytes(new URL(address))))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EngineError(
      'data-missing',
      `loadDigits: the digits must be readable at ${address}, got: ${reason}`,
    )
  }
}
