import type { NetworkConfig } from '../model/config.ts'
import { type GaussPoincare, gaussPoincare } from '../model/gaussPoincare.ts'
import type { NormalizationId } from '../model/normalizations.ts'
import { samplesStayAlike } from './batchStability.ts'
import { qStar } from './fixedPoints.ts'
import { lengthMapSlope } from './lengthMap.ts'
import { fieldAt, type MeanField } from './meanField.ts'
import { meanValue, momentLaw, secondMoment, squaredSlope } from './moments.ts'
import type { Nonlinearity } from './nonlinearity.ts'
import { isOdd } from './scope.ts'
import { chi1 } from './susceptibility.ts'

/** The settings that decide the constants of an activation; the depth, whether a batch stays even until its end. */
export type CardSettings = Pick<
  NetworkConfig,
  'act' | 'slope' | 'gain' | 'gpn' | 'sw' | 'sb' | 'depth'
>

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
 * What decides how signals and gradients grow through wide layers of an activation.
 *
 *   none:        sqrt(chi_1) at q*
 *   layer, rms:  sqrt(sigma_w^2 d2 / (sigma_w^2 m2 + sigma_b^2)),  of a phi(g z) + b
 *   batch:       sqrt(d2 / (m2 - m1^2)),  for a large batch much smaller than the width; null where samples drift
 *                apart in size within the depth (gelu, silu, softplus, abs; mish beyond a hundred layers)
 *   batch_uncentered: the same, for odd activations without bias, so that samples stay uncorrelated; else null
 *
 * Accuracy: 1e-9 relative, batch 1e-8 (tests/theory/activationCard).
 * Source: sigma_w^2 E[phi'^2] of Schoenholz et al. 2017, arXiv:1611.01232, over what the normalization divides by;
 * batch: Yang et al. 2019, arXiv:1902.08129; a, b: Lu et al. 2020, arXiv:2006.12169.
 */
export function activationCard(settings: CardSettings): ActivationCard {
  const { act, slope, gain, gpn, sw, sb, depth } = settings
  const constants = gaussPoincare(act, slope)
  const [a, b] = gpn === 1 ? [constants.a, constants.b] : [1, 0]
  const shape: Nonlinearity = { act, slope, gain, a: 1, b: 0 }
  const used: Nonlinearity = { ...shape, a, b }
  const field = fieldAt(used, sw, sb)
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
    growth: {
      none: Math.sqrt(chi1(field, q)),
      batch: batchGrowth(field, depth),
      batch_uncentered: uncentredBatchGrowth(field, depth),
      layer: sampleGrowth(field),
      rms: sampleGrowth(field),
    },
  }
}

/** Every sample is brought to variance 1, whatever the layer made of it. */
function sampleGrowth({ nonlinearity, weightVariance, biasVariance }: MeanField): number | null {
  const variance = weightVariance * secondMoment(nonlinearity, 1) + biasVariance
  if (variance === 0) return null
  return Math.sqrt((weightVariance * squaredSlope(nonlinearity, 1)) / variance)
}

/** Every unit is brought to variance 1 over the batch: weights cancel, and so do the mean and the bias. */
function batchGrowth({ nonlinearity, weightVariance }: MeanField, depth: number): number | null {
  if (weightVariance === 0 || nonlinearity.gain === 0) return null
  if (!samplesStayAlike(nonlinearity, depth)) return null
  // The variance is what two samples without correlation lose, E[f^2] - E[f1 f2] = d2 spread(1): nothing cancels.
  return momentLaw(nonlinearity)(0).spread(1) ** -0.5
}

/** Samples stay uncorrelated where nothing is common to them. */
function uncentredBatchGrowth(field: MeanField, depth: number): number | null {
  const { nonlinearity, biasVariance } = field
  const isCentred = isOdd(nonlinearity) && nonlinearity.b === 0 && biasVariance === 0
  return isCentred ? batchGrowth(field, depth) : null
}
