import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/select.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { mean, quantile, standardError } from '../../src/math/summary.ts'
import { conflicts, defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { normalizations } from '../../src/model/normalizations.ts'
import { type PredictedRowId, predictTrajectory } from '../../src/theory/trajectory.ts'
import { run } from '../engine/run.ts'
import {
  FIVE_STANDARD_ERRORS,
  NARROW_BATCH,
  NARROW_COSINE,
  NARROW_COSINES,
  NARROW_OFFSET,
  NARROW_SECOND_ORDER,
  NARROW_SHARE,
} from '../tolerances.ts'
import { drawnConfigs } from './drawnConfigs.ts'

const WIDTHS = [4, 6, 8, 12, 16, 24, 32, 64]
const DEPTHS = [100, 150, 250, 400, 800]
const SEEDS = 12

/** The networks drawn elsewhere, but narrow and deep: each width with every depth. */
const configs = drawnConfigs(29, WIDTHS.length * DEPTHS.length)
  .map((config, i) => ({
    ...config,
    width: WIDTHS[i % WIDTHS.length]!,
    depth: DEPTHS[i % DEPTHS.length]!,
    seeds: SEEDS,
  }))
  .filter((config) => conflicts(config).length === 0)

/** Networks that people look at, where the gradient drifts by tens of nats. */
const FRAME = { ...defaultConfig, width: 32, depth: 800, batch: 16, seeds: SEEDS }
const common: readonly Partial<NetworkConfig>[] = [
  { act: 'relu', norm: 'layer' },
  { act: 'relu', norm: 'rms', init: 'orthogonal' },
  { act: 'leaky_relu', norm: 'layer', order: 'norm_act_linear' },
  { act: 'gelu', norm: 'layer' },
  { act: 'gelu', norm: 'rms', mix: 'skip', tie: 'sum' },
  { act: 'tanh', norm: 'rms' },
  { act: 'tanh', norm: 'layer', init: 'orthogonal', mix: 'orthogonal' },
  { act: 'linear', norm: 'layer' },
  { act: 'tanh', sw: 1.5, sb: 0.1 },
  { act: 'tanh', gpn: 1, init: 'orthogonal' },
  { act: 'selu' },
  { act: 'relu', sw: Math.SQRT2 },
  { act: 'leaky_relu', slope: 0.2, sw: Math.SQRT2, init: 'orthogonal' },
]

const sizeRows = [
  'log10_activation_rms',
  'log10_preactivation_rms',
  'log10_gradient_rms',
  'log10_weight_gradient_norm',
  'log10_gsc',
] as const satisfies readonly PredictedRowId[]

const NATS = 2 * Math.LN10
/** A median of normal values scatters by this many standard errors of their mean. */
const OF_MEDIAN = Math.sqrt(Math.PI / 2)

interface Found {
  readonly row: PredictedRowId
  readonly layer: number
  readonly nats: number
  readonly allowed: number
}

/** Nats of a square that a finite width may be off by, beyond what seeds scatter by: what theory leaves out of it. */
function leftOut(config: NetworkConfig, row: Float64Array): number {
  const { width, depth, norm } = config
  const finite = row.filter(Number.isFinite)
  const range = NATS * (quantile(finite, 1) - quantile(finite, 0))
  const byBatch = normalizations[norm].axis === 'batch' ? NARROW_BATCH / width : 0
  const perLayer = NARROW_SECOND_ORDER / width ** 2 + byBatch
  return NARROW_OFFSET + depth * perLayer + NARROW_SHARE * range
}

describe('predictTrajectory against narrow, deep networks', () => {
  let engine: Engine
  let worst: (Found & { readonly config: string }) | undefined
  const cosines: number[] = []
  let drawn = 0
  let predicted = 0

  beforeAll(async () => {
    engine = { ...(await loadWasm()), reason: 'test' }
  })

  afterAll(() => {
    const share = (predicted / drawn).toFixed(2)
    process.stdout.write(
      `narrow: ${share} of all entries predicted, the worst ${JSON.stringify(worst)}\n`,
    )
  })

  test.each(
    [...common.map((config) => ({ ...FRAME, ...config })), ...configs].map(
      (config, i) => [i, config] as const,
    ),
  )('network %i: %o', async (_, config) => {
    const { runs, rows } = await run(config, { engine })
    const network = resolveNetwork(config)
    const start = {
      log10Rms: rows.log10_activation_rms[0]!,
      meanCosine: rows.mean_cosine[0]!,
    }
    const prediction = predictTrajectory(network, start).rows
    const found: Found[] = []
    for (const row of sizeRows) {
      const theory = prediction[row] ?? new Float64Array(network.depth + 1).fill(NaN)
      const allowed = leftOut(config, theory)
      for (const [layer, value] of theory.entries()) {
        drawn++
        if (Number.isNaN(value)) continue
        predicted++
        const measured = rows[row][layer]!
        if (Object.is(measured, value)) continue
        const scatter = OF_MEDIAN * standardError(runs.map((r) => r[row][layer]!))
        const seen = FIVE_STANDARD_ERRORS * NATS * (Number.isFinite(scatter) ? scatter : 0)
        found.push({ row, layer, nats: NATS * (measured - value), allowed: allowed + seen })
      }
    }
    for (const entry of found)
      if (!worst || Math.abs(entry.nats) > Math.abs(worst.nats))
        worst = { ...entry, config: JSON.stringify(config) }
    expect(found.filter(({ nats, allowed }) => !(Math.abs(nats) < allowed))).toEqual([])
    const off = [...(prediction.mean_cosine ?? [])].map((c, l) =>
      Math.abs(c - rows.mean_cosine[l]!),
    )
    const largest = Math.max(0, ...off.filter(Number.isFinite))
    cosines.push(largest)
    expect(largest).toBeLessThan(NARROW_COSINE)
  })

  test('cosines, the largest error of a network, on average over networks', () => {
    process.stdout.write(`narrow: cosines are off by ${mean(cosines)} at most, on average\n`)
    expect(mean(cosines)).toBeLessThan(NARROW_COSINES)
  })

  test('most of it is predicted', () => {
    expect(predicted / drawn).toBeGreaterThan(0.5)
  })
})
