import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/select.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { activationIds } from '../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig, networkKeys, orderIds } from '../../src/model/config.ts'
import { initializationIds } from '../../src/model/initializations.ts'
import { inputIds } from '../../src/model/inputs.ts'
import { mixingIds, tieIds } from '../../src/model/mixings.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { normalizationIds } from '../../src/model/normalizations.ts'
import { mean, standardError } from '../../src/math/summary.ts'
import { type PredictedRowId, predictTrajectory } from '../../src/theory/trajectory.ts'
import { run } from '../engine/run.ts'
import { FIVE_STANDARD_ERRORS, WEIGHT_GRADIENT_RESOLUTION } from '../tolerances.ts'
import { type Deviation, deviations } from './deviations.ts'
import { branches, drawnConfigs } from './drawnConfigs.ts'

const SEED = 3
const configs = drawnConfigs(SEED, 60)

const title = (config: NetworkConfig) =>
  networkKeys
    .filter((key) => config[key] !== defaultConfig[key])
    .map((key) => `${key}=${config[key]}`)
    .join('&')

interface Found extends Deviation {
  readonly config: string
}

type Rows = Readonly<Record<PredictedRowId, Float64Array | null>>

/**
 * log10 of the gradient of W_l in units of the gradient of X_l times X_(l-1), the mean over the layers. What
 * wanders from network to network is common to the three: this row alone could be 2 % off unseen.
 */
function meanWeightGradient(rows: Rows): number {
  const { log10_weight_gradient_norm: weights, log10_gradient_rms: gradient } = rows
  if (!weights || !gradient || !rows.log10_activation_rms) return NaN
  const signal = rows.log10_activation_rms
  return mean([...weights.keys()].slice(1).map((l) => weights[l]! - gradient[l]! - signal[l - 1]!))
}

describe('predictTrajectory against networks of width 512', () => {
  let engine: Engine
  let worst: Found | undefined
  const offsets: number[] = []

  beforeAll(async () => {
    engine = { ...(await loadWasm()), reason: 'test' }
  })

  afterAll(() => {
    process.stdout.write(`the worst of all layers: ${JSON.stringify(worst, null, 2)}\n`)
  })

  test.each(configs.map((config) => [title(config), config] as const))(
    '%s',
    async (name, config) => {
      const result = await run(config, { engine })
      const network = resolveNetwork(config)
      const { log10_activation_rms: sizes, mean_cosine: cosines } = result.rows
      const start = { log10Rms: sizes[0]!, meanCosine: cosines[0]! }
      const prediction = predictTrajectory(network, start)
      const weightGradients = result.runs.map(meanWeightGradient)
      offsets.push(mean(weightGradients) - meanWeightGradient(prediction.rows))
      const found = deviations({ ...result, network }, prediction)
      for (const deviation of found) {
        if (worst && worst.standardErrors >= deviation.standardErrors) continue
        worst = { config: name, ...deviation }
      }
      expect(found.filter((d) => !(d.standardErrors < FIVE_STANDARD_ERRORS))).toEqual([])
    },
  )

  test('weight gradients beside their signal and gradient, over all networks', () => {
    const error = standardError(offsets)
    process.stdout.write(`weight gradients: off by ${mean(offsets)} +- ${error} in log10\n`)
    expect(error).toBeLessThan(WEIGHT_GRADIENT_RESOLUTION)
    expect(Math.abs(mean(offsets))).toBeLessThan(FIVE_STANDARD_ERRORS * error)
  })
})

test.each([
  ['act', activationIds],
  ['norm', normalizationIds],
  ['order', orderIds],
  ['init', initializationIds],
  ['mix', mixingIds],
  ['branch', branches],
  ['data', inputIds],
  ['gpn', [0, 1]],
] as const)('the networks drawn have every option of %s', (key, options) => {
  expect(options.filter((option) => !configs.some((config) => config[key] === option))).toEqual([])
})

test('the networks drawn have every tie beside a mixing, biases, gains and their decay', () => {
  const mixed = configs.filter(({ mix }) => mix !== 'none')
  expect(tieIds.filter((id) => !mixed.some(({ tie }) => tie === id))).toEqual([])
  for (const key of ['sb', 'gain_decay'] as const)
    expect(configs.some((config) => config[key] > 0)).toBe(true)
  expect(configs.some(({ gain }) => gain !== 1)).toBe(true)
})
