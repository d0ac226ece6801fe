import { activationWgsl } from './activations.ts'
import type { Shaders } from './shaders.ts'

/** A compute program: its WGSL parts, what it reads beside its output, how many invocations work together. */
export interface Kernel {
  /** Also the file of its entry point and the name of that function. */
  readonly file: string
  /** Distinguishes programs of one entry point. */
  readonly variant?: string
  /** Files that its text is put together from, besides its own. */
  readonly parts: readonly string[]
  /** WGSL that no file holds. */
  readonly prelude?: string
  /** Inputs: WGSL name and floats an element. */
  readonly inputs: readonly { readonly name: string; readonly components: 1 | 4 }[]
  readonly invocations: 64 | 256
}

const GENERATED = 'generated: activations'

const weights = { name: 'weights', components: 1 } as const
const weightFours = { name: 'weights', components: 4 } as const
const gains = { name: 'gains', components: 1 } as const
const arena = { name: 'arena', components: 1 } as const

const cellParts = ['scale', 'layout', 'reduce', 'ownRows', 'elementary', GENERATED, 'activate']
const normParts = ['deviation', 'normalize']
const generatorParts = ['scale', 'layout', 'elementary', 'threefry', 'drawing']
const measureParts = ['scale', 'layout', 'reduce', 'partials']

/** How a layer step lies on the device (see plan.ts). `cells` = vec4s an invocation holds. */
export type Shape =
  | { readonly kind: 'row' }
  | { readonly kind: 'batch'; readonly cells: number }
  | { readonly kind: 'wide' }

interface StepShape {
  readonly variant: string
  readonly prelude: string
  readonly parts: readonly string[]
}

function stepShape(shape: Shape, direction: '' | 'Back'): StepShape {
  switch (shape.kind) {
    case 'row':
      return {
        variant: 'row',
        prelude: 'const COLUMNS_GIVEN : bool = false;',
        parts: ['cellsOfRow', 'rowParts', `multiplyRow${direction}`],
      }
    case 'batch':
      return {
        variant: `batch${shape.cells}`,
        prelude: `const COLUMNS_GIVEN : bool = false;\nconst CELLS : u32 = ${shape.cells}u;`,
        parts: ['cellsOfBatch', 'batchCells', `multiplyBatch${direction}`],
      }
    case 'wide':
      return {
        variant: 'wide',
        prelude: 'const COLUMNS_GIVEN : bool = true;',
        parts: ['cellsOfRow', 'multiplied'],
      }
  }
}

export function forwardKernel(shape: Shape): Kernel {
  const { parts, ...step } = stepShape(shape, '')
  return {
    file: 'forward',
    ...step,
    parts: [
      ...cellParts,
      ...normParts,
      ...parts,
      shape.kind === 'batch' ? 'biasOfBatch' : 'biasOfRow',
    ],
    inputs: [weightFours, gains],
    invocations: 256,
  }
}

export function backwardKernel(shape: Shape): Kernel {
  const { parts, ...step } = stepShape(shape, 'Back')
  return {
    file: 'backward',
    ...step,
    parts: [...cellParts, ...normParts, ...parts],
    // The wide shape finds its products in the arena.
    inputs: shape.kind === 'wide' ? [gains] : [weights, gains],
    invocations: 256,
  }
}

/** TABLE: the kernels that come in one shape. */
export const kernels = {
  product: {
    file: 'product',
    parts: ['scale', 'layout'],
    inputs: [weights],
    invocations: 64,
  },
  columns: {
    file: 'columns',
    parts: ['scale', 'layout', 'reduce', 'deviation'],
    inputs: [weights],
    invocations: 256,
  },
  drawWeights: {
    file: 'drawWeights',
    parts: generatorParts,
    inputs: [],
    invocations: 256,
  },
  drawReflections: {
    file: 'drawReflections',
    parts: [...generatorParts, 'reduce'],
    inputs: [],
    invocations: 256,
  },
  applyReflections: {
    file: 'applyReflections',
    parts: ['scale', 'layout', 'drawing'],
    inputs: [{ name: 'reflections', components: 1 }],
    invocations: 256,
  },
  words: {
    file: 'words',
    parts: ['scale', 'elementary', 'threefry'],
    inputs: [],
    invocations: 256,
  },
  copy: {
    file: 'copy',
    parts: [],
    inputs: [{ name: 'source', components: 1 }],
    invocations: 256,
  },
  gram: { file: 'gram', parts: measureParts, inputs: [], invocations: 256 },
  orthogonalize: {
    file: 'orthogonalize',
    parts: [...measureParts, 'elementary'],
    inputs: [],
    invocations: 256,
  },
  spread: { file: 'spread', parts: measureParts, inputs: [], invocations: 256 },
  report: { file: 'report', parts: measureParts, inputs: [arena], invocations: 256 },
  weightGradient: { file: 'weightGradient', parts: measureParts, inputs: [], invocations: 256 },
  reportBackward: {
    file: 'reportBackward',
    parts: measureParts,
    inputs: [arena],
    invocations: 256,
  },
} as const satisfies Record<string, Kernel>

/** What tells one program from another. */
export const kernelKey = ({ file, variant }: Kernel): string =>
  variant === undefined ? file : `${file}.${variant}`

/** The text of a kernel: its parts, then its entry point under the name that tfjs calls. */
export function kernelText(kernel: Kernel, shaders: Shaders): string {
  const texts = [...kernel.parts, kernel.file].map((part) => {
    const text = part === GENERATED ? activationWgsl : shaders[part]
    if (text === undefined) throw new Error(`kernelText: ${part}.wgsl must exist`)
    return text
  })
  return [kernel.prelude ?? '', ...texts, `fn main() { ${kernel.file}(); }`].join('\n')
}
