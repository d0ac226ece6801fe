import type { Grid, Kernel } from '../kernel.ts'
import { arena } from './inputs.ts'
import { measureParts } from './measureParts.ts'

/** What layers have to say, forward (report.wgsl). */
export const report: Kernel = {
  file: 'report',
  parts: measureParts,
  inputs: [arena],
  invocations: 256,
  isFlat: true,
}

/** Floats a layer. */
export const FORWARD_REPORT = 16

export const reportGrid = (layers: number): Grid => [layers, 1, 1]
