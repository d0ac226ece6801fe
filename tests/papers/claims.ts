import { median } from '../../src/math/summary.ts'
import type { PresetId } from '../../src/state/presets.ts'
import { between, type Claim, rms, runPreset, singularValues, spreadOf, within } from './claim.ts'
import { collapseClaims } from './collapseClaims.ts'
import { fieldClaims } from './fieldClaims.ts'
import { isometryClaims } from './isometryClaims.ts'
import { sweepClaims } from './sweepClaims.ts'

/** Growth of the gradient a layer, in nats; several seeds where one is too noisy. */
const nats =
  (preset: PresetId, seeds = 1) =>
  async () =>
    Math.log((await runPreset(preset, { overrides: { seeds } })).summary.gradientGrowth!)

const gscGrowth =
  (preset: PresetId, seeds = 6) =>
  async () =>
    (await runPreset(preset, { overrides: { seeds } })).summary.gscGrowth!

const atLayer =
  (
    preset: PresetId,
    row: 'mean_cosine' | 'preactivation_std_ratio' | 'sign_diversity',
    layer: number,
  ) =>
  async () =>
    (await runPreset(preset, { overrides: { seeds: 3 } })).rows[row][layer]!

const selfNormalizing: readonly Claim[] = [
  {
    preset: 'bsnn-tanh',
    quantity: 'signal, largest / smallest rms',
    predicted: '1.19',
    measure: async () =>
      spreadOf(
        (await runPreset('bsnn-tanh', { overrides: { seeds: 5 } })).rows.log10_activation_rms,
      ),
    accepts: between(1, 1.5),
  },
  {
    preset: 'bsnn-tanh',
    quantity: 'weight gradients of a pair of samples, largest / smallest',
    predicted: '3.1',
    measure: async () => {
      const { rows } = await runPreset('bsnn-tanh', { overrides: { seeds: 5, batch: 2 } })
      return spreadOf(rows.log10_weight_gradient_norm, 1)
    },
    accepts: between(1.5, 8),
  },
  {
    preset: 'bsnn-tanh',
    quantity: 'gradient growth, nats a layer',
    predicted: '0',
    measure: nats('bsnn-tanh', 5),
    accepts: within(0, 0.005),
  },
  {
    preset: 'bsnn-gauss',
    quantity: 'gradient spread over that of orthogonal weights',
    predicted: 'above 1',
    measure: async () => {
      const overrides = { width: 100, batch: 2, depth: 200 }
      const lnSpread = async (preset: PresetId) => {
        let sum = 0
        for (let seed = 1; seed <= 8; seed++) {
          const { rows } = await runPreset(preset, { overrides: { ...overrides, seed } })
          sum += Math.log(spreadOf(rows.log10_weight_gradient_norm, 1)) / 8
        }
        return sum
      }
      return Math.exp((await lnSpread('bsnn-gauss')) - (await lnSpread('bsnn-tanh')))
    },
    accepts: between(1.05, 20),
  },
  {
    preset: 'bsnn-gelu',
    quantity: 'signal, largest / smallest rms',
    predicted: '1.21',
    measure: async () =>
      spreadOf(
        (await runPreset('bsnn-gelu', { overrides: { seeds: 5 } })).rows.log10_activation_rms,
      ),
    accepts: between(1, 1.5),
  },
  {
    preset: 'bsnn-collapse',
    quantity: 'mean cosine at layer 50',
    predicted: '0.933',
    measure: atLayer('bsnn-collapse', 'mean_cosine', 50),
    accepts: within(0.93, 0.03),
  },
  {
    preset: 'bsnn-collapse',
    quantity: 'mean cosine at layer 200',
    predicted: '0.984',
    measure: atLayer('bsnn-collapse', 'mean_cosine', 200),
    accepts: between(0.975, 0.999),
  },
  {
    preset: 'plain-tanh',
    quantity: 'signal rms at layer 200',
    predicted: '0.0505',
    measure: async () => 10 ** (await runPreset('plain-tanh')).rows.log10_activation_rms[200]!,
    accepts: within(0.0505, 0.05 * 0.0505),
  },
  {
    preset: 'plain-selu',
    quantity: 'gradient growth over 200 layers',
    predicted: '1000',
    measure: async () =>
      10 **
      (await runPreset('plain-selu', { overrides: { seeds: 3 } })).rows.log10_gradient_rms[0]!,
    accepts: between(500, 2000),
  },
  {
    preset: 'plain-relu',
    quantity: 'log10 of the signal rms at layer 200',
    predicted: '-30.1',
    measure: async () =>
      (await runPreset('plain-relu', { overrides: { seeds: 3 } })).rows.log10_activation_rms[200]!,
    accepts: within(-30.1, 1),
  },
]

const last =
  (preset: PresetId, depth: number, overrides = {}) =>
  async () =>
    singularValues(
      await runPreset(preset, { spectra: [depth], overrides: { batch: 2, ...overrides } }),
    )

const largest = async (values: () => Promise<number[]>) => Math.max(...(await values()))
const smallest = async (values: () => Promise<number[]>) => Math.min(...(await values()))

const filters: readonly Claim[] = [
  {
    preset: 'roa-spectrum',
    quantity: 'largest singular value',
    predicted: '0.397, bound 2.34',
    measure: () => largest(last('roa-spectrum', 200)),
    accepts: between(0.368, 0.41),
  },
  {
    preset: 'roa-spectrum',
    quantity: 'smallest singular value',
    predicted: '0.342, bound 0.057',
    measure: () => smallest(last('roa-spectrum', 200)),
    accepts: between(0.33, 0.368),
  },
  {
    preset: 'roa-spectrum',
    quantity: 'ln(largest / smallest) times sqrt(depth)',
    predicted: '2.15',
    measure: async () => {
      const values = await last('roa-spectrum', 400, { depth: 400 })()
      return Math.log(Math.max(...values) / Math.min(...values)) * Math.sqrt(400)
    },
    accepts: within(2.15, 0.2),
  },
  {
    preset: 'roa-fixed-beta',
    quantity: 'rms singular value at depth 1000',
    predicted: '4.5e-5',
    measure: async () => rms(await last('roa-fixed-beta', 1000)()),
    accepts: within(4.5e-5, 0.45e-5),
  },
  {
    preset: 'roa-plain',
    quantity: 'largest singular value at depth 50, median of 5 seeds',
    predicted: 'below 1; 0.277 in one draw',
    measure: async () => {
      const values: number[] = []
      for (let seed = 1; seed <= 5; seed++)
        values.push(await largest(last('roa-plain', 50, { seed })))
      return median(values)
    },
    // The largest value varies by a factor of two between draws.
    accepts: between(0.1, 0.8),
  },
  {
    preset: 'roa-rnn',
    quantity: 'largest singular value after 1000 steps',
    predicted: '0.401',
    measure: () => largest(last('roa-rnn', 1000)),
    accepts: between(0.368, 0.45),
  },
  {
    preset: 'roa-rnn-identity',
    quantity: 'largest singular value after 1000 steps',
    predicted: '1.26',
    measure: () => largest(last('roa-rnn-identity', 1000)),
    accepts: between(1, 2.6),
  },
  {
    preset: 'roa-50000',
    quantity: 'gradient at the input of 50,000 layers, rms',
    reported: '50,000 layers trained (abstract)',
    predicted: '0.368',
    measure: async () =>
      10 **
      (await runPreset('roa-50000', { overrides: { width: 16, batch: 4 } })).rows
        .log10_gradient_rms[0]!,
    accepts: within(0.368, 0.05),
  },
]

const batchNorm: readonly Claim[] = [
  {
    preset: 'bn-linear',
    quantity: 'gradient growth, nats a layer',
    reported: 'flat (figure 3, orthogonal)',
    predicted: '0',
    measure: nats('bn-linear'),
    accepts: within(0, 0.0005),
  },
  {
    preset: 'bn-linear',
    quantity: 'isometry gap, factor a layer where it is small',
    predicted: '64 / 66',
    measure: async () => {
      const { rows } = await runPreset('bn-linear')
      const from = rows.isometry_gap.findIndex((gap) => gap < 5e-3)
      return (rows.isometry_gap[from + 100]! / rows.isometry_gap[from]!) ** 0.01
    },
    accepts: within(64 / 66, 0.002),
  },
  {
    preset: 'bn-gauss',
    quantity: 'gradient growth, nats a layer',
    reported: 'about 0.01 (figure 3, Gaussian)',
    predicted: '0.007 to 0.011',
    measure: nats('bn-gauss', 3),
    accepts: between(0.006, 0.012),
  },
  {
    preset: 'bn-repeated',
    quantity: 'gradient growth, nats a layer',
    reported: 'explodes (figure 2)',
    predicted: 'above 0.05',
    measure: nats('bn-repeated', 5),
    accepts: between(0.05, 0.3),
  },
  {
    preset: 'bn-narrow-batch',
    quantity: 'gradient growth, nats a layer',
    predicted: '0.0525',
    measure: nats('bn-narrow-batch', 3),
    accepts: within(0.0525, 0.008),
  },
  {
    preset: 'bn-sin',
    quantity: 'gradient growth, nats a layer',
    reported: 'about 26 nats at depth 200 (figure 5)',
    predicted: '0.136',
    measure: nats('bn-sin', 3),
    accepts: within(0.136, 0.01),
  },
  {
    preset: 'bn-tanh',
    quantity: 'gradient growth, nats a layer',
    reported: 'about 42 nats at depth 500 (figure 5)',
    predicted: '0.082',
    measure: nats('bn-tanh', 3),
    accepts: within(0.082, 0.006),
  },
  ...[0.25, 0.5, 0.75, 0.9].map((gain): Claim => {
    const predicted = 0.5 * Math.log(gain ** 2 / Math.tanh(gain ** 2))
    return {
      preset: 'bn-sin',
      quantity: `gradient growth at gain ${gain}, nats a layer`,
      predicted: predicted.toFixed(4),
      measure: async () => {
        const { summary } = await runPreset('bn-sin', { overrides: { gain, seeds: 3 } })
        return Math.log(summary.gradientGrowth!)
      },
      accepts: within(predicted, 0.006),
    }
  }),
  {
    preset: 'bn-shaped',
    quantity: 'gradient growth over 1000 layers, nats',
    reported: 'no growth with depth (figure 5)',
    predicted: 'of order one',
    measure: async () => (await runPreset('bn-shaped')).rows.log10_gradient_rms[0]! * Math.LN10,
    accepts: between(-3, 4),
  },
  {
    preset: 'bn-small-batch',
    quantity: 'gradient growth, factor a layer',
    predicted: '1.0954',
    measure: async () =>
      (await runPreset('bn-small-batch', { overrides: { seeds: 2 } })).summary.gradientGrowth!,
    accepts: within(1.0954, 0.011),
  },
]

const scaleCoefficient: readonly Claim[] = [
  ...(
    [
      ['relu-batch-norm', '1.2015', 1.2015],
      ['gsc-relu-layer', '1.004', 1.004],
      ['gsc-tanh-layer', '1.0902', 1.0902],
      ['gsc-selu', '1.0388', 1.0388],
    ] as const
  ).map(([preset, predicted, value]): Claim => ({
    preset,
    quantity: 'gradient scale coefficient, factor a layer',
    predicted,
    measure: gscGrowth(preset),
    accepts: within(value, 0.012),
  })),
  {
    preset: 'gsc-relu-layer',
    quantity: 'pre-activation spread at the top',
    predicted: '0.096',
    measure: atLayer('gsc-relu-layer', 'preactivation_std_ratio', 50),
    accepts: between(0.06, 0.14),
  },
  {
    preset: 'gsc-relu-layer',
    quantity: 'sign diversity at the top',
    predicted: '0.031',
    measure: atLayer('gsc-relu-layer', 'sign_diversity', 50),
    accepts: between(0.017, 0.053),
  },
  {
    preset: 'relu-batch-norm',
    quantity: 'sign diversity at the top',
    predicted: '0.429',
    measure: atLayer('relu-batch-norm', 'sign_diversity', 50),
    accepts: within(0.43, 0.02),
  },
  {
    preset: 'gsc-looks-linear',
    quantity: 'gradient scale coefficient of the whole network',
    predicted: '1',
    measure: async () => 10 ** (await runPreset('gsc-looks-linear')).rows.log10_gsc[2]!,
    accepts: within(1, 0.02),
  },
  {
    preset: 'gsc-resnet',
    quantity: 'gradient scale coefficient of the whole network',
    predicted: '1.52',
    measure: async () =>
      10 ** (await runPreset('gsc-resnet', { overrides: { seeds: 5 } })).rows.log10_gsc[0]!,
    accepts: between(1.4, 1.7),
  },
]

const meanField: readonly Claim[] = [
  {
    preset: 'ordered',
    quantity: 'gradient factor a layer',
    predicted: '0.8712 = sqrt(0.75903)',
    measure: async () =>
      (await runPreset('ordered', { overrides: { seeds: 3 } })).summary.gradientGrowth!,
    accepts: within(0.8712, 0.012),
  },
  {
    preset: 'critical',
    quantity: 'gradient factor a layer',
    predicted: '1.0000',
    measure: async () =>
      (await runPreset('critical', { overrides: { seeds: 3 } })).summary.gradientGrowth!,
    accepts: within(1, 0.012),
  },
  {
    preset: 'chaotic',
    quantity: 'mean cosine of the activations at layer 60',
    predicted: '0.146 (0.165 for the pre-activations)',
    measure: atLayer('chaotic', 'mean_cosine', 60),
    accepts: within(0.146, 0.03),
  },
  {
    preset: 'linear-gauss',
    quantity: 'mean square singular value',
    predicted: '1',
    measure: async () => {
      let sum = 0
      for (let seed = 1; seed <= 8; seed++)
        sum += rms(await last('linear-gauss', 20, { seed, width: 128 })()) ** 2 / 8
      return sum
    },
    accepts: within(1, 0.25),
  },
  {
    preset: 'linear-orthogonal',
    quantity: 'largest singular value, log10',
    predicted: '0 exactly',
    measure: async () => Math.log10(await largest(last('linear-orthogonal', 20))),
    accepts: within(0, 1e-5),
  },
]

export const claims: readonly Claim[] = [
  ...selfNormalizing,
  ...filters,
  ...batchNorm,
  ...scaleCoefficient,
  ...meanField,
  ...sweepClaims,
  ...isometryClaims,
  ...collapseClaims,
  ...fieldClaims,
]
