import { activations, type ActivationId } from '../model/activations.ts'
import { angleOf, type MomentLaw, type MomentsAt } from './momentLaw.ts'
import { piecewiseLinearMoments } from './piecewiseLinearMoments.ts'

/** Beyond this |ln q| an activation is its own tangent or asymptote to 1e-10. */
export const LAST_LN_Q = 46

/** Arguments at which an activation has reached its asymptote and its tangent at zero, to rounding. */
const FAR = 1e12
const NEAR = 1e-150

/** Variances are taken as at most exp of this where they are multiplied by something small. */
const LARGEST_LN_Q = 600

/** phi(u) near u = 0: its tangents if phi(0) = 0, else the constant phi(0). */
function momentsNearZero(act: ActivationId): MomentLaw {
  const { phi, dphi, vanishes } = activations[act]
  if (vanishes) return piecewiseLinearMoments(dphi(-NEAR, 0), dphi(NEAR, 0))
  const lnSlope = 2 * Math.log(Math.abs(dphi(0, 0)))
  const fixed = {
    lnSquare: 2 * Math.log(Math.abs(phi(0, 0))),
    meanRatio: Math.sign(phi(0, 0)),
    lnSlope,
    rates: { lnSquare: 0, mean: 0, lnSlope: 0 },
    slopeMean: Math.sign(phi(0, 0)),
    slopeSquare: 1,
    mirroredSlope: 1,
    spread: () => 1,
    slopeCorrelation: () => 1,
  }
  return (lnQ) => ({ ...fixed, lnStretch: lnQ + lnSlope })
}

/**
 * phi(u) for variances beyond LAST_LN_Q: its two asymptotes if it grows, else two plateaus, between which
 * E[phi'^2] falls as 1 / sqrt(q) and E[(phi1 - phi2)^2] = (difference of the plateaus)^2 angle / pi.
 */
function momentsFarOut(act: ActivationId, atEdge: MomentsAt): MomentLaw {
  const { phi, dphi, grows } = activations[act]
  if (grows) return piecewiseLinearMoments(dphi(-FAR, 0), dphi(FAR, 0))
  const [low, high] = [phi(-FAR, 0), phi(FAR, 0)]
  const square = (low * low + high * high) / 2
  const lnJump = Math.log((high - low) ** 2 / 2)
  return (lnQ) => {
    const lnSlope = atEdge.lnSlope - (lnQ - LAST_LN_Q) / 2
    const lnStretch = Math.min(lnQ, LARGEST_LN_Q) + lnSlope + Math.max(0, lnQ - LARGEST_LN_Q) / 2
    return {
      lnSquare: Math.log(square),
      meanRatio: (low + high) / 2 / Math.sqrt(square),
      lnSlope,
      rates: { lnSquare: 0, mean: 0, lnSlope: -0.5 },
      slopeMean: atEdge.slopeMean,
      slopeSquare: atEdge.slopeSquare,
      mirroredSlope: atEdge.mirroredSlope,
      lnStretch,
      spread: (e) =>
        e === 0 ? 1 : Math.min(1, Math.exp(lnJump - lnStretch) * (angleOf(e) / Math.PI / e)),
      slopeCorrelation: (e) => (e === 0 ? 1 : 0),
    }
  }
}

/** A law that holds up to |ln q| = LAST_LN_Q, continued by what phi looks like from near zero and from afar. */
export function continued(act: ActivationId, inside: MomentLaw): MomentLaw {
  const near = momentsNearZero(act)
  let far: MomentLaw | undefined
  return (lnQ) => {
    if (lnQ < -LAST_LN_Q) return near(lnQ)
    if (lnQ <= LAST_LN_Q) return inside(lnQ)
    return (far ??= momentsFarOut(act, inside(LAST_LN_Q)))(lnQ)
  }
}

/** The same towards zero alone, for a law that knows its own limit far out. */
export function continuedToZero(act: ActivationId, outside: MomentLaw): MomentLaw {
  const near = momentsNearZero(act)
  return (lnQ) => (lnQ < -LAST_LN_Q ? near(lnQ) : outside(lnQ))
}
