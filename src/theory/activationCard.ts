import type { NetworkConfig } from '../model/config.ts'
import { type GaussPoincare, gaussPoincare } from '../model/gaussPoincare.ts'
import { resolveNetwork } from '../model/network.ts'
import { type NormalizationId, normalizationIds, normalizations } from '../model/normalizations.ts'
import { batchLaw, type BatchShape, columnDimensions } from './batchLaw.ts'
import { qStar } from './fixedPoints.ts'
import { lengthMapSlope } from './lengthMap.ts'
import { fieldAt, type MeanField } from './meanField.ts'
import { meanValue, secondMoment, squaredSlope } from './moments.ts'
import type { Nonlinearity } from './nonlinearity.ts'
import { isInScope } from './scope.ts'
import { chi1 } from './susceptibility.ts'

/** Constants of an activation under the standard normal law, z ~ N(0, 1). */
export interface ActivationCard {
  /** E[phi(g z)], E[phi(g z)^2] and the mean squared slope g^2 E[phi'(g z)^2]. */
  readonly m1: number
  readonly m2: number
  readonly d2: number
  /** As the network has it: a phi(g z) + b. */
  readonly a: number
  readonly b: number
  /** Gaussian-Poincare constants of phi itself, whatever the gain; both roots and the one that is taken. */
  readonly gaussPoincare: GaussPoincare
  /** Slope of the length map of the network at q = 1, weight scale included. */
  readonly lengthSlope: number
  /** Where the length map settles, from q = 1 on; 0 or Infinity where it leaves. */
  readonly qStar: number
  /** Gradient growth a layer with each normalization, i.i.d. weights and nothing mixed in; null: no theory known. */
  readonly growth: Readonly<Record<NormalizationId, number | null>>
}

/**
 * What decides how signals and gradients grow through wide layers of an activation. Growth a layer, going down:
 *
 *   none:        sqrt(chi_1) at q*
 *   layer, rms:  sqrt(sigma_w^2 d2 / (sigma_w^2 m2 + sigma_b^2)),  of a phi(g z) + b
 *   batch:       for batches of this size (`batchLaw`); sqrt(d2 / (m2 - m1^2)) for large ones
 *
 * @param config  of its settings for width, batch and depth only whether a batch stays even until the end, and how
 *                large it is; data, mixing, initialization and normalization do not matter
 * Accuracy: 1e-9 relative; batch that of the trajectory (tests/theory/activationCard).
 * Source: sigma_w^2 E[phi'^2] of Schoenholz et al. 2017, arXiv:1611.01232, over what the normalization divides by;
 * batch: Yang et al. 2019, arXiv:1902.08129; a, b: Lu et al. 2020, arXiv:2006.12169.
 */
export function activationCard(config: NetworkConfig): ActivationCard {
  const { act, slope, gain, gpn, sw, sb } = config
  const constants = gaussPoincare(act, slope)
  const [a, b] = gpn === 1 ? [constants.a, constants.b] : [1, 0]
  const shape: Nonlinearity = { act, slope, gain, a: 1, b: 0 }
  const field = fieldAt({ ...shape, a, b }, sw, sb)
  const q = qStar(field)
  return {
    m1: meanValue(shape, 1),
    m2: secondMoment(shape, 1),
    d2: squaredSlope(shape, 1),
    a,
    b,
    gaussPoincare: constants,
    lengthSlope: lengthMapSlope(field, 1),
    qStar: q,
    growth: growths(config, field, q),
  }
}

/** What is left of a network when only its activation, its scales and its sizes are looked at. */
const BARE = {
  mix: 'none',
  branch: 1,
  tied: 0,
  gain_decay: 0,
  init: 'gaussian',
  data: 'gaussian',
} as const

function growths(config: NetworkConfig, field: MeanField, q: number): ActivationCard['growth'] {
  const growthWith = (norm: NormalizationId): number | null => {
    if (!isInScope(resolveNetwork({ ...config, ...BARE, norm }))) return null
    const { axis, centred } = normalizations[norm]
    if (axis === 'none') return Math.sqrt(chi1(field, q))
    if (axis === 'feature') return sampleGrowth(field)
    return batchGrowth(field, { batch: config.batch, centred })
  }
  const entries = normalizationIds.map((norm) => [norm, growthWith(norm)])
  return Object.fromEntries(entries) as ActivationCard['growth']
}

/** Every sample is brought to variance 1, whatever the layer made of it. */
function sampleGrowth({ nonlinearity, weightVariance, biasVariance }: MeanField): number | null {
  const variance = weightVariance * secondMoment(nonlinearity, 1) + biasVariance
  if (variance === 0) return null
  return Math.sqrt((weightVariance * squaredSlope(nonlinearity, 1)) / variance)
}

/**
 * Every unit is brought to variance 1 over the batch: weights cancel, and so does a bias. Columns of N dimensions
 * have E[1 / sigma^2] = m / ((N - 2) Var h); what comes down through centring sums to zero over the samples.
 */
function batchGrowth({ nonlinearity }: MeanField, shape: BatchShape): number | null {
  const { square, product, alone, together } = batchLaw(nonlinearity, shape)
  const { batch: m, centred } = shape
  const likeness = centred ? -1 / (m - 1) : 0
  const passed = (1 - likeness) * alone + likeness * together
  const variance = centred ? square - product : square
  const growth = Math.sqrt(((m / (columnDimensions(shape) - 2)) * passed) / variance)
  // At gains under 1e-8 a variance is lost beside its mean, under 1e-150 squares are lost altogether.
  return Number.isFinite(growth) ? growth : null
}
