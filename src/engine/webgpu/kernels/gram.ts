import type { Grid, Kernel } from '../kernel.ts'
import { measureParts } from './measureParts.ts'

/** Cosines and squares of Gram matrices, tile by tile (gram.wgsl). */
export const gram: Kernel = {
  file: 'gram',
  parts: measureParts,
  inputs: [],
  invocations: 256,
  isFlat: false,
}

const TILE = 16
export const PARTIAL = 8

/** Tiles on and above the diagonal. */
export function gramTiles(samples: number): number {
  const across = Math.ceil(samples / TILE)
  return (across * (across + 1)) / 2
}

export const gramGrid = (samples: number, layers: number): Grid => [gramTiles(samples), layers, 1]
