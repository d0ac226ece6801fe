import type { Preset } from './preset.ts'

/** TABLE: activations that normalize themselves, and their plain forms. */
export const selfNormalizing = {
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
} satisfies Record<string, Preset>
