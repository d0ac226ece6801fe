import type { NetworkConfig } from '../model/config.ts'
import { resolveNetwork } from '../model/network.ts'
import { predictTrajectory, type Start } from './trajectory.ts'

/** Layers that a growth is read off: enough to be at the fixed point, few enough to fill a map live. */
const DEPTH = 48

/**
 * ln of the predicted gradient growth a layer, for one row of a map: weight scales `sws` at one bias scale.
 * Negative where gradients vanish, positive where they explode, NaN where no theory is known.
 *
 * @param config  everything but sw, sb and depth
 * Source: the phase diagrams of Poole et al. 2016, arXiv:1606.05340, for any network that has a trajectory.
 */
export function growthRow(
  config: NetworkConfig,
  sws: readonly number[],
  sb: number,
  start: Start,
): Float32Array {
  return Float32Array.from(sws, (sw) => {
    const network = resolveNetwork({ ...config, sw, sb, depth: DEPTH })
    const { gradientGrowth } = predictTrajectory(network, start)
    return gradientGrowth === null ? NaN : Math.log(gradientGrowth)
  })
}
