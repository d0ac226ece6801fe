import type { Lesson } from './lesson.ts'

/** The hidden price of batch norm, the network that does not pay it, and shaped activations. */
export const batchNorm: Lesson = [
  {
    title: 'A perfect signal',
    link: 'act=relu&norm=batch&depth=100&batch=128',
    look: ['norms', 'correlation'],
    text: [
      'Batch norm takes each unit, subtracts its mean over the samples of the batch, and divides by its standard deviation. So whatever happened before, the signal has size 1 again:',
      '$x_l = relu( BN( W_l x_{l−1} ) )$',
      'It looks like the end of all trouble, and for the signal it is. The gradient grows by 1.21 a layer. After 100 layers it is more than a hundred million times too large.',
    ],
    notice: 'Blue is flat. Orange climbs on its way to the input, on the left.',
    settings: ['norm', 'depth'],
    question: {
      ask: 'What was batch norm good for, then? Guess what both lines do without it.',
      answer:
        'Without it both shrink, by a factor of 0.705 a layer. Batch norm repairs the signal and sends the bill to the gradient.',
      shows: { norm: 'none' },
    },
    claims: [
      {
        says: '1.21',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.21,
        tolerance: 0.005,
      },
      {
        says: 'a hundred million',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 1.4e8,
        tolerance: 0.25,
      },
      {
        says: '0.705',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 0.705,
        tolerance: 0.005,
        at: { norm: 'none' },
      },
    ],
  },
  {
    title: 'Where the price comes from',
    link: 'act=tanh&norm=batch&depth=100&batch=128',
    look: ['norms', 'distribution'],
    text: [
      'An activation brings values closer together: what comes out of φ has the variance $Var φ(z)$. The next batch norm divides by its square root and so stretches everything, gradients included. The slopes of φ shrink gradients by $√{E[{φ′}^2]}$. In all:',
      '$r = √{ E[φ′{(z)}^2] / Var φ(z) }$',
      'For ReLU this is √(π/(π−1)) = 1.211, for tanh 1.085. Could another activation be under 1? No: the Gaussian–Poincaré inequality says $Var φ ≤ E[{φ′}^2]$, for every φ there is.',
    ],
    notice: 'Tanh is cheaper than ReLU, and 100 layers are still too many.',
    settings: ['act'],
    question: {
      ask: 'There is one kind of activation for which both sides of the inequality are equal. Which?',
      answer:
        'A straight line. With the linear activation nothing is squeezed, and there is nothing to stretch back: the gradient grows by 1.004 a layer here.',
      shows: { act: 'linear' },
    },
    claims: [
      {
        says: '1.211',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.211,
        tolerance: 0.005,
        at: { act: 'relu' },
      },
      {
        says: '1.085',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.085,
        tolerance: 0.015,
      },
      {
        says: '1.004',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.004,
        tolerance: 0.002,
        at: { act: 'linear' },
      },
    ],
  },
  {
    title: 'The network that does not pay',
    link: 'act=linear&norm=batch_uncentered&init=orthogonal&depth=200&width=64&batch=64',
    look: ['norms', 'correlation'],
    text: [
      'A linear activation, orthogonal weights, as many samples as units, and batch norm without the subtraction. After 200 layers the gradient has stayed within a factor of 2.2.',
      'The reason is in the samples: layer by layer they become orthogonal to each other, until all units have the same size. Batch norm then divides everything by one number and has nothing left to do. Meterez et al. (2023) prove that the gradient stays bounded at any depth.',
    ],
    notice: 'Two flat lines, with batch norm in every layer.',
    settings: ['init', 'depth'],
    question: {
      ask: 'Are the rotations needed, or would Gaussian weights do as well?',
      answer:
        'They are needed. With Gaussian weights the gradient wanders by a factor of 15, and it goes on doing so with depth: each Gaussian matrix pushes the samples out of their right angles again.',
      shows: { init: 'gaussian' },
    },
    claims: [
      {
        says: '2.2',
        quantity: { of: 'ratio', row: 'log10_gradient_rms' },
        expected: 2.2,
        tolerance: 0.03,
      },
      {
        says: '15',
        quantity: { of: 'ratio', row: 'log10_gradient_rms' },
        expected: 15,
        tolerance: 0.1,
        at: { init: 'gaussian' },
      },
    ],
  },
  {
    title: 'The small print: full rank',
    link: 'act=linear&norm=batch_uncentered&init=orthogonal&depth=200&width=100&batch=10',
    look: ['norms', 'correlation'],
    text: [
      'The same linear network with rotations, but with ten samples in a hundred dimensions. The samples are nearly orthogonal from the start, and still the gradient grows by 1.055 a layer.',
      'Ten rows cannot fill a hundred columns. Each unit sees ten numbers, divides by a noisy estimate of their size, and the noise costs a little in every layer.',
    ],
    notice: 'The same recipe, another batch, and the line is straight and steep.',
    settings: ['batch', 'data', 'distinct'],
    question: {
      ask: 'How many samples does it take to stop the growth?',
      answer:
        'As many as there are units, and they must be different ones. With 100 samples the growth is 1.002. If you repeat the same few rows, it is back.',
      shows: { batch: 100 },
    },
    claims: [
      {
        says: '1.055',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.055,
        tolerance: 0.002,
      },
      {
        says: '1.002',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.002,
        tolerance: 0.001,
        at: { batch: 100 },
      },
    ],
  },
  {
    title: 'Almost straight',
    link: 'act=tanh&norm=batch&init=orthogonal&depth=200&width=100&batch=100',
    look: ['norms', 'distribution'],
    text: [
      'A network that is linear cannot do much. The way out is to bend the activation less and less with depth. Layer $l$ gives its tanh only a fraction of the signal:',
      '$x_l = tanh( l^{−k} BN( W_l x_{l−1} ) )$',
      'Near zero tanh is almost a straight line. The price falls with the fourth power of the gain, so a slow decay suffices: for $k$ above 1/4 the prices of all layers have a finite sum.',
      'As it is now, with $k = 0$, the gradient is more than ten million times too large at the input.',
    ],
    notice: 'Gain decay is the $k$ of the formula.',
    settings: ['gain_decay', 'act'],
    question: {
      ask: 'Try k = 0.4, which the authors use in their code. What happens to the explosion?',
      answer:
        'It is gone: over 200 layers the gradient stays within a factor of 3.6, with a nonlinear activation and batch norm in every layer.',
      shows: { gain_decay: 0.4 },
    },
    claims: [
      {
        says: 'more than ten million',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 13e6,
        tolerance: 0.2,
      },
      {
        says: '3.6',
        quantity: { of: 'ratio', row: 'log10_gradient_rms' },
        expected: 3.6,
        tolerance: 0.02,
        at: { gain_decay: 0.4 },
      },
    ],
  },
  {
    title: 'Try to break it',
    link: 'act=sin&norm=batch&init=orthogonal&depth=200&width=100&batch=100',
    look: ['norms'],
    text: [
      'Is there an activation under which batch norm makes gradients shrink? Go through the menu. Some of them misbehave more than the formula says: GELU and its relatives, whose values spread unevenly over the samples, have no dashed line at some sizes.',
      'Then mend the worst of the smooth ones.',
    ],
    notice: 'Sine under batch norm: about 1.15 a layer.',
    settings: ['act', 'gain_decay', 'gain', 'init'],
    challenge: {
      goal: 'Keep batch norm and a curved activation over 200 layers, and let the gradient arrive within a factor of ten. Skip paths are not allowed: that is the next lesson.',
      conditions: [
        { text: 'batch norm', key: 'norm', oneOf: ['batch'] },
        {
          text: 'a smooth curved activation',
          key: 'act',
          oneOf: [
            'sin',
            'tanh',
            'erf',
            'arctan',
            'elu',
            'selu',
            'gelu',
            'silu',
            'mish',
            'softplus',
            'sigmoid',
          ],
        },
        { text: 'at least 200 layers', key: 'depth', atLeast: 200 },
        { text: 'no skip path', key: 'mix', oneOf: ['none'] },
        { text: 'a gain of at least 0.5 in the first layer', key: 'gain', atLeast: 0.5 },
        {
          text: 'gradient at the input over gradient at the top from 1/10 to 10',
          quantity: { of: 'arrival', row: 'log10_gradient_rms' },
          atLeast: 0.1,
          atMost: 10,
        },
      ],
      hint: 'Let the gain decay, faster than $l^{−1/4}$.',
      solution: { gain_decay: 0.4 },
    },
    claims: [
      {
        says: '1.15',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.15,
        tolerance: 0.01,
      },
    ],
  },
]
