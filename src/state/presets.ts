import type { NetworkConfig } from '../model/config.ts'
import type { PaperId } from './papers.ts'
import type { Sweep } from './sweepField.ts'

/** A named network: what it shows in a sentence or two, and the paper it comes from. */
export interface Preset {
  readonly title: string
  readonly text: string
  /** What differs from the defaults of the link. */
  readonly config: Partial<NetworkConfig>
  /** What it is about only shows over several values of a setting. */
  readonly sweep?: Sweep
  readonly paper: PaperId
}

/** Depths of the figures over depth. */
const DEPTHS = [5, 10, 20, 50, 100, 200, 500, 1000]

const table = {
  'bsnn-tanh': {
    title: 'Self-normalizing tanh',
    text: 'Tanh, shifted and scaled so that it keeps both the signal and the gradient, with orthogonal weights. 200 layers without normalization, and both lines stay flat.',
    config: { act: 'tanh', gpn: 1, init: 'orthogonal', depth: 200, width: 200 },
    paper: 'bsnn',
  },
  'bsnn-gauss': {
    title: 'Self-normalizing, Gaussian weights',
    text: 'The same activation with Gaussian instead of orthogonal weights. The lines wander visibly more: every layer adds the noise of its weights.',
    config: { act: 'tanh', gpn: 1, depth: 200, width: 100 },
    paper: 'bsnn',
  },
  'bsnn-gelu': {
    title: 'Self-normalizing GELU',
    text: 'GELU has two self-normalizing shifts; the one in use has a stable length map. The signal returns to its size after every disturbance.',
    config: { act: 'gelu', gpn: 1, init: 'orthogonal', depth: 200, width: 200 },
    paper: 'bsnn',
  },
  'bsnn-collapse': {
    title: 'Kept norms, lost differences',
    text: 'Every norm is kept, and yet the inputs creep onto one direction. Self-normalization sits at the edge of chaos, where correlations go to 1 slowly.',
    config: { act: 'tanh', gpn: 1, init: 'orthogonal', depth: 200, width: 300, batch: 64 },
    paper: 'bsnn',
  },
  'plain-tanh': {
    title: 'Plain tanh sinks',
    text: 'Orthogonal weights without the correction: each tanh takes a little, and the signal sinks like one over the square root of twice the depth.',
    config: { act: 'tanh', init: 'orthogonal', depth: 200, width: 500 },
    paper: 'bsnn',
  },
  'plain-selu': {
    title: 'Plain SELU climbs',
    text: 'SELU keeps the signal at size 1, but its slopes are a little too steep for the gradient. It gains 3.5 % a layer, a thousandfold over 200 layers.',
    config: { act: 'selu', init: 'orthogonal', depth: 200, width: 500 },
    paper: 'bsnn',
  },
  'plain-relu': {
    title: 'Plain ReLU dies',
    text: 'ReLU throws away half of the signal energy in every layer. After 200 layers a factor of 10³⁰ is gone.',
    config: { act: 'relu', init: 'orthogonal', depth: 200, width: 500 },
    paper: 'bsnn',
  },
  'bsnn-width': {
    title: 'Width against depth',
    text: 'Largest over smallest weight gradient of 200 self-normalizing layers. Each layer adds noise of size one over the width: the wider, the nearer to 1.',
    config: { act: 'tanh', gpn: 1, init: 'orthogonal', depth: 200, width: 100, batch: 2 },
    sweep: { key: 'width', values: [50, 100, 200, 400], quantity: 'log10_gradient_ratio' },
    paper: 'bsnn',
  },
  'roa-spectrum': {
    title: 'Orthogonal additive filters',
    text: 'Each layer mixes a rotated copy of its input with a little nonlinearity, 1/L of it. The singular values of the whole network stay in a narrow band around 1/e, however deep it is.',
    config: { act: 'tanh', mix: 'orthogonal', tie: 'depth', c: 1, depth: 200, width: 64 },
    paper: 'roa',
  },
  'roa-fixed-beta': {
    title: 'A fixed share vanishes',
    text: 'The nonlinear branch keeps one hundredth at any depth. Over 1000 layers that is too much: the gradient is gone again.',
    config: { act: 'tanh', mix: 'orthogonal', tie: 'convex', alpha: 0.99, depth: 1000, width: 64 },
    paper: 'roa',
  },
  'roa-plain': {
    title: 'The same without filters',
    text: 'Plain tanh layers at depth 50: even the largest singular value is well below 1, and the smallest ones are astronomically small.',
    config: { act: 'tanh', depth: 50, width: 64 },
    paper: 'roa',
  },
  'roa-rnn': {
    title: 'Recurrent, orthogonal filter',
    text: 'One set of weights for 1000 time steps. The orthogonal filter turns the state between visits, so that nothing adds up: a narrow band.',
    config: {
      act: 'tanh',
      tied: 1,
      mix: 'orthogonal',
      tie: 'depth',
      c: 1,
      depth: 1000,
      width: 128,
    },
    paper: 'roa',
  },
  'roa-rnn-identity': {
    title: 'Recurrent, identity skip',
    text: 'The same with a plain skip. The shared weights push in the same direction at every step, and the band is wide.',
    config: { act: 'tanh', tied: 1, mix: 'skip', tie: 'depth', c: 1, depth: 1000, width: 128 },
    paper: 'roa',
  },
  'roa-50000': {
    title: 'Fifty thousand layers',
    text: 'The depth that was trained with these filters. The gradient still arrives whole; the run takes some seconds.',
    config: {
      act: 'tanh',
      mix: 'orthogonal',
      tie: 'depth',
      c: 1,
      depth: 50_000,
      width: 64,
      batch: 16,
    },
    paper: 'roa',
  },
  'roa-depth': {
    title: 'The narrower, the deeper',
    text: 'Largest over smallest singular value of the whole network. With the branch at 1/L the band narrows as one over the root of the depth.',
    config: { act: 'tanh', mix: 'orthogonal', tie: 'depth', c: 1, depth: 100, width: 64, batch: 2 },
    sweep: {
      key: 'depth',
      values: [10, 20, 50, 100, 200, 500, 1000],
      quantity: 'log10_condition',
    },
    paper: 'roa',
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
  ordered: {
    title: 'The ordered phase',
    text: 'Small weights: all inputs become one, and gradients vanish.',
    config: { act: 'tanh', sw: 1, sb: 0.2236, depth: 100, width: 256 },
    paper: 'chaos',
  },
  critical: {
    title: 'The edge of chaos',
    text: 'Just between order and chaos differences and gradients live longest.',
    config: { act: 'tanh', sw: 1.327, sb: 0.2236, depth: 100, width: 256 },
    paper: 'chaos',
  },
  chaotic: {
    title: 'The chaotic phase',
    text: 'Large weights: close inputs are torn apart, and gradients explode.',
    config: { act: 'tanh', sw: 2, sb: 0.2236, depth: 100, width: 256 },
    paper: 'chaos',
  },
  'bn-small-batch': {
    title: 'Small batches alone explode',
    text: 'A linear network with batch norm and eight samples: dividing by a noisy deviation costs 9.5 % a layer, whatever the activation.',
    config: { act: 'linear', norm: 'batch', depth: 100, width: 512, batch: 8 },
    paper: 'yang',
  },
  'linear-gauss': {
    title: 'A product of Gaussian matrices',
    text: 'Twenty random matrices multiplied: the mean square singular value stays 1, but a few directions take it all.',
    config: { act: 'linear', depth: 20, width: 256 },
    paper: 'saxe',
  },
  'linear-orthogonal': {
    title: 'A product of rotations',
    text: 'Twenty rotations multiplied are a rotation: every singular value is exactly 1.',
    config: { act: 'linear', init: 'orthogonal', depth: 20, width: 256 },
    paper: 'saxe',
  },
} satisfies Record<string, Preset>

export type PresetId = keyof typeof table
export const presets: Readonly<Record<PresetId, Preset>> = table
export const presetIds = Object.keys(table) as readonly PresetId[]

/** What a visitor without a link sees: it looks safe and is not. */
export const firstScene: Partial<NetworkConfig> = { act: 'relu', norm: 'batch', depth: 100 }
