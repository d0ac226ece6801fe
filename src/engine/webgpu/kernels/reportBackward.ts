import type { Kernel } from '../kernel.ts'
import { arena } from './inputs.ts'
import { measureParts } from './measureParts.ts'

/** What layers have to say, backward (reportBackward.wgsl). */
export const reportBackward: Kernel = {
  file: 'reportBackward',
  parts: measureParts,
  inputs: [arena],
  invocations: 256,
  isFlat: true,
}

/** Floats a layer. */
export const BACKWARD_REPORT = 4
