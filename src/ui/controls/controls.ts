import { activations } from '../../model/activations.ts'
import type { NetworkConfig, NetworkKey, OrderId } from '../../model/config.ts'
import { initializations } from '../../model/initializations.ts'
import { inputs } from '../../model/inputs.ts'
import { mixings, ties } from '../../model/mixings.ts'
import { normalizations } from '../../model/normalizations.ts'

export const groups = [
  'Activation',
  'Normalization',
  'Initialization',
  'Mixing',
  'Depth and width',
  'Input',
  'Seed',
] as const
export type Group = (typeof groups)[number]

/** Why a setting does nothing at the moment; a hidden one would only be in the way. */
export interface Unused {
  readonly isHidden: boolean
  readonly reason: string
}

/** How a key of the network is put before people. */
export interface Control {
  readonly label: string
  readonly group: Group
  /** One sentence: what it does. */
  readonly hint: string
  /** Range and step of the slider where it is narrower than what is legal; the number box takes all. */
  readonly slider?: { readonly max: number; readonly step: number }
  /** Values that the slider stops at, ascending; those above what is legal are left out. */
  readonly stops?: readonly number[]
  /** Words for the entries of a menu. */
  readonly labels?: Readonly<Record<string, string>>
  readonly unused?: (network: NetworkConfig) => Unused | null
}

/** Steps of a decade that are round numbers and near enough to one ratio. */
const DECADE = [10, 12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90]
const COUNTS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9],
  ...[1, 10, 100, 1000].flatMap((scale) => DECADE.map((step) => scale * step)),
]

/** Powers of two and what lies halfway: what people use, and what computes fast. */
const SIZES = [2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024]

const labelsOf = (table: Readonly<Record<string, { readonly label: string }>>) =>
  Object.fromEntries(Object.entries(table).map(([id, { label }]) => [id, label]))

const orderLabels: Readonly<Record<OrderId, string>> = {
  linear_norm_act: 'W, norm, φ',
  norm_act_linear: 'norm, φ, W',
}

const unless = (isUsed: boolean, reason: string, isHidden = true): Unused | null =>
  isUsed ? null : { isHidden, reason }

const needsMixing = ({ mix }: NetworkConfig) =>
  unless(mix !== 'none', 'Only used with a skip path.', false)

/** Used with some ties alone. */
const needsTie =
  (...used: readonly NetworkConfig['tie'][]) =>
  ({ mix, tie }: NetworkConfig) =>
    unless(mix !== 'none' && used.includes(tie), `Only used with ${used.join(', ')} weights.`)

/** TABLE: the control of every key of the network, in the order of the page. */
export const controls: Readonly<Record<NetworkKey, Control>> = {
  act: {
    label: 'Activation φ',
    group: 'Activation',
    hint: 'The nonlinearity that every unit applies.',
    labels: labelsOf(activations),
  },
  slope: {
    label: 'Negative slope',
    group: 'Activation',
    hint: 'Slope of leaky ReLU below zero.',
    slider: { max: 1, step: 0.01 },
    unused: ({ act }) => unless(act === 'leaky_relu', 'Only used by leaky ReLU.'),
  },
  gpn: {
    label: 'Self-normalize (a·φ + b)',
    group: 'Activation',
    hint: 'Scales and shifts the activation so that signal and slope both have mean square 1 (Gaussian-Poincaré).',
  },
  gain: {
    label: 'Gain',
    group: 'Activation',
    hint: 'Multiplies what enters the activation; below 1 the activation looks more linear.',
    slider: { max: 3, step: 0.01 },
  },
  gain_decay: {
    label: 'Gain decay',
    group: 'Activation',
    hint: 'The gain of layer l is gain × l to the power of minus this.',
    slider: { max: 2, step: 0.01 },
  },
  norm: {
    label: 'Normalization',
    group: 'Normalization',
    hint: 'What is divided out before the activation. No learned scale.',
    labels: labelsOf(normalizations),
  },
  order: {
    label: 'Order',
    group: 'Normalization',
    hint: 'Where the weights W stand in a layer.',
    labels: orderLabels,
  },
  init: {
    label: 'Weights',
    group: 'Initialization',
    hint: 'The law that the weight matrices are drawn from.',
    labels: labelsOf(initializations),
  },
  sw: {
    label: 'Weight scale σw',
    group: 'Initialization',
    hint: 'A weight has variance σw² / width. 1 keeps a linear signal, √2 = 1.414 is He initialization for ReLU.',
    slider: { max: 3, step: 0.01 },
  },
  sb: {
    label: 'Bias scale σb',
    group: 'Initialization',
    hint: 'Standard deviation of the biases; 0 means no bias.',
    slider: { max: 2, step: 0.01 },
  },
  tied: {
    label: 'Same weights in all layers',
    group: 'Initialization',
    hint: 'A recurrent network, unrolled in time.',
  },
  mix: {
    label: 'Skip path S',
    group: 'Mixing',
    hint: 'What carries the input of a layer past its nonlinear branch.',
    labels: labelsOf(mixings),
  },
  tie: {
    label: 'Branch weights',
    group: 'Mixing',
    hint: 'How α (of the skip) and β (of the nonlinear branch) hang together.',
    labels: labelsOf(ties),
    unused: needsMixing,
  },
  alpha: {
    label: 'α, weight of the skip',
    group: 'Mixing',
    hint: 'How much of the input goes on.',
    slider: { max: 1, step: 0.001 },
    unused: needsTie('convex', 'energy', 'free'),
  },
  beta: {
    label: 'β, weight of the branch',
    group: 'Mixing',
    hint: 'How much of the nonlinear branch is added.',
    slider: { max: 1, step: 0.001 },
    unused: needsTie('free'),
  },
  c: {
    label: 'c, with β = c / L',
    group: 'Mixing',
    hint: 'Total weight of the nonlinear branches over the depth.',
    slider: { max: 10, step: 0.1 },
    unused: needsTie('depth'),
  },
  branch: {
    label: 'Layers in a branch',
    group: 'Mixing',
    hint: 'How many layers a skip path spans; the depth is rounded down to a multiple.',
    slider: { max: 8, step: 1 },
    unused: needsMixing,
  },
  depth: {
    label: 'Depth (layers)',
    group: 'Depth and width',
    hint: 'Number of linear layers.',
    stops: COUNTS,
  },
  width: {
    label: 'Width (units)',
    group: 'Depth and width',
    hint: 'Units in every layer.',
    stops: SIZES,
  },
  batch: {
    label: 'Batch (samples)',
    group: 'Depth and width',
    hint: 'How many inputs go through at once; batch norm takes its statistics over them.',
    stops: SIZES,
  },
  data: {
    label: 'Inputs',
    group: 'Input',
    hint: 'What the network is shown.',
    labels: labelsOf(inputs),
  },
  rho: {
    label: 'Correlation ρ',
    group: 'Input',
    hint: 'Correlation of every two inputs.',
    slider: { max: 1, step: 0.01 },
    unused: ({ data }) => unless(data === 'correlated', 'Only used by correlated inputs.'),
  },
  distinct: {
    label: 'Distinct samples',
    group: 'Input',
    hint: 'How many different inputs there are; the rest repeats them.',
    stops: COUNTS,
    unused: ({ data }) => unless(data === 'repeated', 'Only used by repeated inputs.'),
  },
  seed: {
    label: 'Seed',
    group: 'Seed',
    hint: 'Every random number comes from it: the same link draws the same network everywhere.',
  },
  seeds: {
    label: 'Networks',
    group: 'Seed',
    hint: 'How many networks to draw; charts show the median and a band from 10 % to 90 %.',
    slider: { max: 32, step: 1 },
  },
}

/** Keys of a group, in the order of the table. */
export function keysOf(group: Group): readonly NetworkKey[] {
  const keys = Object.keys(controls) as NetworkKey[]
  return keys.filter((key) => controls[key].group === group)
}
