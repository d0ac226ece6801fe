import { leaps, type StepResult } from '../math/leaps.ts'
import type { Network } from '../model/network.ts'
import type { BackwardTrajectory } from './gradient.ts'

/** Notes what a pass leaves behind at a layer. */
export type RecordGradient = (row: keyof BackwardTrajectory, layer: number, value: number) => void

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

/** Takes the gradient down block by block, leaping over blocks that are like those above (math/leaps). */
export function followDown(
  { depth, config: { branch } }: Network,
  pass: BackwardPass,
  longest: number,
): BackwardTrajectory {
  const step = (position: number, state: Float64Array, { next, columns }: StepResult) => {
    const end = depth - position * branch
    const record: RecordGradient = (row, layer, value) => {
      columns[row === 'lnGradient' ? end - 1 - layer : branch + end - layer] = value
    }
    next.set(pass.throughBlock(end, state, record))
  }
  const size = { dimension: pass.start.length, columns: 2 * branch }
  const tolerated = { tolerance: PER_LEAP, columnTolerance: PER_LANDING }
  const recurrence = { ...size, ...tolerated, step }
  const followed = leaps(recurrence, pass.start, { count: depth / branch, longest })
  const lnGradient = new Float64Array(depth + 1)
  const lnWeightGradient = new Float64Array(depth + 1).fill(NaN)
  for (let phase = 0; phase < branch; phase++) {
    const [first, stride] = [depth - 1 - phase, -branch]
    followed.write(phase, { target: lnGradient, first, stride })
    followed.write(branch + phase, { target: lnWeightGradient, first: first + 1, stride })
  }
  return { lnGradient, lnWeightGradient }
}
