import { cStar, qStar } from './fixedPoints.ts'
import { lengthMapSlope } from './lengthMap.ts'
import type { MeanField } from './meanField.ts'
import { chi, chi1 } from './susceptibility.ts'

/** Depth scales, in layers, at the fixed points of the maps; null where there is no fixed point to approach. */
export interface DepthScales {
  /** Over which the variance settles: -1 / ln(slope of the length map at q*). */
  readonly xiQ: number | null
  /** Over which the correlation settles: -1 / ln chi(c*). Networks can be trained to about 6 xiC. */
  readonly xiC: number | null
  /** Over which gradients vanish: -1 / ln chi_1; negative where they explode, Infinity on the critical line. */
  readonly xiGrad: number
}

/** Slopes nearer to 1 than this are 1: the table of moments is good to 1e-9. */
const NEUTRAL = 1e-9

const scale = (slope: number) => (Math.abs(slope - 1) < NEUTRAL ? Infinity : -1 / Math.log(slope))

/**
 * Accuracy: three digits of the reference table away from the critical line (tests/theory/depthScales).
 * Source: Schoenholz et al. 2017, arXiv:1611.01232, eqs. 7, 9 and 16.
 */
export function depthScales(field: MeanField): DepthScales {
  const q = qStar(field)
  const isFixed = q > 0 && q < Infinity
  const c = cStar(field, q)
  return {
    // The slope is positive for every phi of the tables; its size decides.
    xiQ: isFixed ? scale(Math.abs(lengthMapSlope(field, q))) : null,
    xiC: isFixed && c !== null ? scale(chi(field, q, c)) : null,
    xiGrad: scale(chi1(field, q)),
  }
}
