import type { Grid, Kernel } from '../kernel.ts'
import { reflections } from './inputs.ts'

/** Haar matrices from their reflections (applyReflections.wgsl). */
export const applyReflections: Kernel = {
  file: 'applyReflections',
  parts: ['scale', 'layout', 'drawing'],
  inputs: [reflections],
  invocations: 256,
  isFlat: false,
}

/** Entries of a row that an invocation holds. */
const ENTRIES_HELD = 16

/** Invocations that share a row of a matrix of some order: a power of two. */
export const lanesOfRow = (order: number): number =>
  2 ** Math.max(2, Math.ceil(Math.log2(order / ENTRIES_HELD)))

export const applyReflectionsGrid = (lead: number, order: number, matrices: number): Grid => [
  Math.ceil((lead * lanesOfRow(order)) / applyReflections.invocations),
  matrices,
  1,
]
