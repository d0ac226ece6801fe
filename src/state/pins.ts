import { conflicts, defaultConfig, type NetworkConfig, networkFields } from '../model/config.ts'
import type { Field } from '../model/field.ts'
import { changedEntries, isKeyOf } from './record.ts'

/** A pinned network in the text of a link: `act:relu;depth:100`, and a word for the default network. */
const DEFAULT = 'default'

function parse(text: string): NetworkConfig | undefined {
  const values: Record<string, unknown> = { ...defaultConfig }
  if (text === DEFAULT) return defaultConfig
  for (const pair of text.split(';', 100)) {
    const [key = '', value = ''] = pair.split(':', 2)
    const parsed = isKeyOf(networkFields, key) ? networkFields[key].parse(value) : undefined
    if (parsed === undefined) return undefined
    values[key] = parsed
  }
  const network = values as unknown as NetworkConfig
  return conflicts(network).length === 0 ? network : undefined
}

function format(network: NetworkConfig): string {
  const entries = changedEntries(networkFields, network, defaultConfig)
  return entries.map(([key, text]) => `${key}:${text}`).join(';') || DEFAULT
}

export const pinnedNetwork: Field<NetworkConfig> = {
  initial: defaultConfig,
  legal: 'a network as key:value joined by ;',
  parse,
  format,
}
