import type { Grid, Kernel } from '../kernel.ts'

/** The generator's words as they are (words.wgsl), for comparison with the CPU's. */
export const words: Kernel = {
  file: 'words',
  parts: ['scale', 'elementary', 'threefry'],
  inputs: [],
  invocations: 256,
  isFlat: true,
  output: 'int32',
}

export const wordsGrid = (count: number): Grid => [Math.ceil(count / 2 / words.invocations), 1, 1]
