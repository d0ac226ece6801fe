import { gaussianExpectation } from '../math/quadrature.ts'
import { activations, type ActivationId } from './activations.ts'

/** The two roots b of a Gaussian-Poincare normalized activation a phi + b, and what decides between them. */
export interface GaussPoincare {
  /** a = 1 / sqrt(E[phi'^2]) */
  readonly a: number
  /** The root in use. */
  readonly b: number
  readonly upper: number
  readonly lower: number
  /** Slope at q = 1 of q -> E[(a phi(sqrt(q) z) + b)^2], for each root. */
  readonly slopeUpper: number
  readonly slopeLower: number
}

/** Slopes this near to 1 count as at most 1 (contract section 5). */
const SLOPE_TIE = 1e-9

/** Roots below this are exact zeros (linear, relu, leaky_relu, abs) up to quadrature error. */
const ROUNDING = 1e-8

const exactZero = (root: number) => (Math.abs(root) < ROUNDING ? 0 : root)

/**
 * Gaussian-Poincare normalization: a phi + b with E[(a phi + b)^2] = E[(a phi')^2] = 1, z ~ N(0, 1).
 *
 *   a = E[phi'^2]^(-1/2),   b = -a m1 +- sqrt(1 - a^2 Var phi),   m1 = E[phi]
 *
 * Of the two roots the one whose length map has slope at most 1 at q = 1 is used, the upper one on a tie.
 * Accuracy: 1e-10 (quadrature; tests/model/gaussPoincare).
 * Source: Lu et al. 2020, arXiv:2006.12169; the rule for the root is our own.
 */
export function gaussPoincare(id: ActivationId, slope: number): GaussPoincare {
  const { phi, dphi, kinks } = activations[id]
  const expectation = (f: (z: number) => number) => gaussianExpectation(f, kinks)
  const m1 = expectation((z) => phi(z, slope))
  const variance = expectation((z) => (phi(z, slope) - m1) ** 2)
  const a = 1 / Math.sqrt(expectation((z) => dphi(z, slope) ** 2))
  const spread = Math.sqrt(Math.max(0, 1 - a * a * variance))
  const [upper, lower] = [exactZero(-a * m1 + spread), exactZero(-a * m1 - spread)]
  const zPhiDphi = expectation((z) => z * phi(z, slope) * dphi(z, slope))
  const zDphi = expectation((z) => z * dphi(z, slope))
  const slopeOf = (b: number) => a * a * zPhiDphi + a * b * zDphi
  const [slopeUpper, slopeLower] = [slopeOf(upper), slopeOf(lower)]
  const b = slopeUpper <= 1 + SLOPE_TIE ? upper : lower
  return { a, b, upper, lower, slopeUpper, slopeLower }
}
