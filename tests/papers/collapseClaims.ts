import type { NetworkConfig } from '../../src/model/config.ts'
import type { StatisticId } from '../../src/engine/statistics.ts'
import type { PresetId } from '../../src/state/presets.ts'
import { between, type Claim, runPreset, within } from './claim.ts'

type Overrides = Partial<NetworkConfig>

/** One statistic at layer 50, the median of eight networks. */
const atTop = (preset: PresetId, row: StatisticId, overrides: Overrides) => async () =>
  (await runPreset(preset, { overrides: { seeds: 8, ...overrides } })).rows[row][50]!

/** Growth of the gradient scale coefficient over all layers, log10. */
const coefficient = (preset: PresetId, overrides: Overrides) => async () =>
  (await runPreset(preset, { overrides: { seeds: 8, ...overrides } })).rows.log10_gsc[0]!

/** TABLE: networks of fifty layers: spread and sign diversity at the top, and how far they were seen to vary. */
const spreads: readonly (readonly [string, Overrides, number, number, number, number])[] = [
  ['ReLU', {}, 0.317, 0.06, 0.036, 0.02],
  ['ReLU, layer norm', { norm: 'layer' }, 0.11, 0.04, 0.031, 0.015],
  ['ReLU, batch norm', { norm: 'batch' }, 1, 0.002, 0.429, 0.02],
  ['tanh, layer norm', { act: 'tanh', norm: 'layer' }, 0.998, 0.004, 0.476, 0.01],
  ['SELU', { act: 'selu', sw: 1 }, 0.97, 0.02, 0.417, 0.02],
  ['ReLU, mirrored', { init: 'looks_linear', sw: 1 }, 0.998, 0.004, 0.475, 0.01],
]

/** TABLE: four ways to begin: size of the signal at the top and mean cosine of the samples there. */
const beginnings: readonly (readonly [string, Overrides, number, number, number])[] = [
  ['variance 1/n', {}, 0.5 * Math.log10(0.5) * 50, 0.988, 0.01],
  ['variance 2/n', { sw: 1.4142 }, 0, 0.988, 0.01],
  ['orthogonal', { sw: 1.4142, init: 'orthogonal' }, 0, 0.988, 0.01],
  // Unrelated Gaussians behind ReLU have a cosine of 1 / pi.
  ['mirrored', { init: 'looks_linear' }, 0, 1 / Math.PI, 0.02],
]

/** Widths of 128 move the size of the signal by this much, powers of ten. */
const WANDERING = 0.35

/** Claims about inputs that become one, and signals that die. */
export const collapseClaims: readonly Claim[] = [
  ...spreads.flatMap(([name, overrides, spread, spreadVaries, signs, signsVary]): Claim[] => [
    {
      preset: 'gsc-collapse',
      quantity: `pre-activation spread at layer 50, ${name}`,
      predicted: String(spread),
      measure: atTop('gsc-collapse', 'preactivation_std_ratio', overrides),
      accepts: within(spread, spreadVaries),
    },
    {
      preset: 'gsc-collapse',
      quantity: `sign diversity at layer 50, ${name}`,
      predicted: String(signs),
      measure: atTop('gsc-collapse', 'sign_diversity', overrides),
      accepts: within(signs, signsVary),
    },
  ]),
  ...(
    [
      ['ReLU, batch norm', { norm: 'batch' }, 3.6, 4.2],
      ['tanh, layer norm', { act: 'tanh', norm: 'layer' }, 1.7, 2.05],
      ['ReLU, mirrored', { init: 'looks_linear', sw: 1 }, -0.01, 0.01],
    ] as const
  ).map(([name, overrides, low, high]): Claim => ({
    preset: 'gsc-collapse',
    quantity: `gradient scale coefficient, log10, ${name}`,
    predicted: `${low} to ${high}`,
    measure: coefficient('gsc-collapse', overrides),
    accepts: between(low, high),
  })),
  ...beginnings.flatMap(([name, overrides, size, cosine, tolerance]): Claim[] => [
    {
      preset: 'init-compare',
      quantity: `signal at layer 50, log10, ${name}`,
      predicted: size.toFixed(2),
      measure: atTop('init-compare', 'log10_activation_rms', overrides),
      accepts: within(size, WANDERING),
    },
    {
      preset: 'init-compare',
      quantity: `mean cosine at layer 50, ${name}`,
      predicted: cosine.toFixed(3),
      measure: atTop('init-compare', 'mean_cosine', overrides),
      accepts: within(cosine, tolerance),
    },
  ]),
]
