import { erf, normalCdf, normalPdf } from '../math/special.ts'

/** A pointwise nonlinearity and what the engines and the theory need to know of it. */
export interface Activation {
  readonly label: string
  /** phi(z); `slope` is the negative slope of leaky_relu and is ignored by the others. */
  readonly phi: (z: number, slope: number) => number
  /** phi'(z), with the convention of the contract at a kink. */
  readonly dphi: (z: number, slope: number) => number
  /** Points where phi' jumps, ascending. */
  readonly kinks: readonly number[]
  /** Does |phi(z)| grow linearly as z goes to + or - infinity? Otherwise it stays bounded. */
  readonly grows: boolean
  /** Is phi(0) = 0, so that a vanishing input gives a vanishing output? */
  readonly vanishes: boolean
  /** phi(t z) = t phi(z) for every t > 0: such networks carry any scale exactly. */
  readonly homogeneous: boolean
  /**
   * ln |phi'(z)| at z = side * e^lnAbs for |z| > FAR_OUT, where phi' itself may underflow; absent where
   * phi' stays of order one, or is exactly zero, out there.
   */
  readonly lnSlopeFar?: (side: -1 | 1, lnAbs: number) => number
  readonly source: string
}

/** Beyond this |z| the tails of phi' are taken by their logarithms, right to 1e-8. */
export const FAR_OUT = 25

const SELU_ALPHA = 1.6732632423543772
const SELU_LAMBDA = 1.0507009873554805
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI)
const LN_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI)

const sigmoid = (z: number) => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)))
const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))

/** 1 - tanh(z)^2 without cancellation in the tails. */
function sechSquared(z: number): number {
  const e = Math.exp(-2 * Math.abs(z))
  return (4 * e) / ((1 + e) * (1 + e))
}

/** d mish = tanh(sp) + z (1 - tanh(sp)^2) sigmoid(z) with sp = softplus(z). */
function dmish(z: number): number {
  const sp = softplus(z)
  return Math.tanh(sp) + z * sechSquared(sp) * sigmoid(z)
}

/** ln phi' of what falls like e^z on the left and has slope e^right on the right. */
const exponentialLeft = (left: number, right: number) => (side: -1 | 1, lnAbs: number) =>
  side < 0 ? left - Math.exp(lnAbs) : right

/** z e^z on the left. */
function selfGatedLeft(side: -1 | 1, lnAbs: number): number {
  const abs = Math.exp(lnAbs)
  return side > 0 ? 0 : lnAbs + Math.log1p(-1 / abs) - abs
}

/** |Phi(z) + z phi(z)| for z far left, by the asymptotic series of Phi. */
function gaussianGatedLeft(side: -1 | 1, lnAbs: number): number {
  const square = Math.exp(2 * lnAbs)
  const series = Math.log1p(-1 / square + 1 / (square * square))
  return side > 0 ? 0 : lnAbs + series - 0.5 * square - LN_SQRT_2_PI
}

const table = {
  linear: {
    label: 'Linear',
    phi: (z) => z,
    dphi: () => 1,
    kinks: [],
    grows: true,
    vanishes: true,
    homogeneous: true,
    source: 'identity',
  },
  relu: {
    label: 'ReLU',
    phi: (z) => (z > 0 ? z : 0),
    dphi: (z) => (z > 0 ? 1 : 0),
    kinks: [0],
    grows: true,
    vanishes: true,
    homogeneous: true,
    source: 'Nair and Hinton 2010',
  },
  leaky_relu: {
    label: 'Leaky ReLU',
    phi: (z, slope) => (z > 0 ? z : slope * z),
    dphi: (z, slope) => (z > 0 ? 1 : slope),
    kinks: [0],
    grows: true,
    vanishes: true,
    homogeneous: true,
    source: 'Maas et al. 2013',
  },
  elu: {
    label: 'ELU',
    phi: (z) => (z > 0 ? z : Math.expm1(z)),
    dphi: (z) => (z > 0 ? 1 : Math.exp(z)),
    kinks: [0],
    grows: true,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: exponentialLeft(0, 0),
    source: 'Clevert et al. 2016, arXiv:1511.07289, alpha = 1',
  },
  selu: {
    label: 'SELU',
    phi: (z) => SELU_LAMBDA * (z > 0 ? z : SELU_ALPHA * Math.expm1(z)),
    dphi: (z) => SELU_LAMBDA * (z > 0 ? 1 : SELU_ALPHA * Math.exp(z)),
    kinks: [0],
    grows: true,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: exponentialLeft(Math.log(SELU_LAMBDA * SELU_ALPHA), Math.log(SELU_LAMBDA)),
    source: 'Klambauer et al. 2017, arXiv:1706.02515, eq. 2',
  },
  gelu: {
    label: 'GELU',
    phi: (z) => z * normalCdf(z),
    dphi: (z) => normalCdf(z) + z * normalPdf(z),
    kinks: [],
    grows: true,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: gaussianGatedLeft,
    source: 'Hendrycks and Gimpel 2016, arXiv:1606.08415, exact form',
  },
  silu: {
    label: 'SiLU',
    phi: (z) => z * sigmoid(z),
    dphi: (z) => sigmoid(z) * (1 + z * sigmoid(-z)),
    kinks: [],
    grows: true,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: selfGatedLeft,
    source: 'Elfwing et al. 2018, arXiv:1702.03118',
  },
  mish: {
    label: 'Mish',
    phi: (z) => z * Math.tanh(softplus(z)),
    dphi: dmish,
    kinks: [],
    grows: true,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: selfGatedLeft,
    source: 'Misra 2019, arXiv:1908.08681',
  },
  softplus: {
    label: 'Softplus',
    phi: softplus,
    dphi: sigmoid,
    kinks: [],
    grows: true,
    vanishes: false,
    homogeneous: false,
    lnSlopeFar: exponentialLeft(0, 0),
    source: 'Dugas et al. 2001',
  },
  sigmoid: {
    label: 'Sigmoid',
    phi: sigmoid,
    dphi: (z) => sigmoid(z) * sigmoid(-z),
    kinks: [],
    grows: false,
    vanishes: false,
    homogeneous: false,
    lnSlopeFar: (_, lnAbs) => -Math.exp(lnAbs),
    source: 'logistic function',
  },
  tanh: {
    label: 'Tanh',
    phi: Math.tanh,
    dphi: sechSquared,
    kinks: [],
    grows: false,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: (_, lnAbs) => Math.log(4) - 2 * Math.exp(lnAbs),
    source: 'hyperbolic tangent',
  },
  hard_tanh: {
    label: 'Hard tanh',
    phi: (z) => Math.min(Math.max(z, -1), 1),
    dphi: (z) => (Math.abs(z) < 1 ? 1 : 0),
    kinks: [-1, 1],
    grows: false,
    vanishes: true,
    homogeneous: false,
    source: 'Collobert 2004',
  },
  erf: {
    label: 'Erf',
    phi: erf,
    dphi: (z) => TWO_OVER_SQRT_PI * Math.exp(-z * z),
    kinks: [],
    grows: false,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: (_, lnAbs) => Math.log(TWO_OVER_SQRT_PI) - Math.exp(2 * lnAbs),
    source: 'error function',
  },
  sin: {
    label: 'Sine',
    phi: Math.sin,
    dphi: Math.cos,
    kinks: [],
    grows: false,
    vanishes: true,
    homogeneous: false,
    source: 'sine',
  },
  arctan: {
    label: 'Arctan',
    phi: Math.atan,
    dphi: (z) => 1 / (1 + z * z),
    kinks: [],
    grows: false,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: (_, lnAbs) => -2 * lnAbs - Math.log1p(Math.exp(-2 * lnAbs)),
    source: 'inverse tangent',
  },
  softsign: {
    label: 'Softsign',
    phi: (z) => z / (1 + Math.abs(z)),
    dphi: (z) => 1 / ((1 + Math.abs(z)) * (1 + Math.abs(z))),
    kinks: [0],
    grows: false,
    vanishes: true,
    homogeneous: false,
    lnSlopeFar: (_, lnAbs) => -2 * (lnAbs + Math.log1p(Math.exp(-lnAbs))),
    source: 'Bergstra et al. 2009; phi is C1 at 0, phi" jumps',
  },
  abs: {
    label: 'Absolute value',
    phi: Math.abs,
    dphi: Math.sign,
    kinks: [0],
    grows: true,
    vanishes: true,
    homogeneous: true,
    source: 'absolute value',
  },
} satisfies Record<string, Activation>

export type ActivationId = keyof typeof table
export const activations: Readonly<Record<ActivationId, Activation>> = table
export const activationIds = Object.keys(table) as readonly ActivationId[]
