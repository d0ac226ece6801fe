import { activationWgsl } from './activations.ts'

/** WGSL texts by file name without ending. */
export type Shaders = Readonly<Record<string, string>>

/** Workgroups in x, y and z. */
export type Grid = readonly [number, number, number]

/** A compute program: its WGSL parts, what it reads beside its output, how many invocations work together. */
export interface Kernel {
  /** File of its entry point, and the name of that function. */
  readonly file: string
  /** Distinguishes programs of one entry point. */
  readonly variant?: string
  /** Files that its text is put together from, besides its own. */
  readonly parts: readonly string[]
  /** WGSL that no file holds. */
  readonly prelude?: string
  /** Inputs: WGSL name and floats an element. */
  readonly inputs: readonly Input[]
  readonly invocations: 64 | 256
  /** Has its grid one dimension as a rule? tfjs compiles a program anew for grids of more. */
  readonly isFlat: boolean
  /** Type of what it writes; float32 unless said. */
  readonly output?: 'int32'
}

export interface Input {
  readonly name: string
  readonly components: 1 | 4
}

/** The part that no file holds: activation(z) and activation_slope(z). */
export const ACTIVATIONS = 'generated: activations'

/** What tells one program from another. */
export const kernelKey = ({ file, variant }: Kernel): string =>
  variant === undefined ? file : `${file}.${variant}`

/** The text of a kernel: its parts, then its entry point under the name that tfjs calls. */
export function kernelText(kernel: Kernel, shaders: Shaders): string {
  const texts = [...kernel.parts, kernel.file].map((part) => {
    const text = part === ACTIVATIONS ? activationWgsl : shaders[part]
    if (text === undefined) throw new Error(`kernelText: ${part}.wgsl must exist`)
    return text
  })
  return [kernel.prelude ?? '', ...texts, `fn main() { ${kernel.file}(); }`].join('\n')
}
