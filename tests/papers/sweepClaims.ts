import { slope } from '../../src/math/summary.ts'
import type { NetworkConfig } from '../../src/model/config.ts'
import type { PresetId } from '../../src/state/presets.ts'
import {
  between,
  type Claim,
  runPreset,
  sweepPreset,
  type SweptQuantities,
  within,
} from './claim.ts'

/** ln of the norm of the first weights' gradient. */
const lnGradient = ({ log10_weight_gradient: log10 }: SweptQuantities) => log10 * Math.LN10

/** Growth of the first weights' gradient with the depth of the network, nats a layer. */
const overDepth =
  (preset: PresetId, overrides: Partial<NetworkConfig> = {}) =>
  async () => {
    const swept = await sweepPreset(preset, { overrides })
    return slope(
      swept.map(({ value }) => value),
      swept.map(lnGradient),
    )
  }

/** What the gradient of the first weights gains between depth 5 and depth 1000, nats. */
const fromShallowToDeep = async (overrides: Partial<NetworkConfig>) => {
  const values = [5, 1000]
  const [shallow, deep] = await sweepPreset('bn-depth-sin', { values, overrides })
  return lnGradient(deep!) - lnGradient(shallow!)
}

/** Growth at one size of the batch, nats a layer. */
const atBatch = (batch: number) => async () => {
  const [point] = await sweepPreset('bn-rank', { values: [batch] })
  return Math.log(point!.gradient_growth)
}

/** Geometric mean over seeds of largest over smallest weight gradient. */
const ratioAtWidth = (width: number, seeds: number) => async () => {
  let sum = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const [point] = await sweepPreset('bsnn-width', { values: [width], overrides: { seed } })
    sum += point!.log10_gradient_ratio / seeds
  }
  return 10 ** sum
}

/** Within a factor of two: single draws of narrow networks differ by a factor of ten. */
const nearly = (wanted: number) => between(wanted / 2, wanted * 2)

/** Widths, what is expected, and seeds: wide networks cost more and differ less. */
const widths: readonly (readonly [number, number, number])[] = [
  [50, 22, 16],
  [100, 5, 12],
  [200, 3.1, 8],
  [400, 2.3, 2],
]

/** ln of largest over smallest singular value, times the root of the depth. */
const narrowing = (depth: number) => async () => {
  const { spectra } = await runPreset('roa-depth', { spectra: [depth], overrides: { depth } })
  const { log10SingularValues: values } = spectra[0]!
  return (values[0]! - values.at(-1)!) * Math.LN10 * Math.sqrt(depth)
}

/** Growth at one gain, nats a layer. */
const atGain = (act: 'sin' | 'tanh', gain: number) => async () => {
  const [point] = await sweepPreset('bn-gain', { values: [gain], overrides: { act } })
  return Math.log(point!.gradient_growth)
}

/** Growth of four undiluted tanh layers behind layer norm. */
const UNDILUTED = 1.394

/** Growth over a block beside a rotation that is k times as large: Pythagoras. */
const diluted = (k: number) => Math.sqrt((k * k + UNDILUTED ** 2) / (k * k + 1))

const atDilution = (k: number) => async () => {
  const alpha = k / Math.sqrt(1 + k * k)
  const [point] = await sweepPreset('gsc-dilution', { values: [alpha], overrides: { seeds: 5 } })
  return point!.gsc_growth ** 4
}

const shaped = ['sin', 'tanh', 'linear'] as const

/** Claims about a whole curve over a setting. */
export const sweepClaims: readonly Claim[] = [
  ...[100, 1000].map((depth): Claim => ({
    preset: 'roa-depth',
    quantity: `ln(largest / smallest singular value) √L, depth ${depth}`,
    predicted: '2.15',
    measure: narrowing(depth),
    accepts: within(2.15, 0.2),
  })),
  ...(
    [
      ['sin', 0.5, 0.0103],
      ['sin', 0.9, 0.0952],
      ['tanh', 0.5, 0.0165],
      ['tanh', 0.9, 0.0666],
    ] as const
  ).map(([act, gain, rate]): Claim => ({
    preset: 'bn-gain',
    quantity: `${act} with gain ${gain}, nats a layer`,
    predicted: String(rate),
    measure: atGain(act, gain),
    accepts: within(rate, 0.006),
  })),
  ...[1, 2, 4].map((k): Claim => ({
    preset: 'gsc-dilution',
    quantity: `growth over a block, dilution ${k}`,
    predicted: diluted(k).toFixed(4),
    measure: atDilution(k),
    accepts: within(diluted(k), 0.01 * diluted(k)),
  })),
  ...widths.map(([width, ratio, seeds]): Claim => ({
    preset: 'bsnn-width',
    quantity: `weight gradients, largest / smallest, width ${width}`,
    predicted: String(ratio),
    measure: ratioAtWidth(width, seeds),
    accepts: nearly(ratio),
  })),
  {
    preset: 'bn-depth-gauss',
    quantity: 'first gradient over depth, nats a layer',
    reported: '10 nats at 1000 (figure 3, Gaussian)',
    predicted: '0.010',
    measure: overDepth('bn-depth-gauss', { seeds: 3 }),
    accepts: within(0.01, 0.0015),
  },
  {
    preset: 'bn-depth-gauss',
    quantity: 'the same with orthogonal weights',
    reported: 'flat (figure 3, orthogonal)',
    predicted: '0',
    measure: overDepth('bn-depth-gauss', { init: 'orthogonal' }),
    accepts: within(0, 0.0005),
  },
  {
    preset: 'bn-depth-sin',
    quantity: 'first gradient over depth, nats a layer',
    reported: '26 nats at depth 200 (figure 5)',
    predicted: '0.136',
    measure: overDepth('bn-depth-sin'),
    accepts: within(0.136, 0.01),
  },
  {
    preset: 'bn-depth-sin',
    quantity: 'the same with tanh',
    reported: '42 nats at depth 500 (figure 5)',
    predicted: '0.082',
    measure: overDepth('bn-depth-sin', { act: 'tanh' }),
    accepts: within(0.082, 0.006),
  },
  {
    preset: 'bn-depth-sin',
    quantity: 'the same with the identity',
    reported: 'flat (figure 5)',
    predicted: '0',
    measure: overDepth('bn-depth-sin', { act: 'linear' }),
    accepts: within(0, 0.0005),
  },
  ...shaped.map((act): Claim => ({
    preset: 'bn-depth-sin',
    quantity: `gain decay 0.4, ${act}: depth 5 to 1000, nats`,
    reported: 'between -3 and 0 (figure 5)',
    predicted: 'between -3 and 0',
    measure: () => fromShallowToDeep({ act, gain_decay: 0.4 }),
    accepts: between(-3, 0),
  })),
  ...(
    [
      [10, 0.052, 0.003],
      [50, 0.0056, 0.0008],
      [100, 0, 0.0005],
    ] as const
  ).map(([batch, rate, tolerance]): Claim => ({
    preset: 'bn-rank',
    quantity: `gradient growth with ${batch} samples, nats a layer`,
    predicted: String(rate),
    measure: atBatch(batch),
    accepts: within(rate, tolerance),
  })),
]
