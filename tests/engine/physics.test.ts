import { describe, expect, it } from 'vitest'
import { gramStatistics } from '../../src/engine/gram.ts'
import { normalize } from '../../src/engine/reference/normalize.ts'
import { fillNormals } from '../../src/math/random.ts'
import {
  BATCH_NORM_NATS,
  filterSpectrumBound,
  FINITE_WIDTH,
  IDENTITY_PER_DRAW,
  LOOKS_LINEAR,
} from '../tolerances.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { referenceEngine, run, type TestRun } from './run.ts'

/** The acceptance numbers of the papers and of closed forms; slow ones on the fast engine. */

const wasm = { ...(await loadWasm()), reason: 'test' }

const normals = (count: number, seed: number) => {
  const out = new Float64Array(count)
  fillNormals(out, { seed, role: 1, layer: 0 })
  return out
}

function gram(x: Float64Array, m: number, n: number): Float64Array {
  return Float64Array.from({ length: m * m }, (_, i) => {
    const [a, b] = [Math.floor(i / m), i % m]
    let sum = 0
    for (let j = 0; j < n; j++) sum += x[a * n + j]! * x[b * n + j]!
    return sum
  })
}

describe('batch norm', () => {
  it('raises isometry by exactly AM / GM of the squared column norms, draw by draw', () => {
    const n = 12
    const h = normals(n * n, 3)
    const columns = Array.from({ length: n }, (_, j) =>
      h.reduce((sum, v, i) => (i % n === j ? sum + v * v : sum), 0),
    )
    const arithmetic = columns.reduce((sum, v) => sum + v, 0) / n
    const geometric = columns.reduce((sum, v) => sum + Math.log(v), 0) / n
    const z = normalize({ values: h, exponent: 0 }, n, 'batch_uncentered').z.values
    const gap = (x: Float64Array) => gramStatistics(gram(x, n, n), n, n).isometry_gap
    expect(gap(h) - gap(z)).toBeCloseTo(Math.log(arithmetic) - geometric, IDENTITY_PER_DRAW)
  })

  it('makes linear Gaussian networks grow by sqrt((B - 2) / (B - 3)) a layer', async () => {
    const { summary } = await run({
      act: 'linear',
      norm: 'batch',
      width: 256,
      batch: 8,
      depth: 30,
      seeds: 2,
    })
    expect(Math.abs(summary.gradientGrowth! / Math.sqrt(6 / 5) - 1)).toBeLessThan(FINITE_WIDTH)
  })

  it('does not explode with a linear activation, orthogonal weights and full rank', async () => {
    const config = { act: 'linear', norm: 'batch_uncentered', init: 'orthogonal' } as const
    const { summary } = await run({ ...config, width: 32, batch: 32, depth: 400 })
    expect(Math.abs(Math.log(summary.gradientGrowth!))).toBeLessThan(1e-3)
  })
})

describe('filters', () => {
  it('keep every singular value inside the analytic bounds and near e^-c', async () => {
    const [depth, c] = [200, 1]
    const { spectra } = await run(
      { act: 'tanh', mix: 'orthogonal', tie: 'depth', c, width: 64, depth, batch: 2 },
      { spectra: [depth] },
    )
    const values = Array.from(spectra[0]!.log10SingularValues, (v) => 10 ** v)
    const [low, high] = filterSpectrumBound(c, depth)
    expect(Math.min(...values)).toBeGreaterThan(low)
    expect(Math.max(...values)).toBeLessThan(high)
    const rms = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)
    expect(Math.abs(rms / Math.exp(-c) - 1)).toBeLessThan(0.02)
  })
})

describe('looks-linear weights', () => {
  it('make a ReLU network exactly linear', async () => {
    const config = { act: 'relu', init: 'looks_linear', width: 32, batch: 8, depth: 50 } as const
    const { rows } = await run(config)
    const size = (l: number) => rows.log10_activation_rms[l]!
    const mirrored = size(2)
    for (let l = 2; l <= 50; l++) expect(Math.abs(size(l) - mirrored)).toBeLessThan(LOOKS_LINEAR)
  })
})

describe('scales', () => {
  it('carry a signal to 1e-4000 and a gradient to 1e+4000', async () => {
    const small = await run({
      act: 'linear',
      init: 'orthogonal',
      sw: 0.01,
      width: 4,
      batch: 2,
      depth: 2000,
    })
    expect(small.rows.log10_activation_rms[2000]).toBeCloseTo(
      small.rows.log10_activation_rms[0]! - 4000,
      6,
    )
    const large = await run({
      act: 'leaky_relu',
      init: 'orthogonal',
      sw: 10,
      width: 8,
      batch: 4,
      depth: 3000,
    })
    expect(large.rows.log10_gradient_rms[0]).toBeGreaterThan(1000)
    expect(large.rows.log10_activation_rms.every(Number.isFinite)).toBe(true)
  })
})

describe('checkpoints', () => {
  it('give the same gradients as keeping everything, cut once or recursively', async () => {
    const config = {
      width: 8,
      batch: 4,
      depth: 96,
      branch: 2,
      mix: 'orthogonal',
      norm: 'batch',
    } as const
    const whole = await run(config)
    for (const checkpointBytes of [1e6, 3 * 8 * 8 * 4]) {
      const tight = { weightBytes: 1e6, tapeBytes: 8 * 8 * 4 * 4 * 5, checkpointBytes }
      const cut = await run(config, { budget: tight })
      expect(cut.rows.log10_gradient_rms).toEqual(whole.rows.log10_gradient_rms)
      expect(cut.rows.log10_weight_gradient_norm).toEqual(whole.rows.log10_weight_gradient_norm)
    }
  })
})

describe('growth a layer through batch norm', () => {
  const growth = async (act: 'relu' | 'tanh' | 'sin') => {
    const config = { act, norm: 'batch', width: 256, batch: 192, depth: 60, seeds: 3 } as const
    return Math.log((await run(config, { engine: wasm })).summary.gradientGrowth!)
  }

  it.each([
    ['relu', 0.19],
    ['tanh', 0.082],
    ['sin', 0.136],
  ] as const)('is %s: %d nats', async (act, nats) => {
    expect(Math.abs((await growth(act)) - nats)).toBeLessThan(BATCH_NORM_NATS)
  })

  it('is 1.211 for ReLU at width and batch 256, over seeds', async () => {
    const config = {
      act: 'relu',
      norm: 'batch',
      width: 256,
      batch: 256,
      depth: 100,
      seeds: 4,
    } as const
    const { summary } = await run(config, { engine: wasm })
    expect(Math.abs(summary.gradientGrowth! - 1.211)).toBeLessThan(0.012)
  })
})

describe('isometry', () => {
  it('decays by d / (d + 2) a layer near the isometric point', async () => {
    const d = 24
    // From a Gaussian start the gap needs some sixty layers to become small; then the law is exact.
    const config = { act: 'linear', norm: 'batch_uncentered', init: 'orthogonal' } as const
    const { rows } = await run({ ...config, width: d, batch: d, depth: 260, seeds: 5 })
    const gap = rows.isometry_gap
    const from = gap.findIndex((v) => v < 5e-3)
    const rate = Math.log(gap[from]! / gap[from + 60]!) / 60
    expect(Math.abs(rate / Math.log((d + 2) / d) - 1)).toBeLessThan(0.05)
  })
})

describe.each([
  ['reference', referenceEngine],
  ['wasm', wasm],
])('seeds on %s', (_, engine) => {
  it('give medians and bands of the single runs, and the same numbers every time', async () => {
    const config = { width: 16, batch: 4, depth: 12, seed: 5 }
    const many = await run({ ...config, seeds: 3 }, { engine })
    const alone: TestRun[] = []
    for (const seed of [5, 6, 7]) alone.push(await run({ ...config, seed }, { engine }))
    const values = alone.map(({ rows }) => rows.log10_gradient_rms[3]!).sort((a, b) => a - b)
    expect(many.rows.log10_gradient_rms[3]).toBe(values[1])
    expect(many.bands!.log10_gradient_rms.low[3]).toBeCloseTo(
      values[0]! + 0.2 * (values[1]! - values[0]!),
      10,
    )
    const again = await run({ ...config, seeds: 3 }, { engine })
    expect(again.rows).toEqual(many.rows)
  })
})
