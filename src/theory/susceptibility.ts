import { lnOf, type MeanField } from './meanField.ts'
import { momentLaw } from './moments.ts'

/**
 * What one layer multiplies the mean squared gradient by, and the slope of the correlation map at c = 1:
 *
 *   chi_1 = sigma_w^2 E[phi'(sqrt(q) z)^2]
 *
 * @param q  variance of the preactivations, usually q*; 0 and Infinity stand for the limits
 * Accuracy: 1e-9 relative (tests/theory/susceptibility).
 * Source: Schoenholz et al. 2017, arXiv:1611.01232, eq. 4.
 */
export function chi1({ nonlinearity, weightVariance }: MeanField, q: number): number {
  return weightVariance * Math.exp(momentLaw(nonlinearity)(lnOf(q)).lnSlope)
}

/**
 * Slope of the correlation map at c, at a fixed point q of the length map:
 *
 *   chi(c) = sigma_w^2 E[phi'(u1) phi'(u2)]
 *
 * Accuracy: 1e-6 of chi_1 (tests/theory/susceptibility).
 * Source: Schoenholz et al. 2017, arXiv:1611.01232, eq. 8.
 */
export function chi(field: MeanField, q: number, c: number): number {
  const { slopeCorrelation } = momentLaw(field.nonlinearity)(lnOf(q))
  return chi1(field, q) * slopeCorrelation(1 - c)
}
