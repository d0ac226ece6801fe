import { assert } from '../base/assert.ts'
import { lnOf, type MeanField } from './meanField.ts'
import { momentLaw } from './moments.ts'

/**
 * What one layer makes of the distance e = 1 - c between two inputs of variance q, divided by e:
 *
 *   e' / e = sigma_w^2 (E[phi^2] - E[phi1 phi2]) / (e q'),   q' = sigma_w^2 E[phi^2] + sigma_b^2
 *
 * At e = 0 it is the slope of the correlation map at c = 1. q = 0 and q = Infinity stand for the limits.
 */
export function distanceFactor(field: MeanField, q: number): (e: number) => number {
  const { nonlinearity, weightVariance, biasVariance } = field
  const { lnSquare, lnStretch, spread } = momentLaw(nonlinearity)(lnOf(q))
  const stretch = Math.exp(lnStretch - lnSquare)
  const lnBiasShare = Math.log(biasVariance) - Math.log(weightVariance) - lnSquare
  const withBias = biasVariance === 0 ? 1 : 1 + Math.exp(lnBiasShare)
  return (e) => (stretch * spread(e)) / withBias
}

/**
 * Correlation map: correlation of two preactivations of variance q, one layer on.
 *
 *   c' = (sigma_w^2 E[phi(u1) phi(u2)] + sigma_b^2) / q',   u1, u2 of variance q and correlation c
 *
 * @returns c -> c' on [-1, 1]; c = 1 is always mapped to 1
 * Accuracy: that of `momentLaw`; 1 - c' keeps its relative accuracy near c = 1 (tests/theory/correlationMap).
 * Source: Poole et al. 2016, arXiv:1606.05340, eq. 5.
 */
export function correlationMap(field: MeanField, q: number): (c: number) => number {
  const factor = distanceFactor(field, q)
  return (c) => {
    assert(Math.abs(c) <= 1, `correlationMap: c must be in [-1, 1], got ${c}`)
    return c === 1 ? 1 : 1 - (1 - c) * factor(1 - c)
  }
}
