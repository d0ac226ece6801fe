import { assert } from '../base/assert.ts'
import { gaussianExpectation } from '../math/quadrature.ts'
import { activations } from '../model/activations.ts'
import type { MeanField } from './meanField.ts'
import { secondMoment } from './moments.ts'

/**
 * Length map: mean squared preactivation of the next layer.
 *
 *   q' = sigma_w^2 E[phi(sqrt(q) z)^2] + sigma_b^2,   z ~ N(0, 1)
 *
 * @returns q -> q', for q >= 0 and finite
 * @throws  the map does, if q is negative, infinite or NaN
 * Accuracy: 1e-9 relative (tests/theory/lengthMap). Source: Poole et al. 2016, arXiv:1606.05340, eq. 3.
 */
export function lengthMap(field: MeanField): (q: number) => number {
  const { nonlinearity, weightVariance, biasVariance } = field
  return (q) => weightVariance * secondMoment(nonlinearity, q) + biasVariance
}

/**
 * Slope of the length map at q > 0: d q' / d q = sigma_w^2 E[z phi(sqrt(q) z) phi'(sqrt(q) z)] / sqrt(q).
 *
 * Accuracy: 1e-9 (tests/theory/lengthMap).
 * Source: Schoenholz et al. 2017, arXiv:1611.01232, eq. 7 after one integration by parts.
 */
export function lengthMapSlope({ nonlinearity, weightVariance }: MeanField, q: number): number {
  assert(q > 0 && q < Infinity, `lengthMapSlope: q must be > 0 and finite, got ${q}`)
  const { act, slope, gain, a, b } = nonlinearity
  const { phi, dphi, kinks } = activations[act]
  const root = gain * Math.sqrt(q)
  const integrand = (z: number) =>
    z * (a * phi(root * z, slope) + b) * a * gain * dphi(root * z, slope)
  const splits = kinks.map((kink) => kink / root)
  return (weightVariance * gaussianExpectation(integrand, splits)) / Math.sqrt(q)
}
