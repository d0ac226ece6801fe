import { bracketedRoot } from '../math/roots.ts'
import { distanceFactor } from './correlationMap.ts'
import type { MeanField } from './meanField.ts'
import { momentLaw } from './moments.ts'

/** Beyond exp(+-this) a variance counts as on its way to infinity or zero. */
const FAR_LN_Q = 60
const STEP = 0.5

/** A map this near to the identity is the identity: the tables are good to 1e-10. */
const NEUTRAL = 1e-10
const ROOT_TOLERANCE = 1e-13

/**
 * Fixed point of the length map that q reaches when iterated from `start`.
 *
 * @returns q*; 0 or Infinity where q vanishes or diverges, however slowly; `start` itself where every q is
 *          a fixed point (linear and relu-like activations on their critical line)
 * Accuracy: 1e-9 relative away from a critical point (tests/theory/fixedPoints).
 * Source: Poole et al. 2016, arXiv:1606.05340, section 3.
 */
export function qStar(field: MeanField, start = 1): number {
  const { nonlinearity, weightVariance, biasVariance } = field
  const law = momentLaw(nonlinearity)
  const lnGrowth = (lnQ: number) =>
    Math.log(weightVariance * Math.exp(law(lnQ).lnSquare - lnQ) + biasVariance * Math.exp(-lnQ))
  let at = Math.log(start)
  const first = lnGrowth(at)
  if (Math.abs(first) < NEUTRAL) return start
  const direction = Math.sign(first)
  while (Math.abs(at) < FAR_LN_Q) {
    const next = at + direction * STEP
    const growth = lnGrowth(next)
    if (growth * direction < 0 && Math.abs(growth) > NEUTRAL)
      return Math.exp(bracketedRoot(lnGrowth, at, next, ROOT_TOLERANCE))
    at = next
  }
  return direction > 0 ? Infinity : 0
}

/**
 * Stable fixed point of the correlation map at variance q: where two different inputs end up.
 *
 * @param q  q* of the same field
 * @returns  1 in the ordered phase and on the critical line, less than 1 in the chaotic phase; null where
 *           every correlation stays as it is (linear activations without bias)
 * Accuracy: 1e-8 (tests/theory/fixedPoints).
 * Source: Poole et al. 2016, arXiv:1606.05340, section 3.1; it is unique as the map is convex on [0, 1].
 */
export function cStar(field: MeanField, q: number): number | null {
  const factor = distanceFactor(field, q)
  const [atOne, atZero] = [factor(0) - 1, factor(1) - 1]
  if (Math.abs(atOne) < NEUTRAL && Math.abs(atZero) < NEUTRAL) return null
  if (atOne < NEUTRAL) return 1
  // C(0) >= 0 for every phi; below zero it is rounding, which steep activations have more of.
  if (atZero > -NEUTRAL) return 0
  return 1 - bracketedRoot((e) => factor(e) - 1, 0, 1, ROOT_TOLERANCE)
}
