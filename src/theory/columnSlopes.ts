import { activations } from '../model/activations.ts'
import { columnDimensions, type BatchShape } from './batchLaw.ts'
import { compositeRule, gaussLegendre } from './gaussLegendre.ts'
import type { Nonlinearity } from './nonlinearity.ts'

const RULE = gaussLegendre(24)
/** The law of an entry narrows as 1 / sqrt(dimensions). */
const REACH = 9
const PANELS = 12

/** ln E[f'(z)^2] and E[f'(z)^4] / E[f'(z)^2]^2 - 1 of the entries z of normalized columns. */
export interface ColumnSlopes {
  readonly lnSlope: number
  readonly spread: number
}

/**
 * Slopes behind batch normalization: an entry of a column over the batch is sqrt(N) sin t, a coordinate of a
 * uniformly random direction in N dimensions, of density cos^(N - 2) t.
 *
 * Accuracy: 1e-9 for kinks at zero; against the law of the batch in tests/theory/jacobianMoments.
 * Source: Yang et al. 2019, arXiv:1902.08129, section 3, in polar coordinates.
 */
export function columnSlopes(f: Nonlinearity, shape: BatchShape): ColumnSlopes {
  const dimensions = columnDimensions(shape)
  const radius = Math.sqrt(dimensions)
  const { dphi, kinks } = activations[f.act]
  const { nodes, weights } = compositeRule(edgesOf(f.gain * radius, dimensions, kinks), RULE)
  let [mass, second, fourth] = [0, 0, 0]
  nodes.forEach((t, i) => {
    const density = weights[i]! * Math.cos(t) ** (dimensions - 2)
    const square = dphi(f.gain * radius * Math.sin(t), f.slope) ** 2
    mass += density
    second += density * square
    fourth += density * square * square
  })
  const lnSlope = Math.log(second / mass) + 2 * Math.log(f.a * f.gain)
  return { lnSlope, spread: (fourth * mass) / second ** 2 - 1 }
}

/** Panels over the law of an entry, cut at zero and where f has a kink. */
function edgesOf(scale: number, dimensions: number, kinks: readonly number[]): readonly number[] {
  const reach = Math.min(Math.PI / 2, REACH / Math.sqrt(dimensions))
  const even = Array.from({ length: PANELS + 1 }, (_, i) => reach * ((2 * i) / PANELS - 1))
  const cuts = kinks.map((kink) => kink / scale).filter((sine) => Math.abs(sine) < 1)
  return [...new Set([...even, ...cuts.map((sine) => Math.asin(sine))])].sort((a, b) => a - b)
}
