import { formatNumber } from '../../base/formatLog10.ts'
import type { ActivationConstants } from '../../engine/protocol.ts'
import type { NormalizationId } from '../../model/normalizations.ts'

/** A constant of an activation: how it is written, how much it is, and what it is. */
export interface Constant {
  readonly id: string
  readonly symbol: string
  readonly value: (constants: ActivationConstants) => number | null
  /** Definition, formula and source. */
  readonly meaning: string
}

export interface ConstantGroup {
  readonly title: string
  readonly constants: readonly Constant[]
}

const POOLE = 'Poole et al. 2016, arXiv:1606.05340.'
const SCHOENHOLZ = 'Schoenholz et al. 2017, arXiv:1611.01232.'
const LU = 'Lu et al. 2020, arXiv:2006.12169.'
const YANG = 'Yang et al. 2019, arXiv:1902.08129.'

const moments: readonly Constant[] = [
  {
    id: 'm1',
    symbol: 'm₁',
    value: ({ m1 }) => m1,
    meaning:
      'Mean of the activation, m₁ = E[φ(g z)] with z standard normal and g the gain: what all inputs come to have in common.',
  },
  {
    id: 'm2',
    symbol: 'm₂',
    value: ({ m2 }) => m2,
    meaning:
      'Mean square of the activation, m₂ = E[φ(g z)²]: what a layer makes of the squared size of the signal.',
  },
  {
    id: 'd2',
    symbol: 'd₂',
    value: ({ d2 }) => d2,
    meaning:
      'Mean squared slope, d₂ = g² E[φ′(g z)²]: what a layer makes of the squared size of the gradient. Never below the variance m₂ − m₁² (Gaussian-Poincaré inequality).',
  },
  {
    id: 'lengthSlope',
    symbol: 'V′(1)',
    value: ({ lengthSlope }) => lengthSlope,
    meaning: `Slope of the length map at q = 1, V′(1) = σw² E[z f(z) f′(z)] with f(z) = a φ(g z) + b: below 1, a signal of size 1 comes back to it. ${POOLE}`,
  },
]

const normalized: readonly Constant[] = [
  {
    id: 'a',
    symbol: 'a',
    value: ({ gaussPoincare }) => gaussPoincare.a,
    meaning: `Scale of the Gaussian-Poincaré normalized activation a φ(z) + b, a = E[φ′²]^(−1/2): it keeps gradients. ${LU}`,
  },
  {
    id: 'upper',
    symbol: 'b₊',
    value: ({ gaussPoincare }) => gaussPoincare.upper,
    meaning: `Upper root of E[(a φ(z) + b)²] = 1, b₊ = −a E[φ] + √(1 − a² Var φ). ${LU}`,
  },
  {
    id: 'lower',
    symbol: 'b₋',
    value: ({ gaussPoincare }) => gaussPoincare.lower,
    meaning: `Lower root of E[(a φ(z) + b)²] = 1, b₋ = −a E[φ] − √(1 − a² Var φ). ${LU}`,
  },
  {
    id: 'slopeUpper',
    symbol: 'V′₊',
    value: ({ gaussPoincare }) => gaussPoincare.slopeUpper,
    meaning: `Slope of the length map of a φ(z) + b₊ at q = 1 with σw = 1. The root is taken whose slope is at most 1, b₊ on a tie: else a small error in size grows from layer to layer. ${POOLE}`,
  },
  {
    id: 'slopeLower',
    symbol: 'V′₋',
    value: ({ gaussPoincare }) => gaussPoincare.slopeLower,
    meaning: `Slope of the length map of a φ(z) + b₋ at q = 1 with σw = 1. ${POOLE}`,
  },
]

const growthOf = (norm: NormalizationId, symbol: string, meaning: string): Constant => ({
  id: norm,
  symbol,
  value: ({ growth }) => growth[norm],
  meaning: `Growth of the gradient a layer, going down, ${meaning}`,
})

const growth: readonly Constant[] = [
  growthOf(
    'none',
    'none',
    `without normalization: √χ₁ = σw √E[f′(√q* z)²] at the variance q* where the signal settles. ${SCHOENHOLZ}`,
  ),
  growthOf(
    'batch',
    'batch',
    `with batch normalization over batches of this size; for large ones √(d₂ / (m₂ − m₁²)), which is 1 for linear activations alone. No prediction where samples drift apart in size within the depth. ${YANG}`,
  ),
  growthOf(
    'batch_uncentered',
    'batch, not centred',
    `with batch normalization that subtracts no mean: √(d₂ / m₂) for odd activations without bias, else no prediction. ${YANG}`,
  ),
  growthOf(
    'layer',
    'layer',
    `with layer normalization: σw √(d₂ / (σw² m₂ + σb²)), of f(z) = a φ(g z) + b. ${SCHOENHOLZ}`,
  ),
  growthOf(
    'rms',
    'RMS',
    `with RMS normalization: σw √(d₂ / (σw² m₂ + σb²)), as with layer normalization. ${SCHOENHOLZ}`,
  ),
]

/** TABLE: the constants of the activation card, in their order. */
export const constantGroups: readonly ConstantGroup[] = [
  { title: 'Under z ~ N(0, 1)', constants: moments },
  { title: 'Normalized: a φ + b', constants: normalized },
  { title: 'Gradient a layer, by normalization', constants: growth },
]

export const growthIds: ReadonlySet<string> = new Set(growth.map(({ id }) => id))

/** Less than this is rounding in an integral that is zero. */
const ROUNDING = 1e-13

/** A constant in words: four digits, a factor where it is one. */
export function shownConstant({ id, value }: Constant, constants: ActivationConstants): string {
  const number = value(constants)
  if (number === null) return 'no prediction'
  if (Math.abs(number) < ROUNDING) return '0'
  return growthIds.has(id) ? `×${formatNumber(number, 4)}` : formatNumber(number, 4)
}

/** A slope this much above 1 counts as 1. */
const SLOPE_TIE = 1e-9

/** Which root is taken and why, and whether the network uses it. */
export function rootWords({ a, b, gaussPoincare }: ActivationConstants, isUsed: boolean): string {
  const { upper, lower, slopeUpper } = gaussPoincare
  const slope = formatNumber(slopeUpper, 4)
  const taken =
    upper === lower
      ? 'both roots are the same'
      : slopeUpper <= 1 + SLOPE_TIE
        ? `b₊ is taken: its slope ${slope} is at most 1`
        : `b₋ is taken: with b₊ the slope would be ${slope}, above 1`
  const inUse = `a = ${formatNumber(a, 4)}, b = ${formatNumber(b, 4)}`
  return isUsed ? `In use: ${inUse}; ${taken}.` : `Not in use (${inUse}); switched on, ${taken}.`
}
