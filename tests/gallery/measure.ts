import type { ChartProps, Measured } from '../../src/charts/chart.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { closeUpsOf } from '../../src/state/closeUps.ts'
import { predictTrajectory } from '../../src/theory/trajectory.ts'
import { run } from '../engine/run.ts'

/** What a chart is given of a network: measured by the reference engine, the same to the last digit everywhere. */
export async function measure(
  overrides: Partial<NetworkConfig>,
): Promise<Pick<ChartProps, 'measured' | 'theory'>> {
  const config = { ...defaultConfig, ...overrides }
  const network = resolveNetwork(config)
  const { rows, bands, summary, spectra, pictures } = await run(config, closeUpsOf(config))
  const measured: Measured = {
    network,
    depth: network.depth,
    rows,
    bands,
    spectra,
    hasOldSpectra: false,
    pictures,
    summary,
  }
  const start = { log10Rms: rows.log10_activation_rms[0]!, meanCosine: rows.mean_cosine[0]! }
  return { measured, theory: predictTrajectory(network, start).rows }
}
