import type { Preset } from './preset.ts'

/** Depths of the figures over depth. */
const DEPTHS = [5, 10, 20, 50, 100, 200, 500, 1000]

/** TABLE: batch norm and the explosion of gradients. */
export const batchNorm = {
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
    paper: 'bn',
  },
  'bn-gauss': {
    title: 'Gaussian weights leak',
    text: 'The same linear network with Gaussian weights: one percent of growth a layer, ten nats over a thousand layers.',
    config: { act: 'linear', norm: 'batch_uncentered', depth: 1000, width: 100, batch: 100 },
    paper: 'bn',
  },
  'bn-repeated': {
    title: 'Repeated samples explode',
    text: 'The batch holds only five different rows, each twice. Orthogonal weights do not help: the explosion is back.',
    config: {
      act: 'linear',
      norm: 'batch_uncentered',
      init: 'orthogonal',
      data: 'repeated',
      distinct: 5,
      depth: 400,
      width: 10,
      batch: 10,
    },
    paper: 'bn',
  },
  'bn-narrow-batch': {
    title: 'Fewer samples than units',
    text: 'Ten samples in a hundred dimensions, all different. As long as the batch is smaller than the width, batch norm explodes even here.',
    config: {
      act: 'linear',
      norm: 'batch_uncentered',
      init: 'orthogonal',
      depth: 400,
      width: 100,
      batch: 10,
    },
    paper: 'bn',
  },
  'bn-sin': {
    title: 'Sine under batch norm',
    text: 'Orthogonal weights, batch norm, and a sine: the gradient grows by 14 % a layer. Any curvature of the activation has this price.',
    config: { act: 'sin', norm: 'batch', init: 'orthogonal', depth: 200, width: 100, batch: 100 },
    paper: 'bn',
  },
  'bn-tanh': {
    title: 'Tanh under batch norm',
    text: 'The same with tanh: 8 % a layer.',
    config: { act: 'tanh', norm: 'batch', init: 'orthogonal', depth: 200, width: 100, batch: 100 },
    paper: 'bn',
  },
  'bn-depth-gauss': {
    title: 'Depth, Gaussian weights',
    text: 'The gradient of the first weights over depth, linear with batch norm: it grows by one percent a layer. With orthogonal weights the curve is flat.',
    config: { act: 'linear', norm: 'batch_uncentered', depth: 100, width: 100, batch: 100 },
    sweep: { key: 'depth', values: DEPTHS, quantity: 'log10_weight_gradient' },
    paper: 'bn',
  },
  'bn-depth-sin': {
    title: 'Depth, sine',
    text: 'The same with a sine and orthogonal weights: a straight line, 58 powers of ten at depth 1000. Set the gain decay to 0.4 and it lies flat.',
    config: { act: 'sin', norm: 'batch', init: 'orthogonal', depth: 100, width: 100, batch: 100 },
    sweep: { key: 'depth', values: DEPTHS, quantity: 'log10_weight_gradient' },
    paper: 'bn',
  },
  'bn-rank': {
    title: 'Batch against width',
    text: 'Growth of the gradient over the size of the batch, at width 100. As long as there are fewer samples than units it explodes; from then on it does not.',
    config: {
      act: 'linear',
      norm: 'batch_uncentered',
      init: 'orthogonal',
      depth: 1000,
      width: 100,
      batch: 100,
    },
    sweep: {
      key: 'batch',
      values: [10, 20, 30, 50, 70, 90, 100, 150],
      quantity: 'gradient_growth',
    },
    paper: 'bn',
  },
  'bn-shaped': {
    title: 'Shaped tanh',
    text: 'Layer l feeds its tanh with l to the power -0.4 of the signal, so that deep layers are almost linear. A thousand layers, and the gradient hardly moves.',
    config: {
      act: 'tanh',
      norm: 'batch',
      init: 'orthogonal',
      gain_decay: 0.4,
      depth: 1000,
      width: 100,
      batch: 100,
    },
    paper: 'bn',
  },
  'bn-gain': {
    title: 'Gain against growth',
    text: 'How fast the gradient grows over the gain of a sine behind batch norm. The smaller the gain, the more linear the layer: near zero the price falls with its fourth power.',
    config: { act: 'sin', norm: 'batch', init: 'orthogonal', depth: 400, width: 100, batch: 100 },
    sweep: { key: 'gain', values: [0.1, 0.25, 0.5, 0.75, 0.9, 1], quantity: 'gradient_growth' },
    paper: 'bn',
  },
  'bn-isometry': {
    title: 'Samples become orthogonal',
    text: 'How far the samples are from orthogonal and equally long, the isometry gap. Linear layers behind batch norm take it to zero; with a sine or a tanh between, the samples stay as far as they were, and the gradient explodes.',
    config: {
      act: 'linear',
      norm: 'batch_uncentered',
      init: 'orthogonal',
      depth: 500,
      width: 100,
      batch: 100,
    },
    sweep: {
      key: 'act',
      values: ['linear', 'sin', 'tanh', 'erf', 'hard_tanh'],
      quantity: 'isometry_gap',
    },
    beside: [{ act: 'sin' }, { act: 'tanh' }],
    look: ['gsc:gap'],
    paper: 'bn',
  },
  'bn-mean': {
    title: 'With and without the mean',
    text: 'Batch norm that takes off the mean, and beside it one that only divides: both gradients arrive whole. There are more samples than units here, as a mean taken off leaves one direction fewer.',
    config: {
      act: 'linear',
      norm: 'batch',
      init: 'orthogonal',
      depth: 1000,
      width: 100,
      batch: 128,
    },
    beside: [{ norm: 'batch_uncentered' }],
    paper: 'bn',
  },
} satisfies Record<string, Preset>
