import type { Lesson } from './lesson.ts'

/** The edge of chaos: the phase diagram, order, chaos and depth scales. */
export const chaos: Lesson = [
  {
    title: 'Thirty-two inputs become one',
    link: 'act=tanh&sw=1&sb=0.2236&depth=60',
    look: ['correlation', 'norms'],
    text: [
      'A network can only learn to tell inputs apart if it keeps them apart. Here 32 random inputs start almost at right angles, with cosines near 0, and go through plain tanh layers:',
      '$x_l = tanh( W_l x_{l−1} + b_l )$',
      'Weights have scale $σ_w$, biases have scale $σ_b$. With these small weights the inputs find together: after 20 layers their mean cosine is 0.99. The top layers see the same thing whatever was put in.',
      'This is the *ordered* phase. The gradient fares no better: it shrinks by 0.864 a layer.',
    ],
    notice:
      'The mean cosine climbs to 1. The square beside it holds the cosines of all pairs at the layer under the cursor; move the cursor down to see them part.',
    settings: ['sw', 'sb'],
    question: {
      ask: 'Where does the agreement come from? Guess what happens without biases.',
      answer:
        'From the biases. Every layer gives all inputs the same one, and tanh squeezes what they do not share. Without biases the mean cosine stays at 0: pairs drift together or apart by chance, since 128 units are few, but nothing pulls them to one side. Then it is the signal that fades.',
      shows: { sb: 0 },
    },
    claims: [
      {
        says: '0.99',
        quantity: { of: 'value', row: 'mean_cosine', layer: 20 },
        expected: 0.99,
        tolerance: 0.005,
      },
      {
        says: '0.864',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 0.864,
        tolerance: 0.005,
      },
    ],
  },
  {
    title: 'Small differences grow',
    link: 'act=tanh&sw=2&sb=0.2236&depth=60&data=correlated&rho=0.99',
    look: ['correlation', 'norms'],
    text: [
      'Now the other way round. All inputs start nearly equal, with cosine 0.99, and the weights are twice as large.',
      'They are torn apart: at the top the mean cosine is near 0.2. A small difference at the input decides everything at the output. This is *chaos*.',
      'The gradient is nothing but a small difference, looked at from the other end. So it explodes: 1.16 a layer.',
    ],
    notice: 'The cosine falls from 0.99 and settles.',
    settings: ['sw', 'rho'],
    question: {
      ask: 'Where does the mean cosine settle if the inputs start at right angles instead?',
      answer:
        'At the same place. In theory this fixed point is at 0.165, whatever the start; the small rest is the finite width. The network forgets how far apart its inputs were, in chaos as in order.',
      shows: { data: 'gaussian' },
    },
    claims: [
      {
        says: '0.2',
        quantity: { of: 'value', row: 'mean_cosine', layer: 'top' },
        expected: 0.2,
        tolerance: 0.25,
      },
      {
        says: '1.16',
        quantity: { of: 'growth', row: 'log10_gradient_rms' },
        expected: 1.16,
        tolerance: 0.01,
      },
      {
        says: '0.165',
        quantity: { of: 'theory', what: 'cStar' },
        expected: 0.165,
        tolerance: 0.005,
      },
    ],
  },
  {
    title: 'One number, two phases',
    link: 'act=tanh&sw=1.6&sb=0.2236&depth=100',
    look: ['phase', 'norms'],
    text: [
      'One number decides. It is what one layer makes of a small difference, squared:',
      '$χ_1 = σ_w^2 E[ φ′{(√{q^∗} z)}^2 ]$',
      'the variance of the weights times the mean square slope of the activation. Here $z$ is a standard normal variable, and $q^∗$ is the mean square at which the signal settles before it enters the activation.',
      'Below 1 differences shrink and gradients vanish: order. Above 1 differences grow and gradients explode: chaos. It is the same number for both: where the signal settles at some size, a network cannot have one without the other.',
    ],
    notice:
      'The growth of the gradient predicted for every weight scale (across) and bias scale (up). The dashed line is the border, $χ_1 = 1$.',
    settings: ['sw', 'sb'],
    question: {
      ask: 'Drag the point, or move the weight scale, until the gradient is as flat as it gets. Where are you at $σ_b = 0.2236$?',
      answer:
        'On the border: $σ_w = 1.327$. The measured line is not perfectly flat, since 128 units are few and the signal takes some layers to settle.',
      shows: { sw: 1.327 },
    },
    claims: [
      {
        says: '1.327',
        quantity: { of: 'theory', what: 'criticalSw' },
        expected: 1.327,
        tolerance: 0.001,
      },
      {
        says: '$χ_1 = 1$',
        quantity: { of: 'theory', what: 'chi1' },
        expected: 1,
        tolerance: 0.001,
        at: { sw: 1.327 },
      },
    ],
  },
  {
    title: 'How deep does a signal reach?',
    link: 'act=tanh&sw=1.1&sb=0.2236&depth=100',
    look: ['phase', 'correlation'],
    text: [
      'In the ordered phase the cosine of two inputs goes to 1, and what is missing fades like $e^{−l/ξ}$. The depth scale $ξ$ is the number of layers in which it falls to about a third:',
      '$ξ = −1 / {ln χ_1}$',
      'At $σ_w = 1.1$ it is 6.1 layers, so that at layer 60 next to nothing is left. A network much deeper than its depth scale cannot pass anything on, neither up nor down.',
    ],
    notice: 'The depth scale $ξ_c$ stands below the map, with the other facts about the point.',
    settings: ['sw'],
    question: {
      ask: 'Move to $σ_w = 1.3$, close to the border at 1.327. How much deeper does a signal reach?',
      answer:
        'Ten times deeper: the depth scale is 64 layers. On the border it is infinite. That is why people start networks at the edge of chaos.',
      shows: { sw: 1.3 },
    },
    claims: [
      {
        says: '1.327',
        quantity: { of: 'theory', what: 'criticalSw' },
        expected: 1.327,
        tolerance: 0.001,
      },
      {
        says: '6.1',
        quantity: { of: 'theory', what: 'xiC' },
        expected: 6.1,
        tolerance: 0.005,
      },
      {
        says: '64',
        quantity: { of: 'theory', what: 'xiC' },
        expected: 64,
        tolerance: 0.01,
        at: { sw: 1.3 },
      },
    ],
  },
  {
    title: 'Try to break it',
    link: 'act=tanh&sw=2&sb=0.3&depth=100',
    look: ['phase', 'correlation', 'norms'],
    text: [
      'Is there chaos without curvature? Choose ReLU. Its gradient explodes for $σ_w$ above 1.414, and yet its inputs end in one direction on both sides: it knows vanishing and exploding, but never chaos.',
      'Try sine, which goes up and down for ever: above $σ_w = 1.414$ it is chaotic with any bias.',
    ],
    notice: 'The map follows the activation. The point shows where you are.',
    settings: ['act', 'sw', 'sb'],
    challenge: {
      goal: 'Find the edge yourself, at a bias scale where it has moved: gradients that arrive, and inputs that have not all become one.',
      conditions: [
        { text: 'activation tanh', key: 'act', oneOf: ['tanh'] },
        { text: 'at least 100 layers', key: 'depth', atLeast: 100 },
        { text: 'σb at least 0.3', key: 'sb', atLeast: 0.3 },
        { text: 'no normalization', key: 'norm', oneOf: ['none'] },
        { text: 'no skip path', key: 'mix', oneOf: ['none'] },
        {
          text: 'gradient at the input over gradient at the top from 1/5 to 5',
          quantity: { of: 'arrival', row: 'log10_gradient_rms' },
          atLeast: 1 / 5,
          atMost: 5,
        },
        {
          text: 'mean cosine at the top at most 0.99',
          quantity: { of: 'value', row: 'mean_cosine', layer: 'top' },
          atMost: 0.99,
        },
      ],
      hint: 'The critical $σ_w$ stands below the map. Stay a little on its chaotic side.',
      solution: { sw: 1.43 },
    },
    claims: [
      {
        says: '1.414',
        quantity: { of: 'theory', what: 'chi1' },
        expected: 1,
        tolerance: 0.001,
        at: { act: 'relu', sw: 1.414 },
      },
    ],
  },
]
