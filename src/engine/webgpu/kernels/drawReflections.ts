import type { Grid, Kernel } from '../kernel.ts'

/** Householder vectors of Haar matrices (drawReflections.wgsl). */
export const drawReflections: Kernel = {
  file: 'drawReflections',
  parts: ['scale', 'layout', 'elementary', 'threefry', 'drawing', 'reduce'],
  inputs: [],
  invocations: 256,
  isFlat: false,
}

export const drawReflectionsGrid = (order: number, matrices: number): Grid => [order, matrices, 1]
