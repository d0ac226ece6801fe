import type { Network } from '../model/network.ts'
import { isometryGap } from './isometryGap.ts'
import { predictTrajectory, type Start } from './trajectory.ts'

/** Layer 0 as drawn, as far as it was measured. */
interface MeasuredStart extends Start {
  readonly isometryGap?: number | undefined
}

/**
 * All rows that theory speaks of, entries 0 ... L: those of the mean-field trajectory and the isometry gap.
 *
 * @param start  layer 0 as drawn
 */
export function predictRows(network: Network, start: MeasuredStart) {
  const { rows, ...growth } = predictTrajectory(network, start)
  const isometry_gap = isometryGap(network, start.isometryGap)
  return { ...growth, rows: { ...rows, isometry_gap } }
}
