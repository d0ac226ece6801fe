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
import { predictTrajectory } from '../../src/theory/trajectory.ts'
import { run } from '../engine/run.ts'
import { FIVE_STANDARD_ERRORS } from '../tolerances.ts'
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

describe('predictTrajectory against networks of width 512', () => {
  let engine: Engine
  let worst: Found | undefined

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
      const found = deviations({ ...result, network }, predictTrajectory(network, start))
      for (const deviation of found) {
        if (worst && worst.standardErrors >= deviation.standardErrors) continue
        worst = { config: name, ...deviation }
      }
      expect(found.filter((d) => !(d.standardErrors < FIVE_STANDARD_ERRORS))).toEqual([])
    },
  )
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
