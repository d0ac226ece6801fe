import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { predictTrajectory, type Prediction, type Start } from '../../src/theory/trajectory.ts'

/** What theory says of a config, from an input of unit size and uncorrelated samples unless told otherwise. */
export function predicted(
  overrides: Partial<NetworkConfig>,
  start: Partial<Start> = {},
): Prediction {
  const network = resolveNetwork({ ...defaultConfig, ...overrides })
  return predictTrajectory(network, { log10Rms: 0, meanCosine: 0, ...start })
}
