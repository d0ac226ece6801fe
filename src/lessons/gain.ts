import type { Lesson } from './lesson.ts'

/** Why gradients vanish and explode: the factor of one layer, to the power of the depth. */
export const gain: Lesson = [
  {
    title: 'Nine tenths, fifty times',
    link: 'act=linear&init=orthogonal&sw=0.9&depth=50&width=64',
    look: ['norms'],
    text: [
      'A deep network does one thing over and over. Take the simplest layer there is: no curved activation, and weights that only rotate the signal and scale it.',
      '$x_l = σ_w Q_l x_{l−1}$',
      'Here $Q_l$ is a rotation and $σ_w = 0.9$. Every layer keeps nine tenths of the size of its input, which looks harmless. After 50 layers $0.9^{50} = 0.0052$ of it is left.',
      'The gradient goes the other way, from the top down, through the same matrices, and loses the same tenth in each of them. A gradient that has become this small has *vanished*: whatever the first layers do hardly counts for the result any more.',
    ],
    notice:
      'Blue is the signal: read it from left to right. Orange is the gradient: read it from right to left. The axis is logarithmic, so the same factor in every layer makes a straight line.',
    settings: ['sw', 'depth'],
    question: {
      ask: 'Double the depth to 100 layers. Is what arrives at the input half of what it was?',
      answer:
        'No. It is multiplied by $0.9^{50}$ once more, and 0.0052 becomes 0.000027. The depth stands in the exponent.',
      shows: { depth: 100 },
    },
    claims: [
      {
        says: '0.0052',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.0052,
        tolerance: 0.01,
      },
      {
        says: '0.000027',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.000027,
        tolerance: 0.02,
        at: { depth: 100 },
      },
    ],
  },
  {
    title: 'The same upwards',
    link: 'act=linear&init=orthogonal&sw=1.1&depth=100&width=64',
    look: ['norms'],
    text: [
      'One tenth too much instead of one tenth too little, a hundred layers: the gradient arrives at the input 13,800 times as large as it left the top. It *explodes*.',
      'Vanishing and exploding are the same story:',
      '$"in all" = {"(gain of one layer)"}^L$',
      'where $L$ is the number of layers. Everything else on this page is about that one gain: what it depends on, and how to keep it at 1.',
    ],
    notice:
      'The same straight lines, tilted the other way. The thin orange line is the gradient of the weights, signal times gradient. Here the growth of the one makes up for that of the other, and it is too large in all layers alike.',
    settings: ['sw'],
    question: {
      ask: 'For which $σ_w$ does nothing happen? And how far off may it be, if the gradient is to stay within a factor of 3 over the 100 layers?',
      answer:
        'At $σ_w = 1$ both lines are flat. One percent is all there is room for: 1.011 to the power of 100 is already 2.99.',
      shows: { sw: 1.011 },
    },
    claims: [
      {
        says: '13,800',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 13_800,
        tolerance: 0.01,
      },
      {
        says: '2.99',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 2.99,
        tolerance: 0.005,
        at: { sw: 1.011 },
      },
    ],
  },
  {
    title: 'The activation takes its share',
    link: 'act=sigmoid&depth=20',
    look: ['norms', 'distribution'],
    text: [
      'Now with an activation. On its way down through a layer the gradient is multiplied by the weights, and by the slope of the activation at the place where the signal went through:',
      '$g_{l−1} = W^T ( φ′(h_l) g_l )$',
      'The sigmoid, the classic choice, is nowhere steeper than 1/4. With weights that keep the size, every layer leaves a factor of 0.237, and over twenty layers the gradient shrinks to 3×10⁻¹³ of itself.',
      'Look at the signal meanwhile: its size settles near 0.5. So the gradients of the weights vanish as well: the last layer learns, the first one does not. Nothing in the forward pass tells.',
    ],
    notice: 'The blue line is flat and healthy, the orange one falls by twelve powers of ten.',
    settings: ['act', 'sw'],
    question: {
      ask: 'Could larger weights make up for the small slopes? Try $σ_w = 4$.',
      answer:
        'Only in part. The factor rises to 0.63 a layer and not to 4 times 0.237, since larger weights push the signal to where the sigmoid is flat. After twenty layers the gradient is still 11,000 times smaller.',
      shows: { sw: 4 },
    },
    claims: [
      {
        says: '0.237',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 0.237,
        tolerance: 0.01,
      },
      {
        says: '3×10⁻¹³',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 3e-13,
        tolerance: 0.05,
      },
      {
        says: '0.5',
        quantity: { of: 'value', row: 'log10_activation_rms', layer: 'top' },
        expected: 0.5,
        tolerance: 0.02,
      },
      {
        says: '0.63',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 0.63,
        tolerance: 0.02,
        at: { sw: 4 },
      },
      {
        says: '11,000',
        quantity: { of: 'ratio', row: 'log10_gradient_rms' },
        expected: 11_000,
        tolerance: 0.03,
        at: { sw: 4 },
      },
    ],
  },
  {
    title: 'Half of the units are off',
    link: 'act=relu&depth=100',
    look: ['norms'],
    text: [
      'ReLU has slope 1 where it is on and 0 where it is off. On average half of the units are on, so half of the energy passes, which is a factor of √½ = 0.707 in size. In both directions.',
      'After 100 layers the signal has shrunk to 2×10⁻¹⁶.',
    ],
    notice: 'Both lines fall together; each layer costs the same.',
    settings: ['sw'],
    question: {
      ask: 'Which $σ_w$ repairs it exactly?',
      answer:
        'The one that doubles the energy: $σ_w = √2 = 1.414$, known as He initialization. What is left is chance: 128 units are not infinitely many, so each layer misses 1 by a little.',
      shows: { sw: 1.414 },
    },
    claims: [
      {
        says: '0.707',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 0.707,
        tolerance: 0.01,
      },
      {
        says: '2×10⁻¹⁶',
        quantity: { of: 'value', row: 'log10_activation_rms', layer: 'top' },
        expected: 2e-16,
        tolerance: 0.1,
      },
      {
        says: '1.414',
        quantity: { of: 'theory', what: 'criticalSw' },
        expected: 1.414,
        tolerance: 0.001,
      },
    ],
  },
  {
    title: 'Try to break it',
    link: 'act=tanh&sw=2&depth=100',
    look: ['norms'],
    text: [
      'The rule says: gain of one layer, to the power of the depth. Look for an exception. Take another activation, another seed, ten times the depth. Weights that are 5 % too large make a factor of 17,000 over 200 linear layers.',
      'You will find lines that bend while the signal settles, and are straight afterwards. One case is special: where the gain is exactly 1, as for tanh with $σ_w = 1$, small effects decide, and the lines bend for ever.',
    ],
    notice: 'Tanh with $σ_w = 2$: the gradient explodes by 1.16 a layer.',
    settings: ['sw', 'gpn', 'init', 'depth'],
    challenge: {
      goal: 'Tame these 100 tanh layers: the gradient shall arrive at the input neither more than three times larger nor more than three times smaller than it left the top.',
      conditions: [
        { text: 'activation tanh', key: 'act', oneOf: ['tanh'] },
        { text: 'at least 100 layers', key: 'depth', atLeast: 100 },
        { text: 'no normalization', key: 'norm', oneOf: ['none'] },
        { text: 'no skip path', key: 'mix', oneOf: ['none'] },
        {
          text: 'gradient at the input over gradient at the top from 1/3 to 3',
          quantity: { of: 'arrival', row: 'log10_gradient_rms' },
          atLeast: 1 / 3,
          atMost: 3,
        },
      ],
      hint: 'The gain falls with $σ_w$. It is near 1 a little above $σ_w = 1$.',
      solution: { sw: 1.1 },
    },
    claims: [
      {
        says: '17,000',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 17_000,
        tolerance: 0.02,
        at: { act: 'linear', init: 'orthogonal', sw: 1.05, depth: 200 },
      },
      {
        says: '1.16',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.16,
        tolerance: 0.015,
      },
    ],
  },
]
