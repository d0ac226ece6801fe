import type { NetworkConfig } from '../model/config.ts'
import type { LinkState } from './fields.ts'

/** Another network in which the settings that the link locks are as they were. */
export function keepLocked(next: NetworkConfig, { network, view }: LinkState): NetworkConfig {
  if (view.lock.length === 0) return next
  const kept = view.lock.map((key) => [key, network[key]])
  return { ...next, ...Object.fromEntries(kept) } as NetworkConfig
}
