import { activations, type ActivationId } from '../model/activations.ts'
import { continued, continuedToZero } from './asymptoticMoments.ts'
import type { MomentLaw } from './momentLaw.ts'
import { piecewiseLinearMoments } from './piecewiseLinearMoments.ts'

/** Variances are taken as at most this: beyond, every moment of a sine has reached its limit. */
const LARGEST_Q = 1e300

/**
 * Moments of sin, with q the variance and c = 1 - e:
 *
 *   E[sin^2] = (1 - exp(-2 q)) / 2,   E[cos^2] = (1 + exp(-2 q)) / 2
 *   E[sin u1 sin u2] = exp(-q) sinh(c q),   E[cos u1 cos u2] = exp(-q) cosh(c q)
 *
 * Accuracy: 1e-13 relative (tests/theory/moments). Source: the characteristic function of u1 +- u2.
 */
const sineMoments: MomentLaw = (lnQ) => {
  const q = Math.min(Math.exp(lnQ), LARGEST_Q)
  const decayed = Math.exp(-2 * q)
  const slope = (1 + decayed) / 2
  const decay = (e: number) => (q * e === 0 ? 1 : -Math.expm1(-q * e) / (q * e))
  return {
    lnSquare: Math.log(-Math.expm1(-2 * q) / 2),
    meanRatio: 0,
    lnSlope: Math.log(slope),
    rates: {
      lnSquare: (-2 * q * decayed) / Math.expm1(-2 * q),
      mean: 0,
      lnSlope: (-q * decayed) / slope,
    },
    slopeMean: 0,
    slopeSquare: Math.expm1(-8 * q) / (4 * slope * Math.expm1(-2 * q)),
    mirroredSlope: 1,
    lnStretch: Math.log(q) + Math.log(slope),
    spread: (e) => (decay(e) * (1 + Math.exp(-q * (2 - e)))) / (2 * slope),
    slopeCorrelation: (e) => (Math.exp(-q * e) + Math.exp(-q * (2 - e))) / (2 * slope),
  }
}

/**
 * Moments of erf, with k = 2 q / (1 + 2 q):
 *
 *   E[erf u1 erf u2] = (2 / pi) asin(c k),   E[erf'(u1) erf'(u2)] = (4 / pi) ((1 + 2 q)^2 - (2 q c)^2)^(-1/2)
 *
 * Accuracy: 1e-12 relative (tests/theory/moments).
 * Source: Williams 1997, Computing with infinite networks, eq. 11.
 */
const erfMoments: MomentLaw = (lnQ) => {
  const q = Math.exp(lnQ)
  const k = 2 / (2 + 1 / q)
  // sqrt(1 - k^2), and q erf'^2 = (2 / pi) tangent, without the overflow of q^2.
  const cosine = Math.sqrt(k * k * (1 / q + 0.25 / (q * q)))
  const stretch = (4 / Math.PI) * Math.sqrt(q) * Math.sqrt(1 / (1 / q + 4))
  const gap = (e: number) => {
    const c = 1 - e
    const other = Math.sqrt(1 - (k * c) ** 2)
    const sine = c > 0 ? (k * e * (2 - e)) / (other + c * cosine) : k * (other - c * cosine)
    return Math.atan2(sine, cosine * other + k * k * c) * (2 / Math.PI)
  }
  const angle = Math.atan2(k, cosine)
  return {
    lnSquare: Math.log((2 / Math.PI) * angle),
    meanRatio: 0,
    lnSlope: Math.log(stretch) - Math.log(q),
    rates: {
      // k / sqrt(1 - k^2) d ln k / d ln q, with d ln k / d ln q = 1 - k.
      lnSquare: ((k / cosine) * (1 - k)) / angle,
      mean: 0,
      lnSlope: -2 / (1 / q + 4),
    },
    // exp(-2 q z^2) narrows the normal law to variance 1 / (1 + 4 q).
    slopeMean: 0,
    slopeSquare: Math.asin(2 / (6 + 1 / q)) / angle,
    mirroredSlope: 1,
    lnStretch: Math.log(stretch),
    spread: (e) => (e === 0 ? 1 : gap(e) / (e * stretch)),
    slopeCorrelation: (e) => Math.sqrt(cosine ** 2 / (1 - (k * (1 - e)) ** 2)),
  }
}

const bent = (act: ActivationId) => (slope: number) => {
  const { dphi } = activations[act]
  return piecewiseLinearMoments(dphi(-1, slope), dphi(1, slope))
}

/** TABLE: the activations whose moments are known in closed form at every variance. */
export const closedMoments: Readonly<Partial<Record<ActivationId, (slope: number) => MomentLaw>>> =
  {
    linear: bent('linear'),
    relu: bent('relu'),
    leaky_relu: bent('leaky_relu'),
    abs: bent('abs'),
    erf: () => continued('erf', erfMoments),
    sin: () => continuedToZero('sin', sineMoments),
  }
