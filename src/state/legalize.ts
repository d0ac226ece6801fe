import { type Conflict, conflicts, defaultConfig, type NetworkConfig } from '../model/config.ts'

/** A network that is legal as a whole, and the keys that had to fall back to their default for it. */
export interface Legalized {
  readonly network: NetworkConfig
  readonly found: readonly Conflict[]
}

/** Keys made illegal by another key take their default (contract section 1). */
export function legalize(network: NetworkConfig): Legalized {
  const found = conflicts(network)
  if (found.length === 0) return { network, found }
  const fallbacks = Object.fromEntries(found.map(({ key }) => [key, defaultConfig[key]]))
  return { network: { ...network, ...fallbacks }, found }
}
