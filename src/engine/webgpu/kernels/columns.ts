import type { Grid, Kernel } from '../kernel.ts'
import { weights } from './inputs.ts'

/** Column statistics of a batch that is spread over workgroups (columns.wgsl). */
export const columns: Kernel = {
  file: 'columns',
  parts: ['scale', 'layout', 'reduce', 'deviation'],
  inputs: [weights],
  invocations: 256,
  isFlat: true,
}

const BLOCK = 32

export const columnsGrid = (width: number): Grid => [Math.ceil(width / BLOCK), 1, 1]
