import type { Kernel } from '../kernel.ts'
import { gains, weights } from './inputs.ts'
import { type Shape, stepParts, stepShape } from './stepShape.ts'

/** Phases of a backward step (backward.wgsl); all of one order make a whole layer. */
export const down = {
  enter: 1,
  linearFirst: 2,
  act: 4,
  keep: 8,
  resume: 16,
  norm: 32,
  linearLast: 64,
  leave: 128,
} as const

/** Layers backward, as far as the phases say. Grid: workgroups of the shape. */
export function backwardKernel(shape: Shape): Kernel {
  const { parts, variant, prelude } = stepShape(shape, 'Back')
  return {
    file: 'backward',
    variant,
    prelude,
    parts: [...stepParts, ...parts],
    // The wide shape finds its products in the arena.
    inputs: shape.kind === 'wide' ? [gains] : [weights, gains],
    invocations: 256,
    isFlat: true,
  }
}
