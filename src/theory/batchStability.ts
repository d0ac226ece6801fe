import { momentLaw } from './moments.ts'
import type { Nonlinearity } from './nonlinearity.ts'

const STEP = 1e-3

/** Growth factors this near to 1 are 1: activations that are homogeneous. */
const NEUTRAL = 1e-6

/** Small differences between the sizes of samples may grow this many times before the law is given up. */
const TOLERATED_GROWTH = 2

/**
 * What a layer with batch normalization (large batch) multiplies a small difference in size between
 * samples by: the slope of ln Var f(sqrt(q) z) against ln q at q = 1.
 *
 * Above 1 the batch turns heavy-tailed with depth: gelu 1.062, silu 1.101, softplus 1.056; the others are
 * at 1 (homogeneous) or below.
 * Source: the eigenvalue of Yang et al. 2019, arXiv:1902.08129, section 3.3, for diagonal perturbations of
 * the Gram matrix, to leading order in 1 / batch.
 */
export function sizeDifferenceGrowth(f: Nonlinearity): number {
  const law = momentLaw(f)
  const lnVariance = (lnQ: number) => {
    const { lnSquare, meanRatio } = law(lnQ)
    return lnSquare + Math.log1p(-meanRatio * meanRatio)
  }
  return (lnVariance(STEP) - lnVariance(-STEP)) / (2 * STEP)
}

/**
 * Do the samples of a batch stay alike through `depth` layers of batch normalization and f?
 *
 * Where the growth is exactly 1 the next order decides: differences in size are copied to all samples in
 * proportion to the mean of f, which outweighs its spread for abs (mean^2 / Var = 1.75) but not for relu (0.47).
 */
export function samplesStayAlike(f: Nonlinearity, depth: number): boolean {
  const growth = sizeDifferenceGrowth(f)
  if (Math.abs(growth - 1) > NEUTRAL) return depth * Math.log(growth) < Math.log(TOLERATED_GROWTH)
  const { meanRatio } = momentLaw({ ...f, b: 0 })(0)
  return 2 * meanRatio ** 2 < 1
}
