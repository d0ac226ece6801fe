import { normalPdf } from '../math/special.ts'
import { compositeRule, gaussLegendre, type Rule } from './gaussLegendre.ts'

/** Beyond this many standard deviations even z^4 times the normal density is below 1e-19. */
const REACH = 10.5
const RULE = gaussLegendre(16)

/** Panels next to zero are this many times longer than the one before. */
const GRADING = 6

/** Where the integrand needs short panels. */
export interface RuleShape {
  /** Longest panel. */
  readonly panel: number
  /** Length over which the integrand turns near zero. */
  readonly finest: number
  /** Places on the half line where it breaks. */
  readonly breaks: readonly number[]
}

/** Nodes z > 0 and weights, the density of N(0, 1) included: E[g(z)] = sum weights (g(z) + g(-z)). */
export function halfLineRule({ panel, finest, breaks }: RuleShape): Rule {
  const edges = new Set([0, REACH])
  for (let edge = finest; edge < panel; edge *= GRADING) edges.add(edge)
  for (let edge = panel; edge < REACH; edge += panel) edges.add(edge)
  for (const edge of breaks) if (edge > 0 && edge < REACH) edges.add(edge)
  const { nodes, weights } = compositeRule(
    [...edges].sort((a, b) => a - b),
    RULE,
  )
  return { nodes, weights: weights.map((w, i) => w * normalPdf(nodes[i]!)) }
}
