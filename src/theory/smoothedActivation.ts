import { gaussLegendre, gradedNormalRule } from './gaussLegendre.ts'
import { normalCdf, normalPdf } from '../math/special.ts'

/** E[phi(mu + sigma z)] for sigma > 0. */
export type Smoothed = (mu: number, sigma: number) => number

/** Beyond this the tail of the normal law is its asymptotic series to rounding. */
const FAR = 35

const smoothedRelu: Smoothed = (mu, sigma) => {
  const t = mu / sigma
  return mu * normalCdf(t) + sigma * normalPdf(t)
}

/** E[exp(u) 1(u < 0)] = exp(mu + sigma^2 / 2) P(z < -x), x = mu / sigma + sigma. */
function smoothedExponential(mu: number, sigma: number): number {
  const t = mu / sigma
  const x = t + sigma
  if (x < FAR) return Math.exp(mu + (sigma * sigma) / 2) * normalCdf(-x)
  const y = 1 / (x * x)
  return (normalPdf(t) / x) * (1 - y * (1 - 3 * y * (1 - 5 * y * (1 - 7 * y))))
}

/** The average of the exponential unit: right u for u > 0, left (exp(u) - 1) for u < 0. */
export function smoothedExponentialUnit(right: number, left: number): Smoothed {
  return (mu, sigma) =>
    right * smoothedRelu(mu, sigma) +
    left * (smoothedExponential(mu, sigma) - normalCdf(-mu / sigma))
}

const REACH = 9
const PANEL = 1.5
const RULE = gaussLegendre(12)

/**
 * (E[phi^2] - E[phi1 phi2]) / e at correlation 1 - e, u = sqrt(q) z, for a smoothed activation phi_sigma:
 *
 *   E[phi^2] - E[phi1 phi2] = E[phi(u) (phi(u) - phi_sigma((1 - e) u))],   sigma^2 = q e (2 - e)
 *
 * Accuracy: 1e-10 of E[phi^2] (tests/theory/moments). Source: u2 given u1 is N((1 - e) u1, sigma^2).
 */
export function smoothedGapOverE(
  phi: (u: number) => number,
  smoothed: Smoothed,
  q: number,
): (e: number) => number {
  const root = Math.sqrt(q)
  return (e) => {
    const s = Math.sqrt(e * (2 - e))
    const partner = (u: number) => (s > 0 ? smoothed((1 - e) * u, root * s) : phi((1 - e) * u))
    const finest = 0.5 * Math.min(1, 1 / root, s > 0 ? s : 1)
    const { nodes, weights } = gradedNormalRule({ reach: REACH, panel: PANEL, finest }, RULE)
    let sum = 0
    for (const [i, z] of nodes.entries()) {
      const value = phi(root * z)
      sum += weights[i]! * value * (value - partner(root * z))
    }
    return sum / e
  }
}
