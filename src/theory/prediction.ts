import type { Network } from '../model/network.ts'
import { isometryGap } from './isometryGap.ts'
import { predictTrajectory, type Start } from './trajectory.ts'

/**
 * All rows that theory speaks of, entries 0 ... L: those of the mean-field trajectory and the isometry gap.
 *
 * @param start  layer 0 as drawn
 */
export function predictRows(network: Network, start: Start) {
  const { rows, ...growth } = predictTrajectory(network, start)
  return { ...growth, rows: { ...rows, isometry_gap: isometryGap(network) } }
}
