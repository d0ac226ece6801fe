import { beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/select.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import type { LayerRows } from '../../src/engine/statistics.ts'
import { quantile } from '../../src/math/summary.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { distanceDrift } from '../../src/theory/distanceDrift.ts'
import { finiteWidth } from '../../src/theory/finiteWidth.ts'
import { forwardTrajectory } from '../../src/theory/forwardTrajectory.ts'
import { pairClasses } from '../../src/theory/pairClasses.ts'
import { predictTrajectory } from '../../src/theory/trajectory.ts'
import { run } from '../engine/run.ts'
import { DISTANCE_DRIFT } from '../tolerances.ts'

/** Their median is known to about 0.1 nats. */
const SEEDS = 200
const FRAME = { ...defaultConfig, width: 48, depth: 60, batch: 16 }
const MEDIAN = 0.5

let engine: Engine

beforeAll(async () => {
  engine = { ...(await loadWasm()), reason: 'test' }
})

async function measured(config: NetworkConfig) {
  const runs: LayerRows[] = []
  for (let seed = 1; seed <= SEEDS; seed++)
    runs.push((await run({ ...config, seed }, { engine })).rows)
  const start = {
    log10Rms: quantile(
      Float64Array.from(runs, (rows) => rows.log10_activation_rms[0]!),
      MEDIAN,
    ),
    meanCosine: quantile(
      Float64Array.from(runs, (rows) => rows.mean_cosine[0]!),
      MEDIAN,
    ),
  }
  const lnSquares = (layer: number) =>
    Float64Array.from(runs, (rows) => 2 * Math.log(rows.preactivation_std_ratio[layer]!))
  return { start, lnSquares }
}

/** Networks whose samples merge, or come nearer to each other than they would in a wide one. */
const networks: readonly Partial<NetworkConfig>[] = [
  { act: 'relu', norm: 'layer' },
  { act: 'relu', norm: 'layer', init: 'orthogonal' },
  { act: 'relu', norm: 'rms' },
  { act: 'relu', norm: 'layer', data: 'correlated', rho: 0.99 },
  { act: 'leaky_relu', slope: 0.2, norm: 'layer' },
  { act: 'tanh', gpn: 1, init: 'orthogonal' },
  { act: 'tanh', sw: 1.2, sb: 0.1 },
]

test.each(networks)('samples of %o are as near to each other as predicted', async (overrides) => {
  const config = { ...FRAME, ...overrides }
  const network = resolveNetwork(config)
  const { start, lnSquares } = await measured(config)
  const predicted = predictTrajectory(network, start).rows.preactivation_std_ratio!
  for (let layer = 1; layer <= config.depth; layer++) {
    const error = quantile(lnSquares(layer), MEDIAN) - 2 * Math.log(predicted[layer]!)
    expect(Math.abs(error), `layer ${layer}`).toBeLessThan(DISTANCE_DRIFT)
  }
})

test('what a finite width adds is most of the way from a wide network to the measured one', async () => {
  const config = { ...FRAME, act: 'relu', norm: 'layer', width: 32, depth: 100 } as const
  const network = resolveNetwork(config)
  const { start, lnSquares } = await measured(config)
  const classes = pairClasses(config, start.meanCosine)!
  const forward = forwardTrajectory(network, 2 * start.log10Rms * Math.LN10, classes)
  const off = distanceDrift(network, forward, finiteWidth(network, forward)!)
  const wide = Math.log((1 - 1 / config.batch) * forward.distanceZ[100]!)
  const needed = quantile(lnSquares(100), MEDIAN) - wide
  expect(needed).toBeLessThan(-4)
  expect(off[99]! / needed).toBeGreaterThan(0.75)
  expect(off[99]! / needed).toBeLessThan(1.25)
})

test('distances at a fixed point, and those of a wide network, stay where they are', () => {
  const shifts = (overrides: Partial<NetworkConfig>) => {
    const config = { ...FRAME, depth: 400, ...overrides }
    const network = resolveNetwork(config)
    const forward = forwardTrajectory(network, 0, pairClasses(config, 0)!)
    return distanceDrift(network, forward, finiteWidth(network, forward)!)
  }
  expect(Math.abs(shifts({ act: 'selu', norm: 'layer' }).at(-1)!)).toBeLessThan(0.01)
  expect(Math.abs(shifts({ act: 'relu', norm: 'layer', width: 2 ** 20 }).at(-1)!)).toBeLessThan(
    1e-3,
  )
})
