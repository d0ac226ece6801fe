import { erf } from '../math/special.ts'
import { compositeRule, gaussLegendre } from './gaussLegendre.ts'

const RULE = gaussLegendre(12)
const GRADING = 6

/**
 * (E[phi^2] - E[phi1 phi2]) / e at correlation 1 - e = cos t for phi = hard_tanh, u of variance q:
 *
 *   q (E[phi'^2] - 1 / (pi e) int_0^t (cos s - cos t) (exp(-1 / (q (1 + cos s))) - exp(-1 / (q (1 - cos s)))) ds)
 *
 * Accuracy: 1e-12 of E[phi^2] (tests/theory/moments).
 * Source: Price 1958, d E[phi1 phi2] / dc = q E[phi1' phi2'], applied twice: phi'' is two point masses.
 */
export function clippedGapOverE(q: number): (e: number) => number {
  const slope = erf(1 / Math.sqrt(2 * q))
  return (e) => {
    const t = 2 * Math.asin(Math.min(1, Math.sqrt(e / 2)))
    const { nodes, weights } = compositeRule(edgesTo(t, 1 / Math.sqrt(q)), RULE)
    let sum = 0
    for (const [i, s] of nodes.entries()) {
      const [sine, cosine] = [Math.sin(s / 2) ** 2, Math.cos(s / 2) ** 2]
      const density = Math.exp(-0.5 / (q * cosine)) - Math.exp(-0.5 / (q * sine))
      sum += weights[i]! * (e - 2 * sine) * density
    }
    return q * (slope - sum / (Math.PI * e))
  }
}

/** 0 ... t, with panels that shrink towards both ends of [0, pi] down to the width of the steps there. */
function edgesTo(t: number, width: number): readonly number[] {
  const steps: number[] = []
  for (let edge = Math.min(1, width); edge < Math.PI / 2; edge *= GRADING) steps.push(edge)
  const inside = [...steps, Math.PI / 2, ...steps.map((edge) => Math.PI - edge).reverse()]
  return [0, ...inside.filter((edge) => edge < t), t]
}
