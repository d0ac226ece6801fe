import { networkFields } from '../model/config.ts'
import { ImportError } from './importError.ts'
import type { NamedArray } from './numberFormats.ts'

/** Where entry `at` of an array stands, as indices. */
function indexOf(at: number, shape: readonly number[]): readonly number[] {
  const index: number[] = []
  let rest = at
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length)
    rest = Math.floor(rest / length)
  }
  return index
}

/** The square of an entry, summed over a layer, stays within float64. */
const LARGEST = 1e100

/** Throws at the first entry that is not finite or too large. */
export function checkEntries({ name, shape, data }: NamedArray): void {
  const at = data.findIndex((value) => !(Math.abs(value) <= LARGEST))
  if (at >= 0) {
    const must = Number.isFinite(data[at]) ? `at most ${LARGEST} in size` : 'finite'
    const place = indexOf(at, shape).join(', ')
    throw new ImportError(`${name}: every entry must be ${must}, got ${data[at]!} at [${place}]`)
  }
}

/** Throws where a size is outside what a link can say. */
export function checkSize(key: 'width' | 'depth' | 'batch', value: number): void {
  const { min, max } = networkFields[key]
  if (!(value >= min && value <= max))
    throw new ImportError(`the ${key} must be from ${min} to ${max}, got ${value}`)
}
