import { bracketedRoot } from '../math/roots.ts'
import { mixings } from '../model/mixings.ts'
import { isBlockEnd, type Network } from '../model/network.ts'
import type { SpectralMoments } from './jacobianMoments.ts'

/** The law is one of many small steps: at least this many, none larger than this, not wider in all than this. */
const FEWEST_STEPS = 8
const LARGEST_STEP = 0.05
const WIDEST = 0.7

/** ln of singular values: a semicircle. */
export interface Semicircle {
  readonly centre: number
  readonly halfWidth: number
}

/**
 * ln of the singular values of d x_l / d x_0 where every block changes its input only a little: alpha S + beta A
 * with S orthogonal is alpha S (1 + e A'), and of a product of such the sum of the symmetric parts of A' remains,
 * which is a semicircle:
 *
 *   centre = sum of ln alpha,   half-width = sqrt(2 sum of beta^2 a / alpha^2),   a = mean squared singular value of A
 *
 * With beta = c / L and alpha = 1 - beta: about -c, and c sqrt(2 chi / L).
 *
 * @param moments  of the layers 0 ... L, as jacobianMoments has them
 * @returns null without mixing, inside a block, or where steps are few or large
 * Accuracy: .03 in log10 for every singular value of one network of width 64 (tests/theory/filterBounds).
 * Source: derived here; concentration at exp(-c) after Ceni 2022, arXiv:2210.01245.
 */
export function filteredSpectrum(
  network: Network,
  moments: readonly SpectralMoments[],
  layer: number,
): Semicircle | null {
  const { alpha, config } = network
  const { branch, mix } = config
  const steps = layer / branch
  if (mixings[mix].filter === 'absent' || !isBlockEnd(network, layer) || alpha === 0) return null
  let [sum, largest] = [0, 0]
  for (let end = branch; end <= layer; end += branch) {
    const lnGain = moments[end]!.lnMean - moments[end - branch]!.lnMean
    const step = Math.expm1(lnGain - 2 * Math.log(alpha))
    sum += step
    largest = Math.max(largest, step)
  }
  const halfWidth = Math.sqrt(Math.max(0, 2 * sum))
  if (steps < FEWEST_STEPS || !(largest < LARGEST_STEP) || halfWidth > WIDEST) return null
  return { centre: steps * Math.log(alpha), halfWidth }
}

/** ln of `count` singular values at evenly spaced shares of a semicircle, largest first. */
export function semicircleQuantiles(
  { centre, halfWidth }: Semicircle,
  count: number,
): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const above = (i + 0.5) / count
    const missing = (angle: number) => (angle - Math.sin(angle) * Math.cos(angle)) / Math.PI - above
    return centre + halfWidth * Math.cos(bracketedRoot(missing, 0, Math.PI, TOLERANCE))
  })
}

const TOLERANCE = 1e-12
