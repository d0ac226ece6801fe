import type { Grid, Kernel } from '../kernel.ts'
import { measureParts } from './measureParts.ts'

/** ln det and smallest eigenvalue of Gram matrices (orthogonalize.wgsl). */
export const orthogonalize: Kernel = {
  file: 'orthogonalize',
  parts: [...measureParts, 'elementary'],
  inputs: [],
  invocations: 256,
  isFlat: true,
}

export const PARTIAL = 4

/** Scratch of a layer; none is used where there are more rows than columns. */
export const orthogonalizationFloats = (samples: number, lead: number): number =>
  samples > lead ? 1 : samples * (lead + samples + 4)

export const orthogonalizeGrid = (layers: number): Grid => [layers, 1, 1]
