import { ACTIVATIONS } from '../kernel.ts'

/** Cells that an invocation may hold of a whole batch. */
export const CELLS = [2, 4] as const

/** How a layer step lies on the device (see shape.ts). `cells` = vec4s an invocation holds. */
export type Shape =
  | { readonly kind: 'row' }
  | { readonly kind: 'batch'; readonly cells: number }
  | { readonly kind: 'wide' }

export interface StepShape {
  readonly variant: string
  readonly prelude: string
  readonly parts: readonly string[]
  /** Part that finds the invocation's share of a bias. */
  readonly bias: string
}

/** What the forward and the backward step of a shape are put together from, beside what all have. */
export function stepShape(shape: Shape, direction: '' | 'Back'): StepShape {
  switch (shape.kind) {
    case 'row':
      return {
        variant: 'row',
        prelude: 'const COLUMNS_GIVEN : bool = false;',
        parts: ['cellsOfRow', 'rowParts', `multiplyRow${direction}`],
        bias: 'biasOfRow',
      }
    case 'batch':
      return {
        variant: `batch${shape.cells}`,
        prelude: `const COLUMNS_GIVEN : bool = false;\nconst CELLS : u32 = ${shape.cells}u;`,
        parts: ['cellsOfBatch', 'batchCells', `multiplyBatch${direction}`],
        bias: 'biasOfBatch',
      }
    case 'wide':
      return {
        variant: 'wide',
        prelude: 'const COLUMNS_GIVEN : bool = true;',
        parts: ['cellsOfRow', 'multiplied'],
        bias: 'biasOfRow',
      }
  }
}

/** Parts that every layer step has, whatever its shape. */
export const stepParts: readonly string[] = [
  'scale',
  'layout',
  'reduce',
  'ownRows',
  'elementary',
  ACTIVATIONS,
  'activate',
  'deviation',
  'normalize',
]

/** Every shape, for what has to be ready beforehand. */
export const shapes: readonly Shape[] = [
  { kind: 'row' },
  ...CELLS.map((cells) => ({ kind: 'batch', cells }) as const),
  { kind: 'wide' },
]
