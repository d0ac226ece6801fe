import { conflicts, type NetworkConfig, type NetworkKey, networkFields } from '../model/config.ts'
import type { Field } from '../model/field.ts'
import { isKeyOf } from './record.ts'
import { DEFAULT_QUANTITY, type QuantityId, quantityIds } from './sweepQuantities.ts'

export type SweptValue = NetworkConfig[NetworkKey]

/** One key of the network over a list of values, and what is drawn against it. */
export interface Sweep {
  readonly key: NetworkKey
  /** In the order they were given, none twice. */
  readonly values: readonly SweptValue[]
  readonly quantity: QuantityId
}

export const MAX_SWEEP_VALUES = 32

export type ReadValues =
  { readonly values: readonly SweptValue[] } | { readonly illegal: string; readonly legal: string }

/** The values that a text lists, joined by commas; else what in it is not legal, and what would be. */
export function readValues(key: NetworkKey, text: string): ReadValues {
  const field = networkFields[key]
  const texts = text.split(',', MAX_SWEEP_VALUES + 1).map((part) => part.trim())
  if (texts.length > MAX_SWEEP_VALUES)
    return { illegal: text, legal: `up to ${MAX_SWEEP_VALUES} values` }
  const values: SweptValue[] = []
  for (const part of texts) {
    const value = field.parse(part)
    if (value === undefined) return { illegal: part, legal: field.legal }
    if (values.includes(value)) return { illegal: part, legal: 'each value once' }
    values.push(value)
  }
  return { values }
}

/** A sweep in the text of a link: `depth:5,10,20`, and `:quantity` behind it where it is not the default. */
function parse(text: string): Sweep | null | undefined {
  if (text === '') return null
  const [key = '', list = '', name = DEFAULT_QUANTITY, ...rest] = text.split(':', 4)
  const quantity = quantityIds.find((id) => id === name)
  if (!isKeyOf(networkFields, key) || quantity === undefined || rest.length > 0) return undefined
  const read = readValues(key, list)
  return 'values' in read ? { key, values: read.values, quantity } : undefined
}

function format(sweep: Sweep | null): string {
  if (!sweep) return ''
  const { key, values, quantity } = sweep
  const list = `${key}:${values.join(',')}`
  return quantity === DEFAULT_QUANTITY ? list : `${list}:${quantity}`
}

export const sweepField: Field<Sweep | null> = {
  initial: null,
  legal: `key:value,value with a key of the network, up to ${MAX_SWEEP_VALUES} values, each legal for it and none twice, and :quantity, one of ${quantityIds.join(' ')}`,
  parse,
  format,
}

/** What is wrong with a network, in words that name the key; null where it is legal as a whole. */
export function conflictWords(config: NetworkConfig): string | null {
  const [conflict] = conflicts(config)
  return conflict ? `${conflict.key}: ${conflict.legal}` : null
}

/** The network with one of the values, which may be one that its other settings do not allow. */
export const sweptNetwork = (network: NetworkConfig, key: NetworkKey, value: SweptValue) =>
  ({ ...network, [key]: value }) as NetworkConfig
