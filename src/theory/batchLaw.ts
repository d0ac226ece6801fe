import { assert } from '../base/assert.ts'
import { activations } from '../model/activations.ts'
import { compositeRule, gaussLegendre, type Rule } from './gaussLegendre.ts'
import type { Nonlinearity } from './nonlinearity.ts'

/** What batch normalization followed by f makes of a wide layer whose samples are all alike. */
export interface BatchLaw {
  /** E[f(z)^2], E[f(z)] and E[f(z_a) f(z_b)] for two samples. */
  readonly square: number
  readonly mean: number
  readonly product: number
  /** Mean squared gradient at Z that reaches H, in units of E[1 / sigma^2]: of a gradient independent ... */
  readonly alone: number
  /** ... from sample to sample, and of one equal on all of them. */
  readonly together: number
}

/** What decides the law, apart from f. */
export interface BatchShape {
  readonly batch: number
  readonly centred: boolean
}

/** Smallest dimension of the sphere on which E[1 / sigma^2] and the law below exist. */
const FEWEST_DIMENSIONS = 3
const RADIAL_REACH = 9
const RADIAL = gaussLegendre(40)
const ANGULAR = gaussLegendre(12)
const GRADING = 6

/** Dimension of the space in which the column of a unit over the batch points anywhere. */
export function columnDimensions({ batch, centred }: BatchShape): number {
  return centred ? batch - 1 : batch
}

/**
 * The column z of a unit over a batch of m is sqrt(m) times a uniformly random direction, among those
 * orthogonal to (1, ..., 1) if centred. With D = f'(z), sigma the deviation that was divided by, and
 * P the projection onto what is orthogonal to z (and to (1, ..., 1) if centred), a gradient of covariance
 * x I + y 11^T at f(z) has the mean square (x alone + y together) E[1 / sigma^2] at H:
 *
 *   alone = E[tr(P D^2)] / m,   together = E|P D 1|^2 / m
 *
 * Exact for batches whose Gram matrix has equal off-diagonal entries, in the limit of infinite width.
 * Uncentred, the law holds for odd f and samples that are uncorrelated.
 *
 * @throws if the batch is too small for a law: under 4 centred, under 3 uncentred
 * Accuracy: 1e-9 relative for f smooth over lengths of 0.1 (tests/theory/batchLaw).
 * Source: Yang et al. 2019, arXiv:1902.08129, sections 3 and 4 (BSB1 fixed points), in polar coordinates.
 */
export function batchLaw(f: Nonlinearity, shape: BatchShape): BatchLaw {
  const dimensions = columnDimensions(shape)
  assert(
    dimensions >= FEWEST_DIMENSIONS,
    `batchLaw: columns need ${FEWEST_DIMENSIONS} dimensions, got ${dimensions}`,
  )
  const { batch: m, centred } = shape
  const c = centred ? -1 / (m - 1) : 0
  const e = pairExpectations(f, dimensions, c)
  const others = m - 1
  const alone = e.slope2 * (centred ? 1 - 1 / m : 1) - e.zSlope2 / m
  const meanPart = centred ? (e.slope2 + others * e.slopePair) / m : 0
  const zPart = (e.zSlope2 + others * e.zSlopePair) / m
  const together = e.slope2 - meanPart - zPart
  return { square: e.square, mean: e.mean, product: e.product, alone, together }
}

/** Moments of two entries z1, z2 of a column, D = f'. */
interface Expectations {
  square: number
  mean: number
  product: number
  /** E[D1^2], E[z1^2 D1^2], E[D1 D2], E[z1 z2 D1 D2] */
  slope2: number
  zSlope2: number
  slopePair: number
  zSlopePair: number
}

function pairExpectations(f: Nonlinearity, dimensions: number, c: number): Expectations {
  const sums = {
    square: 0,
    mean: 0,
    product: 0,
    slope2: 0,
    zSlope2: 0,
    slopePair: 0,
    zSlopePair: 0,
  }
  const tilt = Math.acos(c)
  const { nodes, weights } = radialRule(dimensions)
  for (const [i, radius] of nodes.entries()) {
    const { nodes: angles, weights: shares } = angularRule(f, radius, tilt)
    for (const [j, angle] of angles.entries()) {
      const pair = { z1: radius * Math.cos(angle), z2: radius * Math.cos(angle - tilt) }
      addPair(sums, f, pair, (weights[i]! * shares[j]!) / (2 * Math.PI))
    }
  }
  return sums
}

function addPair(
  sums: Expectations,
  { act, slope, gain, a, b }: Nonlinearity,
  { z1, z2 }: { readonly z1: number; readonly z2: number },
  weight: number,
): void {
  const { phi, dphi } = activations[act]
  const [y1, y2] = [a * phi(gain * z1, slope) + b, a * phi(gain * z2, slope) + b]
  const [d1, d2] = [a * gain * dphi(gain * z1, slope), a * gain * dphi(gain * z2, slope)]
  sums.square += weight * y1 * y1
  sums.mean += weight * y1
  sums.product += weight * y1 * y2
  sums.slope2 += weight * d1 * d1
  sums.zSlope2 += weight * z1 * z1 * d1 * d1
  sums.slopePair += weight * d1 * d2
  sums.zSlopePair += weight * z1 * z2 * d1 * d2
}

/** Length sqrt(N) sin t of two entries of a vector of length sqrt(N) in N dimensions: density (N - 2) sin t cos^(N - 3) t. */
function radialRule(dimensions: number): Rule {
  const reach = Math.min(Math.PI / 2, RADIAL_REACH / Math.sqrt(dimensions))
  const { nodes, weights } = compositeRule([0, reach / 2, reach], RADIAL)
  const density = (t: number) => (dimensions - 2) * Math.sin(t) * Math.cos(t) ** (dimensions - 3)
  return {
    nodes: nodes.map((t) => Math.sqrt(dimensions) * Math.sin(t)),
    weights: weights.map((w, i) => w * density(nodes[i]!)),
  }
}

/** The circle, cut where an entry crosses zero or a kink, with panels that shrink to the width of f there. */
function angularRule({ act, gain }: Nonlinearity, radius: number, tilt: number): Rule {
  const finest = 0.5 / (gain * radius)
  const crossings = [0, ...activations[act].kinks]
    .map((kink) => kink / (gain * radius))
    .filter((cosine) => Math.abs(cosine) < 1)
    .flatMap((cosine) => [Math.acos(cosine), -Math.acos(cosine)])
  const edges = new Set([0, 0.5, 1, 1.5, 2].map((turns) => turns * Math.PI))
  for (const at of crossings.flatMap((angle) => [angle, angle + tilt])) {
    edges.add(inCircle(at))
    for (let offset = finest; offset < 0.5; offset *= GRADING) {
      edges.add(inCircle(at - offset))
      edges.add(inCircle(at + offset))
    }
  }
  return compositeRule(
    [...edges].sort((a, b) => a - b),
    ANGULAR,
  )
}

const inCircle = (angle: number) => angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI))
