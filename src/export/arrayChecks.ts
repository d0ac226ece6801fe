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

/** Throws at the first entry that is NaN or infinite. */
export function checkFinite({ name, shape, data }: NamedArray): void {
  const at = data.findIndex((value) => !Number.isFinite(value))
  if (at >= 0)
    throw new ImportError(
      `${name}: every entry must be finite, got ${data[at]!} at [${indexOf(at, shape).join(', ')}]`,
    )
}

/** Throws where a size is outside what a link can say. */
export function checkSize(key: 'width' | 'depth' | 'batch', value: number): void {
  const { min, max } = networkFields[key]
  if (!(value >= min && value <= max))
    throw new ImportError(`the ${key} must be from ${min} to ${max}, got ${value}`)
}
