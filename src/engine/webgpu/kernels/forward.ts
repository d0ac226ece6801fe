import type { Kernel } from '../kernel.ts'
import { gains, weightFours } from './inputs.ts'
import { type Shape, stepParts, stepShape } from './stepShape.ts'

/** Phases of a forward step (forward.wgsl); all of one order make a whole layer. */
export const up = { linearFirst: 1, normAct: 2, linearLast: 4, finish: 8 } as const

/** Layers forward, as far as the phases say. Grid: workgroups of the shape. */
export function forwardKernel(shape: Shape): Kernel {
  const { parts, bias, variant, prelude } = stepShape(shape, '')
  return {
    file: 'forward',
    variant,
    prelude,
    parts: [...stepParts, ...parts, bias],
    inputs: [weightFours, gains],
    invocations: 256,
    isFlat: true,
  }
}
