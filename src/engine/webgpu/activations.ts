import { type ActivationId, activationIds } from '../../model/activations.ts'

/** phi and phi' of one activation as WGSL expressions in `z`; `negative_slope()` is that of leaky_relu. */
interface WgslActivation {
  readonly value: string
  readonly slope: string
}

/**
 * TABLE: every activation in WGSL, from the functions of kernels/elementary.wgsl.
 * Accuracy: relative 2e-6 of the CPU's over 1e-6 ... 1e2 on both sides of zero (tests/webgpu/activations).
 */
const table: Readonly<Record<ActivationId, WgslActivation>> = {
  linear: { value: 'z', slope: '1.0' },
  relu: { value: 'max(z, 0.0)', slope: 'select(0.0, 1.0, z > 0.0)' },
  leaky_relu: {
    value: 'select(negative_slope() * z, z, z > 0.0)',
    slope: 'select(negative_slope(), 1.0, z > 0.0)',
  },
  elu: {
    value: 'select(accurate_expm1(min(z, 0.0)), z, z > 0.0)',
    slope: 'accurate_exp(min(z, 0.0))',
  },
  selu: {
    value:
      '1.0507009873554805 * select(1.6732632423543772 * accurate_expm1(min(z, 0.0)), z, z > 0.0)',
    slope:
      '1.0507009873554805 * select(1.6732632423543772 * accurate_exp(min(z, 0.0)), 1.0, z > 0.0)',
  },
  gelu: { value: 'z * normal_cdf(z)', slope: 'normal_cdf(z) + bounded(z) * normal_pdf(z)' },
  silu: {
    value: 'z * sigmoid(z)',
    slope: 'sigmoid(z) * (1.0 + bounded(z) * sigmoid(-z))',
  },
  mish: {
    value: 'z * mish_gate(z).x',
    slope: 'mish_gate(z).x + bounded(z) * mish_gate(z).y * sigmoid(z)',
  },
  softplus: { value: 'softplus(z)', slope: 'sigmoid(z)' },
  sigmoid: { value: 'sigmoid(z)', slope: 'sigmoid(z) * sigmoid(-z)' },
  tanh: { value: 'accurate_tanh(z)', slope: 'sech_squared(z)' },
  hard_tanh: { value: 'clamp(z, -1.0, 1.0)', slope: 'select(0.0, 1.0, abs(z) < 1.0)' },
  erf: {
    value: 'accurate_erf(z)',
    slope: '1.12837916709551257 * bell(min(abs(z), 10.0), 1.0)',
  },
  sin: { value: 'cosine_sine(z).y', slope: 'cosine_sine(z).x' },
  arctan: { value: 'accurate_atan(z)', slope: '1.0 / (1.0 + z * z)' },
  softsign: {
    value: 'z / (1.0 + abs(z))',
    slope: '1.0 / ((1.0 + abs(z)) * (1.0 + abs(z)))',
  },
  abs: { value: 'abs(z)', slope: 'sign(z)' },
}

/** A WGSL function of z that evaluates the chosen row of the table for the activation in the uniforms. */
function switchOver(name: string, expression: (row: WgslActivation) => string): string {
  const cases = activationIds.map((id, i) => `case ${i}u: { return ${expression(table[id])}; }`)
  return `fn ${name}(z : f32) -> f32 {
  switch (uniforms.kind.x) {
    ${cases.join('\n    ')}
    default: { return 0.0; }
  }
}`
}

/** The WGSL functions activation(z) and activation_slope(z), and what their expressions read. */
export const activationWgsl: string = [
  'fn negative_slope() -> f32 { return uniforms.scalars.z; }',
  '// z where a product with a vanishing tail would otherwise leave the range.',
  'fn bounded(z : f32) -> f32 { return clamp(z, -1.0e4, 1.0e4); }',
  switchOver('activation', (row) => row.value),
  switchOver('activation_slope', (row) => row.slope),
].join('\n')

/** The number that stands for an activation in the uniforms. */
export const activationCode = (id: ActivationId): number => activationIds.indexOf(id)
