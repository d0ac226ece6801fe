import { beforeAll, expect, it } from 'vitest'
import { gramStatistics } from '../../../src/engine/gram.ts'
import { timesTransposed } from '../../../src/engine/reference/matrix.ts'
import { Arena } from '../../../src/engine/wasm/arena.ts'
import { GramReader } from '../../../src/engine/wasm/gramReader.ts'
import { type LayerKernels, loadLayerKernels } from '../../../src/engine/wasm/kernels.ts'
import { choleskyLogDet } from '../../../src/math/cholesky.ts'
import { fillNormals } from '../../../src/math/random.ts'
import { defaultConfig } from '../../../src/model/config.ts'
import { resolveNetwork } from '../../../src/model/network.ts'
import { EXACT } from '../../tolerances.ts'

let kernels: LayerKernels
let arena: Arena

beforeAll(async () => {
  kernels = await loadLayerKernels()
  arena = new Arena(kernels.memory, kernels.heapBase())
})

const sizes = [1, 2, 3, 4, 5, 8, 13].flatMap((m) => [2, 3, 7, 8, 33].map((n) => [m, n] as const))

function drawn(m: number, n: number): Float32Array {
  const out = new Float32Array(m * n)
  fillNormals(out, { seed: 8, role: m, layer: n })
  return out
}

function place(values: Float32Array): number {
  const at = arena.take(4 * values.length)
  arena.floats(at, values.length).set(values)
  return at
}

/** The matrix on both sides: from the kernel, and from plain loops. */
function gramOf(x: Float32Array, n: number) {
  const m = x.length / n
  const [scratch, out] = [arena.take(kernels.gramScratchBytes(m, n)), arena.take(8 * m * m)]
  kernels.gram(place(x), m, n, scratch, out)
  const values = Float64Array.from(x)
  return { out, scratch, wanted: timesTransposed(values, values, n) }
}

it('gram is X X^T in float64, both halves', () => {
  for (const [m, n] of sizes) {
    const { out, wanted } = gramOf(drawn(m, n), n)
    arena.doubles(out, m * m).forEach((v, i) => {
      expect(Math.abs(v - wanted[i]!)).toBeLessThan(EXACT * n)
    })
  }
})

it('cholesky gives ln det and the smallest pivot, leaves G alone, and -Infinity where G is singular', () => {
  for (const [m, n] of sizes.filter(([rows, columns]) => rows <= columns)) {
    const { out, scratch, wanted } = gramOf(drawn(m, n), n)
    const found = arena.take(16)
    const before = arena.doubles(out, m * m).slice()
    kernels.cholesky(out, m, scratch, found)
    const [logDet, smallest] = arena.doubles(found, 2)
    const trace = wanted.reduce((sum, v, i) => (i % (m + 1) === 0 ? sum + v : sum), 0)
    const { logDet: wantedLogDet, minPivotRatio } = choleskyLogDet(wanted, m)
    expect(Math.abs(logDet! - wantedLogDet)).toBeLessThan(EXACT * 100)
    expect(Math.abs(smallest! / trace - minPivotRatio)).toBeLessThan(EXACT)
    expect(arena.doubles(out, m * m)).toEqual(before)
  }
  const { out, scratch } = gramOf(new Float32Array(12), 4)
  const found = arena.take(16)
  kernels.cholesky(out, 3, scratch, found)
  expect(arena.doubles(found, 2)[0]).toBe(-Infinity)
})

/** Statistics of one batch as the engine reads them and as the reference defines them. */
function expectSame(x: Float32Array, m: number, n: number): void {
  const network = resolveNetwork({ ...defaultConfig, batch: m, width: n })
  const found = new GramReader(kernels, arena, network).read(place(x))
  const values = Float64Array.from(x)
  const wanted = gramStatistics(timesTransposed(values, values, n), m, n)
  for (const [id, want] of Object.entries(wanted)) {
    const got = found[id as keyof typeof found]
    if (Number.isFinite(want)) expect(Math.abs(got - want), id).toBeLessThan(EXACT * 1000)
    else expect(got, id).toEqual(want)
  }
}

it.each(sizes.filter(([m]) => m > 1))(
  'GramReader reads the statistics of the reference at (%i, %i), zero rows and copies included',
  (m, n) => {
    const plain = drawn(m, n)
    expectSame(plain, m, n)
    expectSame(
      plain.map((v, i) => (i < n ? 0 : v)),
      m,
      n,
    )
    expectSame(
      plain.map((v, i) => (i < n ? plain[(m - 1) * n + i]! : v)),
      m,
      n,
    )
  },
)
