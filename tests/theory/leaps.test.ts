import { describe, expect, test } from 'vitest'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { normalizations } from '../../src/model/normalizations.ts'
import { backwardTrajectory } from '../../src/theory/backwardTrajectory.ts'
import { forwardTrajectory } from '../../src/theory/forwardTrajectory.ts'
import { pairClasses } from '../../src/theory/pairClasses.ts'
import { LEAPS_DOWN, LEAPS_UP } from '../tolerances.ts'
import { drawnConfigs } from './drawnConfigs.ts'

/** Both ways through a network, block by block or in leaps. */
function trajectories(config: NetworkConfig, longest: number, lnX0 = 0.1) {
  const network = resolveNetwork(config)
  const classes = pairClasses(config, config.data === 'correlated' ? config.rho : 0.01) ?? []
  const up = forwardTrajectory(network, lnX0, classes, longest)
  return { up, down: backwardTrajectory(network, up, longest) }
}

type Rows = Readonly<Record<string, Float64Array>>

/** The largest difference of an entry, of 1 or of the entry where that is larger. */
function worstOf(leapt: Rows, walked: Rows): number {
  let worst = 0
  for (const [id, row] of Object.entries(walked))
    for (const [l, value] of row.entries()) {
      const other = leapt[id]![l]!
      if (Object.is(other, value)) continue
      const error = Math.abs(other - value) / Math.max(1, Math.abs(value))
      worst = Math.max(worst, Number.isNaN(error) ? Infinity : error)
    }
  return worst
}

function expectAlike(config: NetworkConfig): void {
  const [leapt, walked] = [trajectories(config, Infinity), trajectories(config, 1)]
  expect(worstOf({ ...leapt.up }, { ...walked.up }), JSON.stringify(config)).toBeLessThan(LEAPS_UP)
  expect(worstOf({ ...leapt.down }, { ...walked.down }), JSON.stringify(config)).toBeLessThan(
    LEAPS_DOWN,
  )
}

const [DEEP, DEEPEST] = [5000, 50_000]

describe('leaps are as good as every layer taken', () => {
  const networks: readonly (readonly [string, number, Partial<NetworkConfig>])[] = [
    [
      'orthogonal filters, c / L',
      DEEPEST,
      { mix: 'orthogonal', tie: 'depth', width: 64, batch: 16 },
    ],
    ['orthogonal filters, convex', DEEP, { mix: 'orthogonal', alpha: 0.999, width: 64, batch: 16 }],
    ['critical tanh', DEEPEST, { act: 'tanh' }],
    ['ordered tanh', DEEP, { act: 'tanh', sw: 0.9, sb: 0.1 }],
    ['chaotic tanh', DEEP, { act: 'tanh', sw: 1.5, sb: 0.1 }],
    [
      'critical ReLU, exploding later on a circle',
      DEEP,
      { act: 'relu', sw: 1.5, data: 'circle', batch: 64 },
    ],
    ['a skip with a mean', DEEPEST, { act: 'relu', mix: 'skip', tie: 'depth' }],
    [
      'residual blocks of four',
      DEEP,
      { act: 'relu', mix: 'skip', tie: 'sum', norm: 'layer', branch: 4 },
    ],
    ['a gain that decays', DEEP, { act: 'gelu', norm: 'layer', gain_decay: 0.5 }],
    ['batch norm', DEEP, { act: 'relu', norm: 'batch' }],
    ['looks-linear tanh', DEEP, { act: 'tanh', init: 'looks_linear' }],
    ['a blow-up', DEEPEST, { act: 'relu', sw: 10 }],
    ['zeros', DEEP, { act: 'tanh', sw: 0 }],
    ['copies', DEEP, { act: 'erf', data: 'repeated', distinct: 4 }],
  ]
  test.each(networks)('%s, depth %d', (_, depth, config) => {
    expectAlike({ ...defaultConfig, ...config, depth })
  })
})

test('keeps mirrored units that coincide at distance zero, whatever rounding makes of it', () => {
  const network = { act: 'selu', norm: 'layer', init: 'looks_linear', data: 'circle' } as const
  const mixing = { mix: 'skip', tie: 'energy', alpha: 0.2626480699982494, batch: 16 } as const
  const { up } = trajectories(
    { ...defaultConfig, ...network, ...mixing, sw: 0.8106456937966868, depth: 24 },
    Infinity,
    0,
  )
  expect(up.distanceX.every(Number.isFinite)).toBe(true)
})

test('leaps through any network are as good as every layer taken', () => {
  const configs = drawnConfigs(11, 40)
  for (const [i, config] of configs.entries()) {
    // Behind a gain that decays every layer of batch norm is an integral of its own.
    const isSlow = normalizations[config.norm].axis === 'batch' && config.gain_decay > 0
    expectAlike({ ...config, depth: isSlow ? 200 : Math.round(200 * 25 ** (i / configs.length)) })
  }
})
