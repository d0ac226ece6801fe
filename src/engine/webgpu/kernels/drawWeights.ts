import type { Grid, Kernel } from '../kernel.ts'

/** Independent weights, and biases (drawWeights.wgsl). */
export const drawWeights: Kernel = {
  file: 'drawWeights',
  parts: ['scale', 'layout', 'elementary', 'threefry', 'drawing'],
  inputs: [],
  invocations: 256,
  isFlat: false,
}

export const drawWeightsGrid = (lead: number, layers: number): Grid => [
  Math.ceil((lead * lead + lead) / drawWeights.invocations),
  layers,
  1,
]
