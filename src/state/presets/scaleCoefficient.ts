import type { Preset } from './preset.ts'

/** TABLE: the gradient scale coefficient and the collapsing domain. */
export const scaleCoefficient = {
  'relu-batch-norm': {
    title: 'ReLU and batch norm explode',
    text: 'The signal looks perfect in every layer. The gradient grows 1.2 times a layer on its way down, ten-thousandfold over fifty layers.',
    config: { act: 'relu', norm: 'batch', depth: 50, width: 100, batch: 256 },
    paper: 'gsc',
  },
  'gsc-relu-layer': {
    title: 'ReLU and layer norm collapse',
    text: 'The gradient is fine, but all inputs end up in the same place: each unit sees nearly the same value for every sample. The network is as good as linear.',
    config: { act: 'relu', norm: 'layer', depth: 50, width: 100, batch: 256 },
    paper: 'gsc',
  },
  'gsc-tanh-layer': {
    title: 'Tanh and layer norm explode',
    text: 'Layer norm stretches what tanh squeezed, and the gradient with it: 9 % a layer.',
    config: { act: 'tanh', norm: 'layer', depth: 50, width: 100, batch: 256 },
    paper: 'gsc',
  },
  'gsc-selu': {
    title: 'SELU, no normalization',
    text: 'Made to normalize itself, and nearly does: under 4 % a layer.',
    config: { act: 'selu', depth: 50, width: 100, batch: 256 },
    paper: 'gsc',
  },
  'gsc-looks-linear': {
    title: 'ReLU that starts out linear',
    text: 'Mirrored weights let each pair of ReLUs pass the whole signal. At the start the network is exactly linear and orthogonal: nothing grows, nothing collapses.',
    config: { act: 'relu', init: 'looks_linear', depth: 50, width: 100, batch: 256 },
    paper: 'gsc',
  },
  'gsc-resnet': {
    title: 'A residual network',
    text: 'Twenty-five blocks of two layers around identity skips. The same layers that explode sixtyfold in a chain grow only like a small power of the depth.',
    config: {
      act: 'tanh',
      norm: 'layer',
      order: 'norm_act_linear',
      mix: 'skip',
      tie: 'sum',
      branch: 2,
      depth: 50,
      width: 100,
      batch: 256,
    },
    paper: 'gsc',
  },
  'gsc-dilution': {
    title: 'Dilution',
    text: 'Blocks of four tanh layers beside a rotation. What a block adds to the growth shrinks by k² + 1, where k is how much larger the rotated part is.',
    config: {
      act: 'tanh',
      norm: 'layer',
      mix: 'orthogonal',
      tie: 'energy',
      alpha: Math.SQRT1_2,
      branch: 4,
      depth: 400,
      width: 300,
      batch: 16,
    },
    sweep: { key: 'alpha', values: [0, 0.4472, 0.7071, 0.8944, 0.9701], quantity: 'gsc_growth' },
    paper: 'gsc',
  },
  'gsc-collapse': {
    title: 'Collapse or explosion',
    text: 'ReLU alone, and ReLU with layer norm: soon every unit sees nearly the same for all samples, and its nonlinearity lies idle. ReLU with batch norm and tanh with layer norm keep the samples apart, and their gradients explode; only weights that start out linear have neither.',
    config: { act: 'relu', sw: 1.4142, depth: 50, width: 100, batch: 256 },
    beside: [
      { norm: 'layer' },
      { norm: 'batch' },
      { act: 'tanh', norm: 'layer' },
      { init: 'looks_linear', sw: 1 },
    ],
    paper: 'gsc',
  },
} satisfies Record<string, Preset>
