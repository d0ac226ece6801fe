import { fillNormals, words } from '../math/random.ts'
import { resampleDigit } from './digits.ts'
import type { DigitSet } from './digits.ts'
import { roles } from './streams.ts'

/** What an input ensemble may read. */
export interface InputRequest {
  readonly batch: number
  readonly width: number
  readonly seed: number
  readonly rho: number
  readonly distinct: number
  /** The handwritten digits, where the ensemble needs them. */
  readonly digits?: DigitSet | undefined
}

/** A law of input batches X_0, shape [batch, width], row-major. */
export interface InputEnsemble {
  readonly label: string
  readonly needsDigits: boolean
  readonly draw: (request: InputRequest) => Float64Array
  readonly source: string
}

function normals(count: number, seed: number, role: number): Float64Array {
  const out = new Float64Array(count)
  fillNormals(out, { seed, role, layer: 0 })
  return out
}

const gaussianRows = ({ batch, width, seed }: InputRequest) =>
  normals(batch * width, seed, roles.input)

/** x_a = sqrt(rho) u + sqrt(1 - rho) v_a: every pair of rows has correlation rho. */
function correlatedRows(request: InputRequest): Float64Array {
  const { width, seed, rho } = request
  const shared = normals(width, seed, roles.sharedInput)
  const own = gaussianRows(request)
  return own.map((v, i) => Math.sqrt(rho) * shared[i % width]! + Math.sqrt(1 - rho) * v)
}

/** Row a repeats row a mod distinct of a Gaussian batch. */
function repeatedRows(request: InputRequest): Float64Array {
  const { batch, width, distinct } = request
  const rows = gaussianRows({ ...request, batch: distinct })
  return Float64Array.from({ length: batch * width }, (_, i) => {
    const row = Math.floor(i / width) % distinct
    return rows[row * width + (i % width)]!
  })
}

/** Scales a row to Euclidean norm sqrt(n); a zero row stays zero. */
function toUnitRms(row: Float64Array): Float64Array {
  const rms = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0) / row.length)
  return rms > 0 ? row.map((v) => v / rms) : row
}

/** m points of the great circle of radius sqrt(n) through two random orthogonal directions. */
function circleRows({ batch, width, seed }: InputRequest): Float64Array {
  const draw = normals(2 * width, seed, roles.input)
  const e1 = toUnitRms(draw.subarray(0, width).slice())
  const raw = draw.subarray(width)
  const overlap = e1.reduce((sum, v, j) => sum + v * raw[j]!, 0) / width
  const e2 = toUnitRms(e1.map((v, j) => raw[j]! - overlap * v))
  return Float64Array.from({ length: batch * width }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / width)) / batch
    return Math.cos(angle) * e1[i % width]! + Math.sin(angle) * e2[i % width]!
  })
}

/** Index of the image in row a: consecutive images of a shuffled set from a start that the seed chooses. */
export function digitIndex(row: number, seed: number, count: number): number {
  const start = words({ seed, role: roles.inputImages, layer: 0 }, 1)[0]! % count
  return (start + row) % count
}

function digitRows({ batch, width, seed, digits }: InputRequest): Float64Array {
  if (!digits) throw new Error('inputs: the digits must be loaded before they are drawn')
  const out = new Float64Array(batch * width)
  for (let a = 0; a < batch; a++) {
    const index = digitIndex(a, seed, digits.count)
    out.set(resampleDigit(digits, index, width), a * width)
  }
  return out
}

const table = {
  gaussian: {
    label: 'Gaussian noise',
    needsDigits: false,
    draw: gaussianRows,
    source: 'i.i.d. N(0, 1)',
  },
  correlated: {
    label: 'Correlated pairs',
    needsDigits: false,
    draw: correlatedRows,
    source: 'pairwise correlation rho',
  },
  circle: {
    label: 'A circle',
    needsDigits: false,
    draw: circleRows,
    source: 'Poole et al. 2016, arXiv:1606.05340, section 3',
  },
  repeated: {
    label: 'Repeated rows',
    needsDigits: false,
    draw: repeatedRows,
    source: 'Meterez et al. 2024, arXiv:2310.02012, appendix G.2',
  },
  digits: {
    label: 'Handwritten digits',
    needsDigits: true,
    draw: digitRows,
    source: 'MNIST, LeCun et al. 1998',
  },
} satisfies Record<string, InputEnsemble>

export type InputId = keyof typeof table
export const inputs: Readonly<Record<InputId, InputEnsemble>> = table
export const inputIds = Object.keys(table) as readonly InputId[]
