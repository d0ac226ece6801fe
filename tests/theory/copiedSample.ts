import { loadWasm } from '../../src/engine/wasm/backend.ts'
import type { LayerRows } from '../../src/engine/statistics.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { forwardTrajectory } from '../../src/theory/forwardTrajectory.ts'
import { pairClasses } from '../../src/theory/pairClasses.ts'
import { run } from '../engine/run.ts'

/** Networks that one sample, twice, goes through: sizes are then those of a sample, not means over a batch. */
export const COPIED = { data: 'repeated', distinct: 1, batch: 2, width: 128, depth: 12 } as const

export const DRAWN_NETWORKS = 128
const SEEDS_PER_RUN = 32

export const copiedConfig = (overrides: Partial<NetworkConfig>): NetworkConfig => ({
  ...defaultConfig,
  ...COPIED,
  ...overrides,
})

/** The network and its trajectory from a sample of unit size. */
export function copiedForward(overrides: Partial<NetworkConfig>) {
  const config = copiedConfig(overrides)
  const network = resolveNetwork(config)
  return { network, forward: forwardTrajectory(network, 0, pairClasses(config, 1) ?? []) }
}

/** The rows of many networks that differ by their seed. */
export async function drawnNetworks(overrides: Partial<NetworkConfig>): Promise<LayerRows[]> {
  const engine = { ...(await loadWasm()), reason: 'test' }
  const config = copiedConfig({ ...overrides, seeds: SEEDS_PER_RUN })
  const runs: LayerRows[] = []
  for (let seed = 1; runs.length < DRAWN_NETWORKS; seed += SEEDS_PER_RUN)
    runs.push(...(await run({ ...config, seed }, { engine })).runs)
  return runs
}

/** ln of the mean square behind a log10 rms. */
export const lnSquare = (log10Rms: number) => 2 * Math.LN10 * log10Rms
