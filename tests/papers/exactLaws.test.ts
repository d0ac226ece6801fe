import { expect, it } from 'vitest'
import type { Given } from '../../src/engine/given.ts'
import { type NetworkArrays, networkArrays } from '../../src/engine/networkArrays.ts'
import { referenceBackend } from '../../src/engine/reference/runner.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { run } from '../engine/run.ts'
import { EXACT_LAW } from '../tolerances.ts'

function drawn(config: NetworkConfig): Promise<NetworkArrays> {
  const network = resolveNetwork(config)
  return networkArrays(referenceBackend, { network, seed: config.seed, weightBytes: 2 ** 22 })
}

const farthest = (differences: Float64Array) => Math.max(...differences.map(Math.abs))

it('the gradient scale coefficient does not see that the weights of one layer are ten times as large', async () => {
  const [depth, width, layer] = [50, 24, 25]
  const config = { ...defaultConfig, act: 'relu', sw: Math.SQRT2, depth, width, batch: 8 } as const
  const { w } = await drawn(config)
  const isOfLayer = (i: number) => Math.floor(i / width ** 2) === layer - 1
  const withWeights = (factor: number, id: number): Given => ({
    weights: { w: Float64Array.from(w.data, (v, i) => (isOfLayer(i) ? factor * v : v)), id },
  })
  const { rows: plain } = await run(config, { given: withWeights(1, 1) })
  const { rows: scaled } = await run(config, { given: withWeights(10, 2) })
  expect(farthest(plain.log10_gsc.map((v, l) => scaled.log10_gsc[l]! - v))).toBeLessThan(EXACT_LAW)
  const raw = plain.log10_gradient_rms.map((v, l) => scaled.log10_gradient_rms[l]! - v)
  expect(farthest(raw.map((v, l) => v - (l < layer ? 1 : 0)))).toBeLessThan(EXACT_LAW)
})

/** C = A B^T for square matrices, row by row. */
const timesTransposed = (a: ArrayLike<number>, b: ArrayLike<number>, n: number) =>
  Float64Array.from({ length: n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n]
    let sum = 0
    for (let k = 0; k < n; k++) sum += a[row * n + k]! * b[column * n + k]!
    return sum
  })

const transposed = (a: ArrayLike<number>, n: number) =>
  Float64Array.from({ length: n * n }, (_, i) => a[(i % n) * n + Math.floor(i / n)]!)

const norm = (a: Float64Array) => Math.hypot(...a)

it.each([1, 2, 3])(
  'behind batch norm the gradient of orthogonal samples keeps its antisymmetric part, seed %i',
  async (seed) => {
    const [depth, n] = [1000, 20]
    const linear = { act: 'linear', norm: 'batch_uncentered', init: 'orthogonal' } as const
    const config = { ...defaultConfig, ...linear, depth, width: n, batch: n, seed }
    const x0 = Float64Array.from({ length: n * n }, (_, i) =>
      i % (n + 1) === 0 ? Math.sqrt(n) : 0,
    )
    const { w, cotangent } = await drawn(config)
    // Orthogonal samples stay so, and normalization has nothing to do.
    let top = x0
    for (let l = 0; l < depth; l++)
      top = timesTransposed(top, w.data.subarray(l * n * n, (l + 1) * n * n), n)
    const overlap = timesTransposed(transposed(cotangent.data, n), transposed(top, n), n)
    const mirrored = transposed(overlap, n)
    const antisymmetric = overlap.map((v, i) => (v - mirrored[i]!) / 2)
    const { rows } = await run(config, { given: { x0 } })
    const kept = 10 ** (rows.log10_gradient_rms[0]! - rows.log10_gradient_rms[depth]!)
    expect(kept).toBeLessThan(0.9)
    expect(Math.abs(kept - norm(antisymmetric) / norm(overlap))).toBeLessThan(EXACT_LAW)
  },
)
