import { beforeAll, describe, expect, it } from 'vitest'
import { Arena } from '../../../src/engine/wasm/arena.ts'
import { type LayerKernels, loadLayerKernels } from '../../../src/engine/wasm/kernels.ts'
import { haarOrthogonal } from '../../../src/math/haar.ts'
import { fillNormals, fillUniforms, words } from '../../../src/math/random.ts'
import { activationIds, activations } from '../../../src/model/activations.ts'
import { F32, F32_HAAR, F32_NORMAL } from '../../tolerances.ts'

let kernels: LayerKernels
let arena: Arena
const stream = { seed: 5, role: 2, layer: 9 }

beforeAll(async () => {
  kernels = await loadLayerKernels()
  arena = new Arena(kernels.memory, kernels.heapBase())
})

/** A float32 array in the module's memory. */
function place(values: readonly number[] | Float32Array): number {
  const at = arena.take(4 * values.length)
  arena.floats(at, values.length).set(values)
  return at
}

const read = (at: number, length: number) => Array.from(arena.floats(at, length))

/** Largest relative error over entries that a normal float32 can hold. */
function worst(found: readonly number[], wanted: readonly number[]): number {
  const errors = found.map((v, i) => {
    const want = wanted[i]!
    return Math.abs(want) < 1e-36 ? Math.abs(v) : Math.abs(v - want) / Math.abs(want)
  })
  return Math.max(...errors)
}

describe('the generator', () => {
  it('fillWords gives the very words of the definition', () => {
    const at = arena.take(4 * 64)
    kernels.fillWords(at, 32, stream.seed, stream.role, stream.layer)
    const found = new Uint32Array(kernels.memory.buffer, at, 64)
    expect([...found]).toEqual([...words(stream, 64)])
  })

  it('fillNormals and fillUniforms differ from float64 by rounding', () => {
    const wanted = new Float64Array(20_000)
    const at = arena.take(4 * wanted.length)
    fillNormals(wanted, stream, 0.7)
    kernels.fillNormals(at, wanted.length, stream.seed, stream.role, stream.layer, 0.7)
    expect(worst(read(at, wanted.length), [...wanted])).toBeLessThan(F32_NORMAL)
    fillUniforms(wanted, stream, 2)
    kernels.fillUniforms(at, wanted.length, stream.seed, stream.role, stream.layer, 2)
    expect(read(at, wanted.length)).toEqual([...wanted])
  })

  it('draws of any length begin alike and end within the next multiple of eight', () => {
    const [long, short] = [arena.take(4 * 128), arena.take(4 * 128)]
    for (const fill of ['fillNormals', 'fillUniforms'] as const) {
      kernels[fill](long, 128, stream.seed, stream.role, stream.layer, 1)
      for (let length = 1; length <= 80; length++) {
        arena.floats(short, 128).fill(9)
        kernels[fill](short, length, stream.seed, stream.role, stream.layer, 1)
        const written = Math.ceil(length / 8) * 8
        expect(read(short, written)).toEqual(read(long, written))
        expect(
          arena
            .floats(short, 128)
            .subarray(written)
            .every((v) => v === 9),
        ).toBe(true)
      }
    }
  })

  it.each([1, 2, 3, 7, 33, 63, 64, 65, 80, 100, 129, 256])(
    'haar(%i) is the matrix of the definition',
    (n) => {
      const at = arena.take(4 * n * n)
      const scratch = arena.take(kernels.haarScratchBytes(n))
      kernels.haar(at, n, scratch, stream.seed, stream.role, stream.layer, 1)
      const wanted = haarOrthogonal(n, stream)
      const errors = read(at, n * n).map((v, i) => Math.abs(v - wanted[i]!))
      expect(Math.max(...errors)).toBeLessThan(F32_HAAR)
    },
  )
})

describe('gemm', () => {
  const wave = (length: number, step: number) =>
    Float32Array.from({ length }, (_, i) => Math.sin(1 + i * step))

  it('multiplies A B, A^T B and accumulates, whatever the sizes', () => {
    for (let size = 1; size <= 400; size++) {
      const [m, n, k] = [1 + (size % 19), 1 + ((size * 7) % 23), 1 + ((size * 5) % 17)]
      const mark = arena.mark()
      const [a, b] = [wave(m * k, 0.7), wave(k * n, 1.3)]
      const [pa, pb, pc] = [place(a), place(b), place(new Float32Array(m * n))]
      const wanted = (entry: (i: number, p: number) => number) =>
        Array.from({ length: m * n }, (_, at) => {
          const [i, j] = [Math.floor(at / n), at % n]
          let sum = 0
          for (let p = 0; p < k; p++) sum += entry(i, p) * b[p * n + j]!
          return sum
        })
      const plain = wanted((i, p) => a[i * k + p]!)
      kernels.gemm(pa, k, 1, pb, n, pc, n, m, n, k, 0)
      read(pc, m * n).forEach((v, i) => {
        expect(Math.abs(v - plain[i]!)).toBeLessThan(k * F32)
      })
      kernels.gemm(pa, 1, m, pb, n, pc, n, m, n, k, 1)
      const both = wanted((i, p) => a[p * m + i]!).map((v, i) => v + plain[i]!)
      read(pc, m * n).forEach((v, i) => {
        expect(Math.abs(v - both[i]!)).toBeLessThan(2 * k * F32)
      })
      arena.release(mark)
    }
  })

  it('works in panels of k beyond 256', () => {
    const k = 600
    const [pa, pb, pc] = [place(wave(k, 0.1)), place(wave(k * 8, 0.3)), arena.take(32)]
    kernels.gemm(pa, k, 1, pb, 8, pc, 8, 1, 8, k, 0)
    const [a, b] = [wave(k, 0.1), wave(k * 8, 0.3)]
    const wanted = a.reduce((sum, v, p) => sum + v * b[p * 8]!, 0)
    expect(Math.abs(read(pc, 1)[0]! - wanted)).toBeLessThan(k * F32)
  })

  it('multiplies A B^T, as A B with B turned by hand, to the last bit', () => {
    for (let size = 1; size <= 200; size++) {
      const [m, n, k] = [1 + (size % 11), 1 + ((size * 7) % 23), 1 + ((size * 5) % 300)]
      const mark = arena.mark()
      const [a, b] = [wave(m * k, 0.7), wave(n * k, 1.3)]
      const turned = b.map((_, i) => b[(i % n) * k + Math.floor(i / n)]!)
      const [pa, pc, pd] = [place(a), place(wave(m * n, 0.1)), place(wave(m * n, 0.1))]
      kernels.gemm(pa, k, 1, place(turned), n, pc, n, m, n, k, size % 2)
      kernels.gemmTransposed(pa, k, 1, place(b), k, pd, n, m, n, k, size % 2)
      expect(read(pd, m * n)).toEqual(read(pc, m * n))
      arena.release(mark)
    }
  })

  it('gives an entry the same bits at every place in the matrix', () => {
    const [m, n, k] = [7, 21, 40]
    const row = wave(k, 0.3)
    const a = Float32Array.from({ length: m * k }, (_, i) => row[i % k]!)
    const b = Float32Array.from({ length: k * n }, (_, i) => Math.cos(Math.floor(i / n)))
    const pc = arena.take(4 * m * n)
    kernels.gemm(place(a), k, 1, place(b), n, pc, n, m, n, k, 0)
    expect(new Set(read(pc, m * n)).size).toBe(1)
  })

  it('multiplies by matrices whose rows clash in the caches', () => {
    const [m, n, k] = [17, 1024, 300]
    const [a, b, c] = [wave(m * k, 0.7), wave(k * n, 0.3), arena.take(4 * m * n)]
    kernels.gemm(place(a), k, 1, place(b), n, c, n, m, n, k, 0)
    const found = read(c, m * n)
    for (let at = 0; at < m * n; at += 97) {
      const [i, j] = [Math.floor(at / n), at % n]
      let wanted = 0
      for (let p = 0; p < k; p++) wanted += a[i * k + p]! * b[p * n + j]!
      expect(Math.abs(found[at]! - wanted)).toBeLessThan(k * F32)
    }
  })
})

describe('activations', () => {
  /** Both signs of 1e-8 ... 1e4, and zero. */
  const grid = [0, 0, 0, 0]
  for (let power = -8; power <= 4; power += 0.01) grid.push(10 ** power, -(10 ** power))
  while (grid.length % 4 !== 0) grid.push(1)
  const points = Float32Array.from(grid)
  const slope = Math.fround(0.01)
  /** What exp flushes to zero, times what multiplies it. */
  const VANISHING = 1e-35

  /** A value that float32 computes by cancellation keeps absolute digits only. */
  const relativeWhere = (id: string) => (id === 'gelu' || id === 'silu' || id === 'mish' ? 1 : 0)

  it.each(activationIds)(
    '%s and its derivative are right to 1e-6 near zero and in the tails',
    (id) => {
      const kind = activationIds.indexOf(id)
      const { phi, dphi } = activations[id]
      const z = place(points)
      const [y, ones] = [arena.take(4 * points.length), place(points.map(() => 1))]
      const check = (f: (z: number, slope: number) => number) => {
        read(y, points.length).forEach((v, i) => {
          const want = f(points[i]!, slope)
          const scale = Math.max(Math.abs(want), relativeWhere(id) * 0.1 * Number(f === dphi))
          if (scale < VANISHING) expect(Math.abs(v), `at ${points[i]!}`).toBeLessThan(2 * VANISHING)
          else expect(Math.abs(v - want) / scale, `at ${points[i]!}`).toBeLessThan(F32)
        })
      }
      kernels.activate(z, y, points.length, kind, slope, 1, 1, 0)
      check(phi)
      kernels.activateBackward(ones, z, y, points.length, kind, slope, 1, 1)
      check(dphi)
    },
  )
})
