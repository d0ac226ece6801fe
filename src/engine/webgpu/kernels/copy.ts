import type { Grid, Kernel } from '../kernel.ts'
import { source } from './inputs.ts'

/** Floats from one buffer to another (copy.wgsl). */
export const copy: Kernel = {
  file: 'copy',
  parts: [],
  inputs: [source],
  invocations: 256,
  isFlat: true,
}

/** Workgroups of a copy; with more to do, an invocation takes more than one float. */
const MAX_GROUPS = 1024

export const copyGrid = (count: number): Grid => [
  Math.min(Math.ceil(count / copy.invocations), MAX_GROUPS),
  1,
  1,
]
