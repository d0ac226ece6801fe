import type { NetworkConfig } from '../model/config.ts'

/** A named network: what it shows in two sentences, and the paper it comes from. */
export interface Preset {
  readonly title: string
  readonly text: string
  /** What differs from the defaults of the link. */
  readonly config: Partial<NetworkConfig>
  readonly source: { readonly paper: string; readonly arxiv: string }
}

const table = {
  'bsnn-tanh': {
    title: 'Self-normalizing tanh',
    text: 'Tanh, shifted and scaled so that it keeps both the signal and the gradient, with orthogonal weights. 200 layers without normalization, and both lines stay flat.',
    config: { act: 'tanh', gpn: 1, init: 'orthogonal', depth: 200, width: 200 },
    source: { paper: 'Bidirectionally Self-Normalizing Neural Networks', arxiv: '2006.12169' },
  },
  'roa-spectrum': {
    title: 'Orthogonal additive filters',
    text: 'Each layer mixes a rotated copy of its input with a little nonlinearity, 1/L of it. The singular values of the whole network stay in a narrow band around 1/e, however deep it is.',
    config: {
      act: 'tanh',
      mix: 'orthogonal',
      tie: 'depth',
      c: 1,
      init: 'orthogonal',
      depth: 200,
      width: 64,
    },
    source: { paper: 'Random orthogonal additive filters', arxiv: '2210.01245' },
  },
  'bn-linear': {
    title: 'Batch norm without explosion',
    text: 'Batch norm makes gradients explode with every nonlinear activation. A linear activation with orthogonal weights is the exception: the gradient arrives whole, and the samples become orthogonal.',
    config: {
      act: 'linear',
      norm: 'batch_uncentered',
      init: 'orthogonal',
      depth: 1000,
      width: 64,
      batch: 64,
    },
    source: {
      paper:
        'Towards Training Without Depth Limits: Batch Normalization Without Gradient Explosion',
      arxiv: '2310.02012',
    },
  },
  'relu-batch-norm': {
    title: 'ReLU and batch norm explode',
    text: 'The signal looks perfect in every layer. The gradient grows 1.2 times a layer on its way down, ten-thousandfold over fifty layers.',
    config: { act: 'relu', norm: 'batch', depth: 50, width: 100, batch: 256 },
    source: {
      paper: 'The exploding gradient problem demystified',
      arxiv: '1712.05577',
    },
  },
} satisfies Record<string, Preset>

export type PresetId = keyof typeof table
export const presets: Readonly<Record<PresetId, Preset>> = table
export const presetIds = Object.keys(table) as readonly PresetId[]

/** What a visitor without a link sees: it looks safe and is not. */
export const firstScene: Partial<NetworkConfig> = { act: 'relu', norm: 'batch', depth: 100 }
