import type { Grid, Kernel } from '../kernel.ts'
import { measureParts } from './measureParts.ts'

/** Spread and signs of the units (spread.wgsl). */
export const spread: Kernel = {
  file: 'spread',
  parts: measureParts,
  inputs: [],
  invocations: 256,
  isFlat: false,
}

const BLOCK = 32
export const PARTIAL = 4

export const columnBlocks = (width: number): number => Math.ceil(width / BLOCK)

export const spreadGrid = (width: number, layers: number): Grid => [columnBlocks(width), layers, 1]
