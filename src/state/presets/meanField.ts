import type { Preset } from './preset.ts'

/** TABLE: what wide networks are predicted to do. */
export const meanField = {
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
  'depth-scale': {
    title: 'How deep it can be',
    text: 'Growth of the gradient over the scale of the weights. Where it crosses 1, near a scale of 1.33, differences between inputs live through any depth; at 1.22 they fade within some sixteen layers, at 1.41 within twenty-five.',
    config: { act: 'tanh', sw: 1.327, sb: 0.2236, depth: 100, width: 256, batch: 16 },
    sweep: {
      key: 'sw',
      values: [1, 1.14, 1.2247, 1.3038, 1.327, 1.35, 1.4142, 1.5811, 2],
      quantity: 'gradient_growth',
    },
    paper: 'information',
  },
  'bn-batch': {
    title: 'The price of a small batch',
    text: 'Growth of the gradient over the size of the batch, linear layers with batch norm. The deviations of a small batch are noisy, and that alone makes gradients explode; with ReLU even the largest batch leaves about 20 % a layer.',
    config: { act: 'linear', norm: 'batch', depth: 100, width: 256, batch: 64 },
    sweep: { key: 'batch', values: [8, 16, 32, 64, 128], quantity: 'gradient_growth' },
    paper: 'yang',
  },
  'isometry-tanh': {
    title: 'A tanh hardly bent',
    text: 'Orthogonal weights, and a signal so small that tanh hardly bends it: over 60 layers the weakest direction loses eight powers of ten. Gaussian weights lose eighty, and larger weights and biases on the same critical line (1.327 and 0.2236) thirty.',
    config: {
      act: 'tanh',
      init: 'orthogonal',
      sw: 1.0905,
      sb: 0.0316,
      depth: 60,
      width: 128,
    },
    paper: 'isometry',
  },
  'init-compare': {
    title: 'Four ways to begin',
    text: 'Fifty ReLU layers. With weights of variance 1/n the signal dies; of variance 2/n, Gaussian or orthogonal, it stays alive, but all inputs become one. Mirrored orthogonal weights keep the signal, the gradient and the inputs apart.',
    config: { act: 'relu', depth: 50, width: 128 },
    beside: [{ sw: 1.4142 }, { sw: 1.4142, init: 'orthogonal' }, { init: 'looks_linear' }],
    paper: 'shattered',
  },
  'tailored-relu': {
    title: 'A ReLU cut to its depth',
    text: 'How alike unrelated inputs become over 100 layers, for leaky ReLUs of one size and another slope. A plain ReLU makes them one, a straight line leaves them alone; a slope of 0.57 stops at a cosine of 0.9.',
    config: {
      act: 'leaky_relu',
      slope: 0.5704,
      gpn: 1,
      depth: 100,
      width: 256,
      batch: 16,
      seeds: 8,
    },
    sweep: {
      key: 'slope',
      values: [0, 0.2, 0.4, 0.5704, 0.7, 0.85, 1],
      quantity: 'mean_cosine',
    },
    paper: 'tailored',
  },
} satisfies Record<string, Preset>
