import { type NetworkKey, networkFields } from '../model/config.ts'
import type { Range } from '../model/field.ts'
import { MAX_SWEEP_VALUES, readValues, type SweptValue } from './sweepField.ts'

/** Values that run over what a key is mostly used for, where that is less than what is legal. */
const USUAL: Partial<Record<NetworkKey, string>> = {
  depth: '5,10,20,50,100,200,500,1000',
  width: '32,64,128,256,512',
  batch: '4,8,16,32,64,128',
  seed: '1,2,3,4,5,6,7,8',
  gain: '0.25,0.5,0.75,1,1.25,1.5',
  gain_decay: '0,0.1,0.2,0.3,0.4,0.5',
  sw: '0.5,1,1.5,2,2.5,3',
  sb: '0,0.1,0.2,0.5,1',
  alpha: '0.5,0.9,0.99,0.999',
  beta: '0.001,0.01,0.1,0.5',
  c: '0.1,0.2,0.5,1,2,5',
  distinct: '1,2,4,8,16,32',
}

/** The range of a key that is a number; null for switches and words. */
export function rangeOf(key: NetworkKey): Range | null {
  const field = networkFields[key]
  return 'min' in field ? field : null
}

/** The words that a key can be; null where it is a number. */
function wordsOf(key: NetworkKey): readonly string[] | null {
  const field = networkFields[key]
  if ('options' in field) return field.options
  return 'isFlag' in field ? ['0', '1'] : null
}

const DOUBLINGS = [1, 2, 4, 8, 16, 32]
const SHARES = [0, 0.2, 0.4, 0.6, 0.8, 1]

/** Values to begin with: all of a menu, and of numbers a handful. */
export function suggestedValues(key: NetworkKey): readonly SweptValue[] {
  const range = rangeOf(key)
  const numbers = range?.whole === true ? DOUBLINGS : SHARES
  const inRange = numbers.filter((value) => range && value >= range.min && value <= range.max)
  const read = readValues(key, USUAL[key] ?? (wordsOf(key) ?? inRange).join(','))
  if ('illegal' in read)
    throw new Error(`suggestedValues: ${key} must be legal, got ${read.illegal}`)
  return read.values
}

export type Spacing = 'linear' | 'log'

export interface Filling {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly spacing: Spacing
}

const DIGITS = 3

/** Values of a key from one to another, rounded to what can be read; fewer where rounding makes them meet. */
export function filledValues(
  { whole }: Range,
  { from, to, count, spacing }: Filling,
): readonly number[] {
  const steps = Math.max(1, Math.min(MAX_SWEEP_VALUES, Math.round(count)) - 1)
  const at = (i: number) => {
    if (i === 0) return from
    if (i === steps) return to
    const value =
      spacing === 'log' ? from * (to / from) ** (i / steps) : from + ((to - from) * i) / steps
    return whole ? Math.round(value) : Number(value.toPrecision(DIGITS))
  }
  return [...new Set(Array.from({ length: steps + 1 }, (_, i) => at(i)))]
}
