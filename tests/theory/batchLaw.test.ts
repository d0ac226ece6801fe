import { describe, expect, test } from 'vitest'
import { fillNormals } from '../../src/math/random.ts'
import { mean, standardError } from '../../src/math/summary.ts'
import { activations } from '../../src/model/activations.ts'
import {
  type BatchLaw,
  batchLaw,
  type BatchShape,
  columnDimensions,
} from '../../src/theory/batchLaw.ts'
import { compositeRule, gaussLegendre } from '../../src/theory/gaussLegendre.ts'
import { type Nonlinearity, plain } from '../../src/theory/nonlinearity.ts'
import { relativeError } from '../math/relativeError.ts'
import { EXACT, FIVE_STANDARD_ERRORS, QUADRATURE } from '../tolerances.ts'

const shapes: readonly BatchShape[] = [6, 16, 200].flatMap((batch) =>
  [true, false].map((centred) => ({ batch, centred })),
)
const name = ({ batch, centred }: BatchShape) => `${batch}, ${centred ? '' : 'not '}centred`

test.each(shapes.map((shape) => [name(shape), shape] as const))(
  'batchLaw(linear, %s) is a projection',
  (_name, shape) => {
    const law = batchLaw(plain('linear'), shape)
    const [m, kept] = [shape.batch, columnDimensions(shape)]
    expect(relativeError(law.square, 1)).toBeLessThan(EXACT)
    expect(Math.abs(law.mean)).toBeLessThan(EXACT)
    expect(Math.abs(law.product - (shape.centred ? -1 / (m - 1) : 0))).toBeLessThan(EXACT)
    expect(relativeError(law.alone, (kept - 1) / m)).toBeLessThan(EXACT)
    // A gradient equal on all samples is what centring takes away.
    expect(Math.abs(law.together - (shape.centred ? 0 : 1 - 1 / m))).toBeLessThan(10 * EXACT)
  },
)

/** E of a function of one entry of a column: sqrt(N) times a coordinate of a random direction in N dimensions. */
function entryExpectation(f: (z: number) => number, dimensions: number): number {
  const edges = Array.from({ length: 401 }, (_, i) => Math.PI * (i / 400 - 0.5))
  const { nodes, weights } = compositeRule(edges, gaussLegendre(12))
  let [sum, mass] = [0, 0]
  for (const [i, angle] of nodes.entries()) {
    const weight = weights[i]! * Math.cos(angle) ** (dimensions - 2)
    sum += weight * f(Math.sqrt(dimensions) * Math.sin(angle))
    mass += weight
  }
  return sum / mass
}

describe.each(['tanh', 'sin', 'selu', 'gelu'] as const)('batchLaw(%s)', (act) => {
  const { phi } = activations[act]
  test.each(shapes.map((shape) => [name(shape), shape] as const))(
    'has the moments of one entry: %s',
    (_name, shape) => {
      const law = batchLaw(plain(act), shape)
      const one = (f: (z: number) => number) => entryExpectation(f, columnDimensions(shape))
      expect(
        relativeError(
          law.square,
          one((z) => phi(z, 0) ** 2),
        ),
      ).toBeLessThan(QUADRATURE)
      expect(Math.abs(law.mean - one((z) => phi(z, 0)))).toBeLessThan(QUADRATURE)
    },
  )
})

/** The law of one column of normals, normalized: what its name says, without expectation. */
function lawOfColumn(h: Float64Array, { act, gain, a, b }: Nonlinearity, centred: boolean) {
  const m = h.length
  const shift = centred ? mean(h) : 0
  const sigma = Math.sqrt(mean(h.map((v) => (v - shift) ** 2)))
  const z = h.map((v) => (v - shift) / sigma)
  const { phi, dphi } = activations[act]
  const y = z.map((v) => a * phi(gain * v, 0) + b)
  const d = z.map((v) => a * gain * dphi(gain * v, 0))
  const projected = (v: Float64Array) => {
    const [along, middle] = [mean(v.map((x, i) => x * z[i]!)), centred ? mean(v) : 0]
    return v.map((x, i) => x - along * z[i]! - middle)
  }
  const square = (v: Float64Array) => mean(v.map((x) => x * x))
  const sum = mean(y) * m
  return {
    square: square(y),
    mean: mean(y),
    product: (sum * sum - m * square(y)) / (m * (m - 1)),
    alone: mean(d.map((x, i) => x * x * (1 - (z[i]! ** 2 + (centred ? 1 : 0)) / m))),
    together: square(projected(d)),
  }
}

const COLUMNS = 20_000

describe.each([
  [{ ...plain('relu') }, { batch: 7, centred: true }],
  [
    { ...plain('gelu'), gain: 1.7, a: 1.3, b: -0.4 },
    { batch: 16, centred: true },
  ],
  [
    { ...plain('tanh'), gain: 2 },
    { batch: 6, centred: false },
  ],
] as const)('batchLaw(%o, %o) is the mean over columns', (f, shape) => {
  const draws = new Float64Array(COLUMNS * shape.batch)
  fillNormals(draws, { seed: 1, role: 0, layer: 0 })
  const columns = Array.from({ length: COLUMNS }, (_, i) =>
    lawOfColumn(draws.slice(i * shape.batch, (i + 1) * shape.batch), f, shape.centred),
  )
  const law = batchLaw(f, shape)
  test.each(['square', 'mean', 'product', 'alone', 'together'] satisfies (keyof BatchLaw)[])(
    'of %s',
    (key) => {
      const values = columns.map((column) => column[key])
      const error = FIVE_STANDARD_ERRORS * standardError(values) + EXACT
      expect(Math.abs(mean(values) - law[key])).toBeLessThan(error)
    },
  )
})

test('batchLaw(f, shape) asks for three dimensions', () => {
  expect(() => batchLaw(plain('tanh'), { batch: 3, centred: true })).toThrow(
    'batchLaw: columns need 3 dimensions, got 2',
  )
})
