import type { Network } from '../model/network.ts'
import { followBlocks, type Note } from './followBlocks.ts'
import type { BackwardTrajectory } from './gradient.ts'

/** Notes what a pass leaves behind at a layer. */
export type RecordGradient = Note<keyof BackwardTrajectory>

/** A way of following the gradient from the top of a block to its bottom. */
export interface BackwardPass {
  /** The state at the top of the network. */
  readonly start: Float64Array
  /** From the state behind layer `end` to that before its block; every layer of the block is recorded. */
  throughBlock(end: number, state: Float64Array, record: RecordGradient): Float64Array
}

/** What a leap may add to ln of a mean square; the rows of the way up are known to about as much. */
const PER_LEAP = 1e-9
const PER_LANDING = 1e-7

/** Takes the gradient down block by block. */
export function followDown(
  network: Network,
  pass: BackwardPass,
  longest: number,
): BackwardTrajectory {
  const { depth } = network
  const walk = {
    rows: { lnGradient: depth - 1, lnWeightGradient: depth },
    stride: -1,
    start: pass.start,
    through: (end: number, state: Float64Array, record: RecordGradient) =>
      pass.throughBlock(end, state, record),
    tolerance: PER_LEAP,
    columnTolerance: PER_LANDING,
  } as const
  const down = followBlocks(network, walk, longest)
  down.lnGradient[depth] = 0
  return down
}
