import { leaps, type StepResult } from '../math/leaps.ts'
import type { Network } from '../model/network.ts'

/** Notes a number of a layer. */
export type Note<Row extends string> = (row: Row, layer: number, value: number) => void

/** A way through a network, block by block. */
export interface BlockWalk<Row extends string> {
  /** What is noted of every layer of a block, and of which layer first. */
  readonly rows: Readonly<Record<Row, number>>
  /** From one layer to the next: up or down. */
  readonly stride: 1 | -1
  /** The state before the first block. */
  readonly start: Float64Array
  /** The state behind the block that begins behind layer `from`. What is not noted of a layer is NaN. */
  readonly through: (from: number, state: Float64Array, note: Note<Row>) => Float64Array
  /** What a leap may add to the state, and to what is noted of a landing: of 1, or of the value where that is larger. */
  readonly tolerance: number
  readonly columnTolerance: number
}

/**
 * Follows a walk through all blocks, leaping over those that are like the ones before (math/leaps).
 *
 * @param longest  most blocks in a leap
 * @returns what was noted, an entry a layer 0 ... L; NaN where nothing was
 */
export function followBlocks<Row extends string>(
  { depth, config: { branch } }: Network,
  walk: BlockWalk<Row>,
  longest = Infinity,
): Record<Row, Float64Array> {
  const { rows, stride, start, through } = walk
  const ids = Object.keys(rows) as Row[]
  const columnAt = Object.fromEntries(ids.map((id, at) => [id, at * branch])) as Record<Row, number>
  const step = (position: number, state: Float64Array, { next, columns }: StepResult) => {
    const passed = position * branch
    columns.fill(NaN)
    const note: Note<Row> = (row, layer, value) => {
      columns[columnAt[row] + stride * (layer - rows[row]) - passed] = value
    }
    next.set(through(stride > 0 ? passed : depth - passed, state, note))
  }
  const size = { dimension: start.length, columns: ids.length * branch }
  const { tolerance, columnTolerance } = walk
  const recurrence = { ...size, tolerance, columnTolerance, step }
  const followed = leaps(recurrence, start, { count: depth / branch, longest })
  const written = (id: Row) => {
    const target = new Float64Array(depth + 1).fill(NaN)
    for (let phase = 0; phase < branch; phase++) {
      const first = rows[id] + stride * phase
      followed.write(columnAt[id] + phase, { target, first, stride: stride * branch })
    }
    return target
  }
  return Object.fromEntries(ids.map((id) => [id, written(id)])) as Record<Row, Float64Array>
}
