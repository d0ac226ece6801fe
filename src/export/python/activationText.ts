import type { ActivationId } from '../../model/activations.ts'

/** An activation in NumPy: phi and phi' as expressions in z, and the lines that must stand before them. */
export interface NumpyActivation {
  readonly before?: string
  readonly phi: string
  readonly dphi: string
}

const SIGMOID = `def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))`

const SECH_SQUARED = `def sech_squared(z):
    """1 - tanh(z)**2 without cancellation."""
    e = np.exp(-2 * np.abs(z))
    return 4 * e / (1 + e) ** 2`

const NORMAL_CDF = `def normal_cdf(z):
    return 0.5 * np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2))`

const SELU = `SELU_LAMBDA, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772`

/** Exponentials are taken of the negative side alone, so that the other one cannot overflow. */
const NEGATIVE = 'np.minimum(z, 0)'

/** TABLE: the activations in NumPy. */
export const numpyActivations: Readonly<Record<ActivationId, NumpyActivation>> = {
  linear: { phi: 'z', dphi: 'np.ones_like(z)' },
  relu: { phi: 'np.maximum(z, 0)', dphi: 'np.where(z > 0, 1.0, 0.0)' },
  leaky_relu: { phi: 'np.where(z > 0, z, SLOPE * z)', dphi: 'np.where(z > 0, 1.0, SLOPE)' },
  elu: {
    phi: `np.where(z > 0, z, np.expm1(${NEGATIVE}))`,
    dphi: `np.where(z > 0, 1.0, np.exp(${NEGATIVE}))`,
  },
  selu: {
    before: SELU,
    phi: `SELU_LAMBDA * np.where(z > 0, z, SELU_ALPHA * np.expm1(${NEGATIVE}))`,
    dphi: `SELU_LAMBDA * np.where(z > 0, 1.0, SELU_ALPHA * np.exp(${NEGATIVE}))`,
  },
  gelu: {
    before: NORMAL_CDF,
    phi: 'z * normal_cdf(z)',
    dphi: 'normal_cdf(z) + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)',
  },
  silu: {
    before: SIGMOID,
    phi: 'z * sigmoid(z)',
    dphi: 'sigmoid(z) * (1 + z * sigmoid(-z))',
  },
  mish: {
    before: `${SIGMOID}\n\n\n${SECH_SQUARED}`,
    phi: 'z * np.tanh(np.logaddexp(0, z))',
    dphi: 'np.tanh(np.logaddexp(0, z)) + z * sech_squared(np.logaddexp(0, z)) * sigmoid(z)',
  },
  softplus: { before: SIGMOID, phi: 'np.logaddexp(0, z)', dphi: 'sigmoid(z)' },
  sigmoid: { before: SIGMOID, phi: 'sigmoid(z)', dphi: 'sigmoid(z) * sigmoid(-z)' },
  tanh: { before: SECH_SQUARED, phi: 'np.tanh(z)', dphi: 'sech_squared(z)' },
  hard_tanh: { phi: 'np.clip(z, -1, 1)', dphi: 'np.where(np.abs(z) < 1, 1.0, 0.0)' },
  erf: {
    phi: 'np.vectorize(math.erf, otypes=[float])(z)',
    dphi: '2 / math.sqrt(math.pi) * np.exp(-z * z)',
  },
  sin: { phi: 'np.sin(z)', dphi: 'np.cos(z)' },
  arctan: { phi: 'np.arctan(z)', dphi: '1 / (1 + z * z)' },
  softsign: { phi: 'z / (1 + np.abs(z))', dphi: '1 / (1 + np.abs(z)) ** 2' },
  abs: { phi: 'np.abs(z)', dphi: 'np.sign(z)' },
}

/** The same in PyTorch, whose autograd needs phi alone. */
export const torchActivations: Readonly<Record<ActivationId, string>> = {
  linear: 'z',
  relu: 'torch.relu(z)',
  leaky_relu: 'torch.nn.functional.leaky_relu(z, SLOPE)',
  elu: 'torch.nn.functional.elu(z)',
  selu: 'torch.selu(z)',
  gelu: 'torch.nn.functional.gelu(z)',
  silu: 'torch.nn.functional.silu(z)',
  mish: 'torch.nn.functional.mish(z)',
  softplus: 'torch.nn.functional.softplus(z)',
  sigmoid: 'torch.sigmoid(z)',
  tanh: 'torch.tanh(z)',
  hard_tanh: 'torch.nn.functional.hardtanh(z)',
  erf: 'torch.erf(z)',
  sin: 'torch.sin(z)',
  arctan: 'torch.atan(z)',
  softsign: 'torch.nn.functional.softsign(z)',
  abs: 'torch.abs(z)',
}
