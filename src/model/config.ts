import { activationIds } from './activations.ts'
import { type AnyField, choice, flag, integer, real, type ValueOf } from './field.ts'
import { initializationIds } from './initializations.ts'
import { inputIds } from './inputs.ts'
import { mixingIds, tieIds, ties } from './mixings.ts'
import { normalizationIds } from './normalizations.ts'

/** Where the linear map stands in a layer. */
export const orderIds = ['linear_norm_act', 'norm_act_linear'] as const

/** TABLE: every key of the link that describes the network, with its range and default. */
export const networkFields = {
  depth: integer({ min: 1, max: 50_000, initial: 64 }),
  width: integer({ min: 2, max: 1024, initial: 128 }),
  batch: integer({ min: 2, max: 1024, initial: 32 }),
  seed: integer({ min: 0, max: 2 ** 32 - 1, initial: 1 }),
  seeds: integer({ min: 1, max: 32, initial: 1 }),
  act: choice(activationIds, 'tanh'),
  slope: real({ min: 0, max: 1, initial: 0.01 }),
  gpn: flag(),
  gain: real({ min: 0, max: 10, initial: 1 }),
  gain_decay: real({ min: 0, max: 2, initial: 0 }),
  norm: choice(normalizationIds, 'none'),
  order: choice(orderIds, 'linear_norm_act'),
  init: choice(initializationIds, 'gaussian'),
  sw: real({ min: 0, max: 10, initial: 1 }),
  sb: real({ min: 0, max: 10, initial: 0 }),
  tied: flag(),
  mix: choice(mixingIds, 'none'),
  tie: choice(tieIds, 'convex'),
  alpha: real({ min: 0, max: 10, initial: 0.9 }),
  beta: real({ min: 0, max: 10, initial: 0.1 }),
  c: real({ min: 0, max: 10, initial: 1 }),
  branch: integer({ min: 1, max: 8, initial: 1 }),
  data: choice(inputIds, 'gaussian'),
  rho: real({ min: 0, max: 1, initial: 0.5 }),
  distinct: integer({ min: 1, max: 1024, initial: 1 }),
} satisfies Record<string, AnyField>

export type NetworkKey = keyof typeof networkFields
/** A network as the link describes it, every key present. */
export type NetworkConfig = {
  readonly [K in NetworkKey]: ValueOf<(typeof networkFields)[K]>
}
export type OrderId = (typeof orderIds)[number]

export const networkKeys = Object.keys(networkFields) as readonly NetworkKey[]

export const defaultConfig: NetworkConfig = Object.fromEntries(
  networkKeys.map((key) => [key, networkFields[key].initial]),
) as unknown as NetworkConfig

/** A key whose value another key makes illegal, and what is legal instead. */
export interface Conflict {
  readonly key: NetworkKey
  readonly legal: string
}

/** The keys that are illegal because of another key (contract section 1); empty where all is well. */
export function conflicts(config: NetworkConfig): readonly Conflict[] {
  const found: Conflict[] = []
  const { maxAlpha } = ties[config.tie]
  if (config.mix !== 'none' && config.alpha > maxAlpha)
    found.push({ key: 'alpha', legal: `0 ... ${maxAlpha} with tie=${config.tie}` })
  if (config.data === 'repeated' && config.distinct > config.batch)
    found.push({ key: 'distinct', legal: `1 ... ${config.batch} with batch=${config.batch}` })
  if (config.init === 'looks_linear' && config.width % 2 === 1)
    found.push({ key: 'init', legal: 'looks_linear needs an even width' })
  return found
}
