import { haarOrthogonal } from '../math/haar.ts'
import { fillNormals, fillUniforms } from '../math/random.ts'

/** Which stream of the generator a matrix is drawn from. */
export interface Stream {
  readonly seed: number
  readonly role: number
  readonly layer: number
}

/** A law of square weight matrices. */
export interface Initialization {
  readonly label: string
  /** n x n, row-major (out, in), float64, scaled by sw as the contract says. */
  readonly draw: (n: number, sw: number, stream: Stream) => Float64Array
  readonly source: string
}

function scaled(matrix: Float64Array, factor: number): Float64Array {
  return matrix.map((value) => value * factor)
}

/** [[O, -O], [-O, O]] from a block O of half the size. */
function mirrored(block: Float64Array, half: number): Float64Array {
  const n = 2 * half
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = block[(i % half) * half + (j % half)]!
      out[i * n + j] = i < half === j < half ? value : -value
    }
  }
  return out
}

const table = {
  gaussian: {
    label: 'Gaussian',
    draw: (n, sw, stream) => {
      const out = new Float64Array(n * n)
      fillNormals(out, stream, sw / Math.sqrt(n))
      return out
    },
    source: 'W_ij ~ N(0, sw^2 / n)',
  },
  uniform: {
    label: 'Uniform',
    draw: (n, sw, stream) => {
      const out = new Float64Array(n * n)
      fillUniforms(out, stream, sw * Math.sqrt(3 / n))
      return out
    },
    source: 'W_ij uniform with variance sw^2 / n',
  },
  orthogonal: {
    label: 'Orthogonal',
    draw: (n, sw, stream) => scaled(haarOrthogonal(n, stream), sw),
    source: 'Saxe et al. 2013, arXiv:1312.6120; Haar law',
  },
  looks_linear: {
    label: 'Looks linear',
    draw: (n, sw, stream) => scaled(mirrored(haarOrthogonal(n / 2, stream), n / 2), sw),
    source: 'Balduzzi et al. 2017, arXiv:1702.08591',
  },
} satisfies Record<string, Initialization>

export type InitializationId = keyof typeof table
export const initializations: Readonly<Record<InitializationId, Initialization>> = table
export const initializationIds = Object.keys(table) as readonly InitializationId[]
