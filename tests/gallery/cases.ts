import type { Chart } from '../../src/charts/chart.ts'
import { charts } from '../../src/charts/index.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'

const small = { width: 24, batch: 8, depth: 60 } as const

/** Charts that have something to show of a case. */
export const chartsFor = (overrides: Partial<NetworkConfig>): readonly Chart[] =>
  charts.filter(({ appliesTo }) => appliesTo?.({ ...defaultConfig, ...overrides }) !== false)

/** TABLE: what every chart must be able to show, by name. Small, so that the reference engine takes seconds. */
export const cases: Readonly<Record<string, Partial<NetworkConfig>>> = {
  vanish: { ...small, act: 'tanh', sw: 0.7 },
  explode: { ...small, act: 'relu', norm: 'batch' },
  collapse: { ...small, act: 'relu', sw: Math.SQRT2 },
  chaos: { ...small, act: 'tanh', sw: 2, data: 'correlated', rho: 0.9 },
  isometry: {
    ...small,
    act: 'linear',
    norm: 'batch_uncentered',
    init: 'orthogonal',
    batch: 24,
    width: 24,
  },
  circle: { ...small, act: 'erf', sw: 1.5, data: 'circle', batch: 16 },
  digits: { ...small, depth: 30, width: 32, act: 'tanh', sw: 1.5, data: 'digits', batch: 30 },
  'seeds and bands': { ...small, depth: 30, act: 'gelu', norm: 'layer', seeds: 5 },
  'exactly zero': { ...small, depth: 20, sw: 0 },
  'beyond every float': { ...small, depth: 400, act: 'relu', sw: 9 },
  tiny: { depth: 1, width: 2, batch: 2 },
  'one direction left': { ...small, batch: 2, norm: 'batch', act: 'linear' },
  '50,000 layers': {
    depth: 50_000,
    width: 4,
    batch: 3,
    mix: 'orthogonal',
    tie: 'depth',
    act: 'tanh',
  },
}

/** TABLE: charts, and ways to look at them beside their first. */
export const looks = [
  ['spectrum', 'rank'],
  ['spectrum', 'signal'],
  ['spectrum', 'weights'],
  ['gsc', 'loglog'],
  ['gsc', 'gap'],
] as const
