import type { Preset } from './preset.ts'

/** TABLE: orthogonal additive filters, and what they are compared with. */
export const filters = {
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
} satisfies Record<string, Preset>
