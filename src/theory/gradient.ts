import { lnSum, type MixingLaw } from './signal.ts'

/** What a backward pass leaves behind. */
export interface BackwardTrajectory {
  /** ln of the mean square of d loss / d X, an entry a layer 0 ... L; 0 at the top. */
  readonly lnGradient: Float64Array
  /** ln of the squared Frobenius norm of d loss / d W, an entry a layer 1 ... L. */
  readonly lnWeightGradient: Float64Array
}

/** The gradient at a layer, as its statistics: entries are random, of mean zero. */
export interface Gradient {
  /** ln of the mean square. */
  readonly ln: number
  /** Covariance of the gradients of two samples in units of the mean square; 0 without batch normalization. */
  readonly together: number
  /** Covariance between mirrored units in units of the mean square; 0 unless weights are mirrored. */
  readonly mirrored: number
}

/** W^T g with fresh weights: sigma_w^2 per unit; mirrored blocks pass the difference of the halves. */
export function backThroughWeights(g: Gradient, lnWeight: number, isMirrored: boolean): Gradient {
  if (!isMirrored) return { ...g, ln: g.ln + lnWeight, mirrored: 0 }
  return { ...g, ln: g.ln + lnWeight + Math.log(2 * (1 - g.mirrored)), mirrored: -1 }
}

/** The gradient above, split between the filtered branch (alpha^2) and what came through the layer (beta^2 in `branch`). */
export function joined(above: Gradient, branch: Gradient, { alpha, filter }: MixingLaw): Gradient {
  if (filter === 'absent') return branch
  const lnSkip = above.ln + 2 * Math.log(alpha)
  const ln = lnSum(lnSkip, branch.ln)
  if (ln === -Infinity) return { ...branch, ln }
  const [skip, through] = [Math.exp(lnSkip - ln), Math.exp(branch.ln - ln)]
  return {
    ln,
    together: skip * above.together + through * branch.together,
    mirrored: (filter === 'identity' ? skip * above.mirrored : 0) + through * branch.mirrored,
  }
}
