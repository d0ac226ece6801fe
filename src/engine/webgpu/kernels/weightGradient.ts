import type { Grid, Kernel } from '../kernel.ts'
import { measureParts } from './measureParts.ts'

/** Norms of weight gradients, tile by tile (weightGradient.wgsl). */
export const weightGradient: Kernel = {
  file: 'weightGradient',
  parts: measureParts,
  inputs: [],
  invocations: 256,
  isFlat: false,
}

const TILE = 64

export const weightTiles = (width: number): number => Math.ceil(width / TILE) ** 2

export const weightGradientGrid = (width: number, layers: number): Grid => [
  weightTiles(width),
  layers,
  1,
]
