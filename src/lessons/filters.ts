import type { Lesson } from './lesson.ts'

/** Filters and skips: most of the input passed on, a little added; also in time, with tied weights. */
export const filters: Lesson = [
  {
    title: 'What a chain does to directions',
    link: 'act=tanh&depth=50&width=64',
    look: ['spectrum'],
    text: [
      'So far we have looked at sizes. Now at directions. Nudge the input a little in some direction: the nudge arrives at the top stretched by some factor. The factors of all directions are the *singular values* of the network.',
      'Fifty plain tanh layers: the luckiest of 64 directions arrives with 0.50 of its length, the unluckiest with 10⁻⁷⁰. The average hides it, but the network has lost nearly everything: all but a few directions are gone.',
    ],
    notice:
      'Every column is a layer, dark where many singular values are. On the right the layer under the cursor.',
    settings: ['init', 'depth'],
    question: {
      ask: 'Do rotations help, without Gaussian matrices to squeeze some directions?',
      answer:
        'Much: the unluckiest direction now keeps 6×10⁻⁴. But tanh still bends and shrinks, and the band goes on widening with depth.',
      shows: { init: 'orthogonal' },
    },
    claims: [
      {
        says: '0.50',
        quantity: { of: 'singular', which: 'largest' },
        expected: 0.5,
        tolerance: 0.01,
      },
      {
        says: '10⁻⁷⁰',
        quantity: { of: 'singular', which: 'smallest' },
        expected: 1e-70,
        tolerance: 0.6,
      },
      {
        says: '6×10⁻⁴',
        quantity: { of: 'singular', which: 'smallest' },
        expected: 6e-4,
        tolerance: 0.03,
        at: { init: 'orthogonal' },
      },
    ],
  },
  {
    title: 'Pass it on, add a little',
    link: 'act=tanh&mix=orthogonal&tie=depth&c=1&depth=200&width=64',
    look: ['spectrum', 'norms'],
    text: [
      'Let each layer pass most of its input on, rotated, and add only a little of something new:',
      '$x_l = α S_l x_{l−1} + β tanh( W_l x_{l−1} )$',
      'with a rotation $S_l$, the filter, and $α + β = 1$. Share the new out over the depth: $β = c/L$. The deeper the network, the less each layer adds.',
      'Over 200 layers with $c = 1$ all singular values lie between 0.339 and 0.398, around $(1 − 1/L)^L ≈ e^{−1} = 0.37$. No direction is lost.',
    ],
    notice: 'A thin line instead of a wide fan.',
    settings: ['c', 'depth'],
    question: {
      ask: 'Around which value will they lie for c = 3?',
      answer:
        'Around $e^{−3} = 0.050$. A larger c makes the network more nonlinear, and its signal smaller. What matters is that depth is not in the formula.',
      shows: { c: 3 },
    },
    claims: [
      {
        says: '0.339',
        quantity: { of: 'singular', which: 'smallest' },
        expected: 0.339,
        tolerance: 0.005,
      },
      {
        says: '0.398',
        quantity: { of: 'singular', which: 'largest' },
        expected: 0.398,
        tolerance: 0.005,
      },
      {
        says: '0.37',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.37,
        tolerance: 0.01,
      },
      {
        says: '0.050',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.05,
        tolerance: 0.02,
        at: { c: 3 },
      },
    ],
  },
  {
    title: 'A fixed share is too much',
    link: 'act=tanh&mix=orthogonal&alpha=0.99&depth=200&width=64',
    look: ['norms', 'spectrum'],
    text: [
      'Could one simply choose a small β once and for all? Here each layer passes on 0.99 and adds 0.01.',
      'A rotated copy and a random branch do not point the same way, so their sum is shorter than both together: per layer about 0.99 of the gradient is left. After 200 layers that is 0.135.',
    ],
    notice: 'Straight lines again: a gain a layer, to the power of the depth.',
    settings: ['tie', 'alpha', 'c', 'depth'],
    question: {
      ask: 'What is left after 1000 layers?',
      answer:
        'A factor of 4.5×10⁻⁵: the gradient vanishes, only later. A fixed share shifts the problem, a share of c / L solves it.',
      shows: { depth: 1000 },
    },
    claims: [
      {
        says: '0.135',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.135,
        tolerance: 0.005,
      },
      {
        says: '4.5×10⁻⁵',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 4.5e-5,
        tolerance: 0.03,
        at: { depth: 1000 },
      },
    ],
  },
  {
    title: 'Fifty thousand layers',
    link: 'act=tanh&mix=orthogonal&tie=depth&c=1&depth=5000&width=32&batch=8',
    look: ['norms'],
    text: [
      'Ceni (2022) reports training a network of 50,000 layers with such filters, by plain backpropagation.',
      'This one has 5,000, and the gradient arrives with 0.367 of its size.',
    ],
    notice: 'The lines end where those of 200 layers ended.',
    settings: ['depth'],
    question: {
      ask: 'Ten times deeper: what will be left of the gradient? (Your computer will need some seconds.)',
      answer:
        'The same 0.367. With the fixed share of the step before, next to nothing would be left.',
      shows: { depth: 50_000 },
    },
    claims: [
      {
        says: '0.367',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.367,
        tolerance: 0.005,
      },
      {
        says: 'The same 0.367',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.367,
        tolerance: 0.005,
        at: { depth: 50_000 },
      },
    ],
  },
  {
    title: 'A network in time',
    link: 'act=tanh&tied=1&mix=orthogonal&tie=depth&c=1&depth=500&width=64',
    look: ['spectrum'],
    text: [
      'Does the filter have to be a rotation, or is a plain skip as good? If every layer has weights of its own, it makes no difference. Try it with *Same weights in all layers* off.',
      'In a recurrent network every step has the same weights. Here 500 steps share one $W$ and one rotation, and all singular values lie between 0.324 and 0.413.',
    ],
    notice: 'A narrow band, although the same weights act 500 times.',
    settings: ['mix', 'tied', 'c'],
    question: {
      ask: 'Now replace the rotation by a plain skip. What does $W$ do, pushing in the same direction at each step?',
      answer:
        'It adds up. The band spreads from 0.127 to 1.05. With the rotation the state has turned between two visits, and the pushes average out.',
      shows: { mix: 'skip' },
    },
    claims: [
      {
        says: '0.324',
        quantity: { of: 'singular', which: 'smallest' },
        expected: 0.324,
        tolerance: 0.005,
      },
      {
        says: '0.413',
        quantity: { of: 'singular', which: 'largest' },
        expected: 0.413,
        tolerance: 0.005,
      },
      {
        says: '0.127',
        quantity: { of: 'singular', which: 'smallest' },
        expected: 0.127,
        tolerance: 0.005,
        at: { mix: 'skip' },
      },
      {
        says: '1.05',
        quantity: { of: 'singular', which: 'largest' },
        expected: 1.05,
        tolerance: 0.01,
        at: { mix: 'skip' },
      },
    ],
  },
  {
    title: 'Try to break it',
    link: 'act=tanh&tied=1&mix=skip&tie=depth&c=1&depth=500&width=64',
    look: ['spectrum'],
    text: [
      'How much nonlinearity can a filter bear? With the rotation, raise c to 10: the signal falls to 10⁻⁴, and the band widens. Try ReLU, or larger weights. Try α = β = 1 with a plain skip, the usual residual network: the signal grows instead.',
    ],
    notice: 'The spread is the largest singular value over the smallest.',
    settings: ['mix', 'tie', 'c', 'sw'],
    challenge: {
      goal: 'Build a recurrent tanh network that remembers: over 500 steps no direction of its state may be favoured much over another, and none may be lost.',
      conditions: [
        { text: 'activation tanh', key: 'act', oneOf: ['tanh'] },
        { text: 'the same weights in all layers', key: 'tied', oneOf: [1] },
        { text: 'at least 500 steps', key: 'depth', atLeast: 500 },
        { text: 'weight scale σw at least 0.5', key: 'sw', atLeast: 0.5 },
        { text: 'c at least 1', key: 'c', atLeast: 1 },
        { text: 'β = c / L', key: 'tie', oneOf: ['depth'] },
        {
          text: 'largest over smallest singular value at most 1.5',
          quantity: { of: 'singular', which: 'spread' },
          atMost: 1.5,
        },
        {
          text: 'smallest singular value at least 0.3',
          quantity: { of: 'singular', which: 'smallest' },
          atLeast: 0.3,
        },
      ],
      hint: 'Turn the state between the steps.',
      solution: { mix: 'orthogonal' },
    },
    claims: [
      {
        says: '10⁻⁴',
        quantity: { of: 'value', row: 'log10_activation_rms', layer: 'top' },
        expected: 1e-4,
        tolerance: 0.3,
        at: { c: 10, mix: 'orthogonal' },
      },
    ],
  },
]
