import type { Grid, Kernel } from '../kernel.ts'
import { weights } from './inputs.ts'

/** Raw products of one layer by W, and by S (product.wgsl). */
export const product: Kernel = {
  file: 'product',
  parts: ['scale', 'layout'],
  inputs: [weights],
  invocations: 64,
  isFlat: false,
}

/** Direction of product.wgsl and columns.wgsl, as their phases. */
export const [FORWARD, BACKWARD] = [0, 1] as const

const TILE = 32

export const productGrid = (samples: number, width: number, isFiltered: boolean): Grid => [
  Math.ceil(width / TILE),
  Math.ceil(samples / TILE),
  isFiltered ? 2 : 1,
]
