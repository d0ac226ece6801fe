import { beforeAll, describe, expect, it } from 'vitest'
import { normalize, normalizeBackward } from '../../../src/engine/reference/normalize.ts'
import { signDiversity, spreadRatio } from '../../../src/engine/reference/preactivations.ts'
import { Arena } from '../../../src/engine/wasm/arena.ts'
import { type LayerKernels, loadLayerKernels } from '../../../src/engine/wasm/kernels.ts'
import { fillNormals } from '../../../src/math/random.ts'
import { type NormalizationId, normalizations } from '../../../src/model/normalizations.ts'
import { EXACT, F32 } from '../../tolerances.ts'

let kernels: LayerKernels
let arena: Arena

beforeAll(async () => {
  kernels = await loadLayerKernels()
  arena = new Arena(kernels.memory, kernels.heapBase())
})

/** Normals about a mean, as float32 numbers. */
function drawn(m: number, n: number, role: number): Float32Array {
  const out = new Float32Array(m * n)
  fillNormals(out, { seed: 3, role, layer: m * 100 + n })
  return out.map((v) => v + 1)
}

function place(values: Float32Array): number {
  const at = arena.take(4 * values.length)
  arena.floats(at, values.length).set(values)
  return at
}

/** groups, groupStep, size, stride, centred of the kernels. */
function layout(id: NormalizationId, m: number, n: number) {
  const { axis, centred } = normalizations[id]
  const flag = centred ? 1 : 0
  return axis === 'batch' ? ([n, 1, m, n, flag] as const) : ([m, n, n, 1, flag] as const)
}

const scaled = (values: Float32Array) => ({ values: Float64Array.from(values), exponent: 0 })

const distance = (found: Float32Array, wanted: Float64Array) =>
  found.reduce((max, v, i) => Math.max(max, Math.abs(v - wanted[i]!)), 0)

function run(id: NormalizationId, h: Float32Array, dz: Float32Array, n: number) {
  const m = h.length / n
  const shape = layout(id, m, n)
  const mark = arena.mark()
  const [z, dh] = [place(h), place(h)]
  const [mean, inverse] = [arena.take(8 * (m + n)), arena.take(8 * (m + n))]
  kernels.normalize(place(h), z, ...shape, mean, inverse)
  kernels.normalizeBackward(place(dz), z, dh, ...shape, inverse)
  arena.release(mark)
  return {
    z: arena.floats(z, m * n).slice(),
    dh: arena.floats(dh, m * n).slice(),
    mean: arena.doubles(mean, shape[0]).slice(),
    inverse: arena.doubles(inverse, shape[0]).slice(),
  }
}

const ids = ['batch', 'batch_uncentered', 'layer', 'rms'] as const
const shapes = [3, 4, 5, 8, 17].flatMap((m) => [3, 4, 6, 7, 12, 33].map((n) => [m, n] as const))

describe.each(ids)('%s normalization', (id) => {
  it('equals the reference forward and backward at every shape', () => {
    for (const [m, n] of shapes) {
      const [h, dz] = [drawn(m, n, 1), drawn(m, n, 2)]
      const found = run(id, h, dz, n)
      const wanted = normalize(scaled(h), n, id)
      // The backward step divides by sigma, the same in both.
      const back = normalizeBackward(scaled(dz), { ...wanted, z: scaled(found.z) }, n, id)
      const largest = Math.max(...wanted.inverse)
      expect(distance(found.z, wanted.z.values)).toBeLessThan(F32)
      expect(distance(found.dh, back.values)).toBeLessThan(F32 * Math.max(1, largest))
      for (const [g, inverse] of wanted.inverse.entries()) {
        expect(Math.abs(found.inverse[g]! / inverse - 1)).toBeLessThan(EXACT)
        expect(Math.abs(found.mean[g]! - wanted.mean[g]!)).toBeLessThan(EXACT)
      }
    }
  })

  it('keeps a zero group zero, forward and backward', () => {
    const [m, n] = [6, 7]
    const h = drawn(m, n, 3)
    const { axis } = normalizations[id]
    const inGroup = (i: number) => (axis === 'batch' ? i % n === 2 : Math.floor(i / n) === 2)
    const found = run(
      id,
      h.map((v, i) => (inGroup(i) ? 0 : v)),
      drawn(m, n, 4),
      n,
    )
    expect(found.inverse[2]).toBe(0)
    expect(found.z.every((v, i) => v === 0 || !inGroup(i))).toBe(true)
    expect(found.dh.every((v, i) => v === 0 || !inGroup(i))).toBe(true)
    expect(found.dh.some((v) => v !== 0)).toBe(true)
  })

  it('gives an exactly zero gradient where the gradient lies along z', () => {
    for (const n of [6, 7]) {
      const h = drawn(9, n, 5)
      const { z } = run(id, h, h, n)
      const along = run(
        id,
        h,
        z.map((v) => 3 * v),
        n,
      )
      expect(along.dh.every((v) => v === 0)).toBe(true)
    }
  })
})

it('a centred group that is constant but for rounding counts as zero', () => {
  const h = new Float32Array(40).map((_, i) => 1 + (i % 3) * 2 ** -23)
  expect(run('batch', h, h, 4).inverse.every((v) => v === 0)).toBe(true)
  expect(run('layer', h, h, 8).inverse.every((v) => v === 0)).toBe(true)
  expect(run('rms', h, h, 8).inverse.every((v) => v > 0)).toBe(true)
})

it('preactivationSums gives spread and sign diversity, also far from zero and with dead units', () => {
  for (const [m, n] of shapes) {
    const z = drawn(m, n, 6).map((v, i) => (i % n === 1 ? 0 : i % n === 2 ? 1e4 + v : v))
    const out = arena.take(32)
    kernels.preactivationSums(place(z), m, n, out)
    const [variance, square, diversity, units] = arena.doubles(out, 4)
    const values = Float64Array.from(z)
    expect(Math.abs(Math.sqrt(variance! / square!) / spreadRatio(values, n) - 1)).toBeLessThan(
      EXACT,
    )
    expect(units).toBe(n - 1)
    expect(Math.abs(diversity! / units! - signDiversity(values, n))).toBeLessThan(EXACT)
  }
})

it('addBias adds a scaled bias to every scaled row', () => {
  for (const n of [3, 4, 9]) {
    const [h, b] = [drawn(5, n, 7), drawn(1, n, 8)]
    const at = place(h)
    kernels.addBias(at, place(b), 5, n, 0.5, 4)
    const wanted = Float64Array.from(h, (v, i) => 0.5 * v + 4 * b[i % n]!)
    expect(distance(arena.floats(at, h.length), wanted)).toBeLessThan(10 * F32)
  }
})
