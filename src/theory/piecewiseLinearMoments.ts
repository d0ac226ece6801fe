import { angleOf, type MomentLaw } from './momentLaw.ts'

/** Below this angle two terms of the series are exact to rounding. */
const SMALL_ANGLE = 0.01

/** (sin t - t cos t) / (1 - cos t) for t in [0, pi]. */
function kinkFactor(t: number): number {
  if (t < SMALL_ANGLE) return ((2 * t) / 3) * (1 - (t * t) / 60)
  return (Math.sin(t) - t * Math.cos(t)) / (1 - Math.cos(t))
}

/**
 * Moments of phi(u) = right u for u > 0 and left u for u < 0: linear, relu, leaky_relu and abs, and what
 * every other activation looks like from far or from near. With c = cos t and s = left^2 + right^2
 *
 *   E[phi^2] = q s / 2,   E[phi] = (right - left) sqrt(q / 2 pi),   E[phi'^2] = s / 2
 *   E[phi1 phi2] = (q / 2) (s c + (right - left)^2 (sin t - t c) / pi)
 *   E[phi1' phi2'] = (s - (right - left)^2 t / pi) / 2
 *
 * Accuracy: 1e-14 relative (tests/theory/moments).
 * Source: Cho and Saul 2009, Kernel methods for deep learning, eqs. 3-6 (degree 1), by linearity.
 */
export function piecewiseLinearMoments(left: number, right: number): MomentLaw {
  const squares = left * left + right * right
  const bend = (right - left) ** 2 / squares
  const lnSlope = Math.log(squares / 2)
  const meanRatio = (right - left) / Math.sqrt(Math.PI * squares)
  const fixed = {
    meanRatio,
    lnSlope,
    rates: { lnSquare: 1, mean: meanRatio / 2, lnSlope: 0 },
    slopeMean: (2 * (right ** 3 - left ** 3)) / Math.sqrt(Math.PI * squares ** 3),
    slopeSquare: (2 * (right ** 4 + left ** 4)) / squares ** 2,
    mirroredSlope: (2 * left * right) / squares,
    spread: (e: number) => 1 - (bend * kinkFactor(angleOf(e))) / Math.PI,
    slopeCorrelation: (e: number) => 1 - (bend * angleOf(e)) / Math.PI,
  }
  return (lnQ) => ({ ...fixed, lnSquare: lnQ + lnSlope, lnStretch: lnQ + lnSlope })
}
