import { formatLog10, formatNumber } from '../base/formatLog10.ts'
import type { Spectrum, Summary } from '../engine/protocol.ts'
import { type LayerRows, type StatisticId, statistics } from '../engine/statistics.ts'
import type { NetworkConfig, NetworkKey } from '../model/config.ts'
import { measuredOf } from './measured.ts'
import type { Run } from './run.ts'

/** A number that can be read off a run, as plain data. Of log10 rows the number itself is meant, not its log10. */
export type Quantity =
  /** Largest over smallest value of a row over its layers. */
  | { readonly of: 'ratio'; readonly row: StatisticId }
  /** Value at layer 0 over value at the top: what a gradient has become on its way down. */
  | { readonly of: 'arrival'; readonly row: StatisticId }
  | { readonly of: 'value'; readonly row: StatisticId; readonly layer: number | 'top' }
  /** Factor a layer, fitted over the middle layers. */
  | { readonly of: 'growth'; readonly row: 'log10_gradient_rms' | 'log10_gsc' }
  /** Singular values of the whole network; `spread` is the largest over the smallest. */
  | { readonly of: 'singular'; readonly which: 'largest' | 'smallest' | 'spread' }

/** What quantities are read from. */
export interface Readings {
  readonly depth: number
  readonly rows: LayerRows
  readonly spectra: readonly Spectrum[]
  readonly summary: Summary | null
}

/** A number, or its log10 where it may be beyond any float. NaN where it does not exist (yet). */
export interface Amount {
  readonly value: number
  readonly isLog10: boolean
}

const linear = (value: number | null | undefined): Amount => ({
  value: value ?? NaN,
  isLog10: false,
})
const log10 = (value: number | undefined): Amount => ({ value: value ?? NaN, isLog10: true })

function ratio(row: Float64Array, id: StatisticId): Amount {
  const { from, isLog10 } = statistics[id]
  const values = row.subarray(from)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return isLog10 ? log10(high - low) : linear(high / low)
}

function arrival(row: Float64Array, id: StatisticId): Amount {
  const [bottom = NaN] = row
  const top = row.at(-1) ?? NaN
  return statistics[id].isLog10 ? log10(bottom - top) : linear(bottom / top)
}

function singular({ spectra, depth }: Readings, which: 'largest' | 'smallest' | 'spread'): Amount {
  const values = spectra.find(({ layer }) => layer === depth)?.log10SingularValues
  const [largest = NaN] = values ?? []
  const smallest = values?.at(-1) ?? NaN
  return log10({ largest, smallest, spread: largest - smallest }[which])
}

export function amountOf(quantity: Quantity, readings: Readings): Amount {
  const { rows, summary, depth } = readings
  switch (quantity.of) {
    case 'ratio':
      return ratio(rows[quantity.row], quantity.row)
    case 'arrival':
      return arrival(rows[quantity.row], quantity.row)
    case 'value': {
      const value = rows[quantity.row][quantity.layer === 'top' ? depth : quantity.layer]
      return statistics[quantity.row].isLog10 ? log10(value) : linear(value)
    }
    case 'growth':
      return linear(quantity.row === 'log10_gsc' ? summary?.gscGrowth : summary?.gradientGrowth)
    case 'singular':
      return singular(readings, quantity.which)
  }
}

interface Limits {
  readonly atLeast?: number
  readonly atMost?: number
}

/** What a challenge asks for: of a setting, or of something measured. */
export type Condition = { readonly text: string } & (
  | { readonly key: NetworkKey; readonly oneOf: readonly NetworkConfig[NetworkKey][] }
  | ({ readonly key: NetworkKey } & Limits)
  | ({ readonly quantity: Quantity } & Limits)
)

export interface Checked {
  readonly text: string
  /** `unknown` while it is being computed. */
  readonly state: 'met' | 'unmet' | 'unknown'
  /** What it is now, for people; empty for settings. */
  readonly reading: string
}

function isWithin({ value, isLog10 }: Amount, { atLeast, atMost }: Limits): boolean {
  const scaled = (limit: number) => (isLog10 ? Math.log10(limit) : limit)
  if (atLeast !== undefined && !(value >= scaled(atLeast))) return false
  return atMost === undefined || value <= scaled(atMost)
}

const met = (isMet: boolean): Checked['state'] => (isMet ? 'met' : 'unmet')

function checkSetting(
  condition: Extract<Condition, { key: NetworkKey }>,
  network: NetworkConfig,
): Checked['state'] {
  const value = network[condition.key]
  if ('oneOf' in condition) return met(condition.oneOf.includes(value))
  return met(isWithin(linear(Number(value)), condition))
}

function checkQuantity(
  condition: Extract<Condition, { quantity: Quantity }>,
  readings: Readings | null,
): Pick<Checked, 'state' | 'reading'> {
  const amount = readings ? amountOf(condition.quantity, readings) : linear(NaN)
  if (Number.isNaN(amount.value)) return { state: 'unknown', reading: '…' }
  const reading = amount.isLog10 ? formatLog10(amount.value) : formatNumber(amount.value)
  return { state: met(isWithin(amount, condition)), reading }
}

/** Holds a network and what was measured of it (null while that is not known) to a challenge. */
export function checkConditions(
  conditions: readonly Condition[],
  network: NetworkConfig,
  readings: Readings | null,
): readonly Checked[] {
  return conditions.map((condition) => {
    const { text } = condition
    if ('key' in condition) return { text, state: checkSetting(condition, network), reading: '' }
    return { text, ...checkQuantity(condition, readings) }
  })
}

/** What can be read off the run on show; null unless it is a complete run of this very network. */
export function readingsOf(run: Run | null, network: NetworkConfig): Readings | null {
  if (!run?.isComplete || run.config !== network) return null
  const { depth, rows, summary } = measuredOf(run)
  return { depth, rows, summary, spectra: run.spectra }
}
