import { bracketedRoot } from '../math/roots.ts'
import { qStar } from './fixedPoints.ts'
import { LIMIT_LN_Q, type MeanField } from './meanField.ts'
import { momentLaw } from './moments.ts'
import type { Nonlinearity } from './nonlinearity.ts'
import { chi1 } from './susceptibility.ts'

export type Phase = 'ordered' | 'critical' | 'chaotic'

/** |chi_1 - 1| under this is the critical line: over a thousand layers it changes a gradient by 1e-3. */
const CRITICAL = 1e-6

/**
 * Ordered (chi_1 < 1: gradients vanish, inputs merge), chaotic (chi_1 > 1: gradients explode) or critical.
 * Source: Schoenholz et al. 2017, arXiv:1611.01232, section 3.
 */
export function phase(field: MeanField): Phase {
  const excess = chi1(field, qStar(field)) - 1
  if (Math.abs(excess) < CRITICAL) return 'critical'
  return excess < 0 ? 'ordered' : 'chaotic'
}

const SEARCH_FROM_LN_Q = -40
const SEARCH_TO_LN_Q = 40
const STEP = 0.5
const ROOT_TOLERANCE = 1e-12

/** E[phi^2] = q E[phi'^2] this nearly means that phi is its own tangent. */
const HOMOGENEOUS = 1e-12

/**
 * The critical line: the weight deviation sigma_w at which chi_1 = 1 for bias deviation sigma_b.
 *
 *   sigma_w^2 = 1 / E[phi'^2]  at the q with  q - E[phi^2] / E[phi'^2] = sigma_b^2
 *
 * @returns null where there is none (relu-like activations with a bias, for one); the smallest q where
 *          there are several
 * Accuracy: 1e-8 relative (tests/theory/phase).
 * Source: Pennington et al. 2017, arXiv:1711.04735, eq. 7, parametrized by q.
 */
export function criticalWeightDeviation(f: Nonlinearity, biasDeviation: number): number | null {
  const law = momentLaw(f)
  const atZero = law(-LIMIT_LN_Q)
  const isTangent = Math.abs(atZero.lnSquare - atZero.lnStretch) < HOMOGENEOUS
  if (biasDeviation === 0 && isTangent) return Math.exp(-atZero.lnSlope / 2)
  const excess = (lnQ: number) => {
    const { lnSquare, lnStretch } = law(lnQ)
    return 1 - Math.exp(lnSquare - lnStretch) - biasDeviation ** 2 * Math.exp(-lnQ)
  }
  for (let lnQ = SEARCH_FROM_LN_Q; lnQ < SEARCH_TO_LN_Q; lnQ += STEP) {
    if (!(excess(lnQ) < 0 && excess(lnQ + STEP) > 0)) continue
    const root = bracketedRoot(excess, lnQ, lnQ + STEP, ROOT_TOLERANCE)
    return Math.exp(-law(root).lnSlope / 2)
  }
  return null
}
