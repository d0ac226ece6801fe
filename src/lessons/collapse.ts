import type { Lesson } from './lesson.ts'

/** The gradient scale coefficient, collapsing domains, and the residual trick. */
export const collapse: Lesson = [
  {
    title: 'Large gradients that mean nothing',
    link: 'act=relu&init=orthogonal&sw=2&depth=50&width=100&batch=64',
    look: ['gsc', 'norms'],
    text: [
      'Multiply all weights of a ReLU network by √2 and its gradients explode. But the signal explodes with them: in relation to each other nothing has changed, and a learning rate can be adapted to that.',
      'So measure the gradient in relation to the signal. The *gradient scale coefficient* asks how much a change of one percent at layer $l$ moves the output, in percent:',
      '$GSC_l = |g_l| / |g_L| × |x_l| / |x_L|$',
      'Here the gradient grows by more than 10⁷, and the coefficient of the input is 2.3.',
    ],
    notice: 'The coefficient is nearly flat, while both lines of the other chart are steep.',
    settings: ['sw'],
    question: {
      ask: 'With $σ_w = 1$ the gradient vanishes instead. What does the coefficient do?',
      answer:
        'Nothing at all: it is 2.3 again. The sizes of the weights cancel. What is left is what cannot be repaired by rescaling.',
      shows: { sw: 1 },
    },
    claims: [
      {
        says: '10⁷',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 1.4e7,
        tolerance: 0.3,
      },
      {
        says: '2.3',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 2.3,
        tolerance: 0.03,
      },
      {
        says: 'it is 2.3 again',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 2.3,
        tolerance: 0.03,
        at: { sw: 1 },
      },
    ],
  },
  {
    title: 'One way out: explode',
    link: 'act=tanh&norm=layer&init=orthogonal&depth=50&width=100&batch=128',
    look: ['gsc', 'domain'],
    text: [
      'Tanh with layer norm, which gives every sample size 1 before the activation. The signal is fine, the inputs stay apart, and every layer still sees the whole curve of its tanh.',
      'But the coefficient of the input is 66, growing by 1.088 a layer. That is a real explosion: no rescaling removes it. A change of one percent in the first layer turns the output upside down.',
    ],
    notice: 'A straight line on these axes is exponential growth.',
    settings: ['depth', 'act'],
    question: {
      ask: 'What will the coefficient be at twice the depth?',
      answer: 'About the square: 3,500. In an exponential, twice the depth is the square.',
      shows: { depth: 100 },
    },
    claims: [
      {
        says: '66',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 66,
        tolerance: 0.02,
      },
      {
        says: '1.088',
        quantity: { of: 'growth', row: 'log10_gsc' },
        expected: 1.088,
        tolerance: 0.003,
      },
      {
        says: '3,500',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 3500,
        tolerance: 0.05,
        at: { depth: 100 },
      },
    ],
  },
  {
    title: 'The other way out: collapse',
    link: 'act=relu&norm=layer&init=orthogonal&depth=50&width=100&batch=128',
    look: ['domain', 'correlation', 'gsc'],
    text: [
      'ReLU with layer norm: the coefficient stays at 0.90. Is this the perfect network?',
      'Look at what a unit is given. Over the samples its input varies by only 0.097 of its size, and only one sample in a hundred has another sign than the rest. Each ReLU is always on or always off.',
      'A ReLU that never switches is a straight line, and fifty straight layers are one. The *domain has collapsed*: the network is deep on paper only.',
    ],
    notice:
      'The spread falls towards 0 and the sign diversity with it; the cosine of the inputs goes to 1.',
    settings: ['norm', 'act'],
    question: {
      ask: 'Batch norm would keep each unit busy, by design. What does it cost?',
      answer:
        'The spread is back at 1, and the coefficient explodes to 10,000. Of these networks each either explodes or collapses: a curved layer that keeps volumes must stretch some directions.',
      shows: { norm: 'batch' },
    },
    claims: [
      {
        says: '0.90',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 0.9,
        tolerance: 0.01,
      },
      {
        says: '0.097',
        quantity: { of: 'value', row: 'preactivation_std_ratio', layer: 'top' },
        expected: 0.097,
        tolerance: 0.02,
      },
      {
        says: 'one sample in a hundred',
        quantity: { of: 'value', row: 'sign_diversity', layer: 'top' },
        expected: 0.01,
        tolerance: 0.1,
      },
      {
        says: 'back at 1',
        quantity: { of: 'value', row: 'preactivation_std_ratio', layer: 'top' },
        expected: 1,
        tolerance: 0.001,
        at: { norm: 'batch' },
      },
      {
        says: '10,000',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 10_000,
        tolerance: 0.1,
        at: { norm: 'batch' },
      },
    ],
  },
  {
    title: 'The residual trick',
    link: 'act=tanh&norm=layer&init=orthogonal&order=norm_act_linear&mix=skip&tie=sum&branch=2&depth=50&width=100&batch=128',
    look: ['gsc', 'norms'],
    text: [
      'The same tanh and layer norm that reached 66, two layers at a time around a skip: a residual network of 25 blocks. The coefficient is 1.65.',
      'A skip *dilutes*. If a block passes on k times as much as it adds, and its branch alone would multiply by r, the block multiplies by',
      '$√{ (k^2 + r^2) / (k^2 + 1) }$',
      'For large k the excess over 1 falls with $1/k^2$. And k grows by itself: the signal in the skip gets larger with each block, while what is added does not.',
    ],
    notice:
      'Read the upper edge, the ends of the blocks; the zigzag is their inside, where only the branch is seen. On log-log axes the edge is nearly straight: a mild power of the depth.',
    settings: ['mix', 'branch', 'depth'],
    question: {
      ask: 'Four times as deep, 200 layers: what does it cost now?',
      answer: 'A coefficient of 2.1. The plain chain of 200 such layers is at 13 million.',
      shows: { depth: 200 },
    },
    claims: [
      {
        says: '1.65',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 1.65,
        tolerance: 0.01,
      },
      {
        says: '2.1',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 2.1,
        tolerance: 0.01,
        at: { depth: 200 },
      },
      {
        says: '13 million',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 13e6,
        tolerance: 0.25,
        at: { depth: 200, mix: 'none', order: 'linear_norm_act', branch: 1 },
      },
    ],
  },
  {
    title: 'Start out straight',
    link: 'act=relu&init=looks_linear&depth=50&width=100&batch=128',
    look: ['gsc', 'domain'],
    text: [
      'A residual network is a straight network plus small deviations. One can have this without skips: arrange the weights in mirrored pairs, so that of two ReLUs one passes what the other blocks.',
      '$O relu(h) − O relu(−h) = O h$',
      'At the start the whole network is a rotation, and its coefficient is 1.00. And yet every ReLU is used: the spread at the top is 0.997. Learning bends it from there.',
    ],
    notice: 'Flat at 1: nothing explodes. The other chart says that nothing collapses.',
    settings: ['init', 'depth', 'norm'],
    question: {
      ask: 'Does it survive a layer norm in every layer?',
      answer:
        'Nearly untouched. The samples all have about the same length, so that the norm divides them by about the same number.',
      shows: { norm: 'layer' },
    },
    claims: [
      {
        says: '1.00',
        quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
        expected: 1,
        tolerance: 0.01,
      },
      {
        says: '0.997',
        quantity: { of: 'value', row: 'preactivation_std_ratio', layer: 'top' },
        expected: 0.997,
        tolerance: 0.001,
      },
    ],
  },
  {
    title: 'Try to break it',
    link: 'act=relu&norm=layer&depth=100&width=100&batch=64',
    look: ['gsc', 'domain'],
    text: [
      'Look for a network without skips and without mirrored weights that does neither explode nor collapse. Self-normalized tanh comes close, and collapses slowly. The linear network does neither, and has no depth to lose.',
    ],
    notice: 'ReLU and layer norm at 100 layers: no explosion, total collapse.',
    settings: ['act', 'norm', 'init', 'mix', 'tie'],
    challenge: {
      goal: 'Make a ReLU network of 100 layers in which nothing explodes and every unit still has something to decide.',
      conditions: [
        { text: 'activation ReLU', key: 'act', oneOf: ['relu'] },
        { text: 'at least 100 layers', key: 'depth', atLeast: 100 },
        {
          text: 'gradient scale coefficient of the input at most 3',
          quantity: { of: 'value', row: 'log10_gsc', layer: 0 },
          atMost: 3,
        },
        {
          text: 'spread of what enters ReLU at the top at least 0.8',
          quantity: { of: 'value', row: 'preactivation_std_ratio', layer: 'top' },
          atLeast: 0.8,
        },
      ],
      hint: 'Mirrored weights, or an orthogonal filter with β = c / L.',
      solution: { init: 'looks_linear' },
    },
    claims: [],
  },
]
