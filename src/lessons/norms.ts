import type { Lesson } from './lesson.ts'

/** Norms kept both ways: Gaussian-Poincaré normalized activations, orthogonal weights, and width. */
export const norms: Lesson = [
  {
    title: 'Rotations lose nothing, tanh does',
    link: 'act=tanh&init=orthogonal&depth=200&width=200&batch=16',
    look: ['norms'],
    text: [
      'A rotation keeps the length of every vector, up and down: $|W x| = |x|$ and $|W^T g| = |g|$. With orthogonal weights only the activation can change sizes.',
      'Tanh takes a little from everything it is given. The signal sinks like $1/√{2 l}$, and after 200 layers its size is 0.05. The gradient sinks with it, to 0.059.',
    ],
    notice: 'Not straight lines this time: the smaller the signal, the less tanh takes.',
    settings: ['sw', 'init'],
    question: {
      ask: 'The obvious remedy is larger weights. Does $σ_w = 1.2$ repair both lines?',
      answer:
        'It repairs the signal, which settles at 0.41. But now the gradient grows by 1.018 a layer. One knob cannot hold two lines.',
      shows: { sw: 1.2 },
    },
    claims: [
      {
        says: '0.05',
        quantity: { of: 'value', row: 'log10_activation_rms', layer: 'top' },
        expected: 0.05,
        tolerance: 0.02,
      },
      {
        says: '0.059',
        quantity: { of: 'arrival', row: 'log10_gradient_rms' },
        expected: 0.059,
        tolerance: 0.01,
      },
      {
        says: '0.41',
        quantity: { of: 'value', row: 'log10_activation_rms', layer: 'top' },
        expected: 0.41,
        tolerance: 0.02,
        at: { sw: 1.2 },
      },
      {
        says: '1.018',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.018,
        tolerance: 0.002,
        at: { sw: 1.2 },
      },
    ],
  },
  {
    title: 'Two knobs for two lines',
    link: 'act=tanh&gpn=1&init=orthogonal&depth=200&width=200&batch=16',
    look: ['norms'],
    text: [
      'So turn two: stretch and shift the activation, $a φ(z) + b$, until for standard normal $z$ both are 1:',
      '$E[ {(a φ(z) + b)}^2 ] = 1$',
      '$E[ {(a φ′(z))}^2 ] = 1$',
      'The first line keeps the signal, the second the gradient. For tanh $a = 1.4674$ and $b = 0.3885$. Such an activation is called Gaussian-Poincaré normalized, after the inequality that says that the two can always be had together.',
      '200 layers without any normalization layer: the signal stays within a factor of 1.17, the gradient within 1.73.',
    ],
    notice: 'Two flat lines. The switch *Self-normalize* turns the correction on and off.',
    settings: ['gpn', 'act'],
    question: {
      ask: 'What are the constants for ReLU? You have met one of them.',
      answer:
        'a = 1.414 and b = 0: He initialization, written as a property of the activation. You can read the constants in the formula above the settings.',
      shows: { act: 'relu' },
    },
    claims: [
      {
        says: '1.4674',
        quantity: { of: 'theory', what: 'a' },
        expected: 1.4674,
        tolerance: 0.0001,
      },
      {
        says: '0.3885',
        quantity: { of: 'theory', what: 'b' },
        expected: 0.3885,
        tolerance: 0.0002,
      },
      {
        says: '1.17',
        quantity: { of: 'ratio', row: 'log10_activation_rms' },
        expected: 1.17,
        tolerance: 0.01,
      },
      {
        says: '1.73',
        quantity: { of: 'ratio', row: 'log10_gradient_rms' },
        expected: 1.73,
        tolerance: 0.01,
      },
      {
        says: '1.414',
        quantity: { of: 'theory', what: 'a' },
        expected: 1.414,
        tolerance: 0.001,
        at: { act: 'relu' },
      },
    ],
  },
  {
    title: 'Why rotations',
    link: 'act=linear&depth=200&width=100&batch=16&seeds=8',
    look: ['norms'],
    text: [
      'Take the activation away for a moment and look at the weights alone. These are Gaussian matrices of scale 1, eight networks at once: the line is the median, the band holds most of them.',
      'On average a Gaussian matrix keeps the length of a vector. But each one misses by a little, and over 200 layers the misses add up to a random walk. It also drifts down, since one loss of a tenth is more than one gain of a tenth makes good.',
    ],
    notice: 'Watch the bands: the gradient that arrives differs from network to network.',
    settings: ['init', 'act', 'gpn'],
    question: {
      ask: 'Exchange the Gaussian matrices for orthogonal ones. How wide are the bands then?',
      answer:
        'They are gone. A rotation never misses, and the largest size over the smallest is 1.000. With tanh on top, only the activation is left to chance.',
      shows: { init: 'orthogonal' },
    },
    claims: [
      {
        says: '1.000',
        quantity: { of: 'ratio', row: 'log10_gradient_rms' },
        expected: 1,
        tolerance: 0.0005,
        at: { init: 'orthogonal' },
      },
    ],
  },
  {
    title: 'Why width must grow',
    link: 'act=tanh&gpn=1&init=orthogonal&depth=200&width=32&batch=16&seeds=8',
    look: ['norms'],
    text: [
      'All this holds on average over the units, and 32 units are few. In every layer the gradient gains or loses a few percent by chance, less if there are more units to average over.',
      'It is a random walk: each layer a step of about $1/√n$ in the logarithm, and after $L$ layers a distance of about $√{L/n}$. To keep the gradient within a given factor, *the width must grow in proportion to the depth*.',
    ],
    notice: 'Eight networks of 32 units: the gradient band opens like a funnel on the way down.',
    settings: ['width', 'depth'],
    question: {
      ask: 'Four times as many units: how much narrower will the funnel be?',
      answer:
        'Half as wide on the logarithmic axis, since the step goes with the square root of the width. (Eight networks give a rough picture; the rule is for many.)',
      shows: { width: 128 },
    },
    claims: [],
  },
  {
    title: 'What is not kept',
    link: 'act=tanh&gpn=1&init=orthogonal&depth=200&width=200',
    look: ['correlation', 'norms'],
    text: [
      'Norms are kept. Angles are not. The inputs start at right angles, at layer 50 their mean cosine is 0.94, and at the top it is 0.988.',
      'The mean square slope is 1, so this network stands exactly on the edge of chaos, where cosines still creep to 1, slowly: like $1/l$, and not exponentially. It is the price for keeping both sizes with a curved activation.',
    ],
    notice: 'The cosine never stops climbing. The dashed line is mean-field theory.',
    settings: ['act', 'width'],
    question: {
      ask: 'Which activation keeps norms and angles?',
      answer: 'A straight one: then the whole network is one rotation. It is also one layer deep.',
      shows: { act: 'linear' },
    },
    claims: [
      {
        says: '0.94',
        quantity: { of: 'value', row: 'mean_cosine', layer: 50 },
        expected: 0.94,
        tolerance: 0.005,
      },
      {
        says: '0.988',
        quantity: { of: 'value', row: 'mean_cosine', layer: 'top' },
        expected: 0.988,
        tolerance: 0.001,
      },
    ],
  },
  {
    title: 'Try to break it',
    link: 'act=tanh&init=orthogonal&depth=200&width=100',
    look: ['norms'],
    text: [
      'Normalize other activations. ReLU at width 50 wanders far: nothing pulls its signal back. Double the depth without widening, or leave the rotations out.',
      'Then put it together again.',
    ],
    notice: 'A ratio is the largest value of a line over its smallest.',
    settings: ['gpn', 'init', 'width', 'seed'],
    challenge: {
      goal: 'Make a 200-layer tanh network whose gradient ratio is under 3, and whose signal ratio is under 1.5.',
      conditions: [
        { text: 'activation tanh', key: 'act', oneOf: ['tanh'] },
        { text: 'at least 200 layers', key: 'depth', atLeast: 200 },
        { text: 'no normalization layer', key: 'norm', oneOf: ['none'] },
        { text: 'no skip path', key: 'mix', oneOf: ['none'] },
        {
          text: 'gradient ratio at most 3',
          quantity: { of: 'ratio', row: 'log10_gradient_rms' },
          atMost: 3,
        },
        {
          text: 'signal ratio at most 1.5',
          quantity: { of: 'ratio', row: 'log10_activation_rms' },
          atMost: 1.5,
        },
      ],
      hint: 'Self-normalize first. If chance is against you at this width, widen.',
      solution: { gpn: 1, width: 200 },
    },
    claims: [],
  },
]
