import { bracketedRoot } from '../math/roots.ts'
import { normalCdf } from '../math/special.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'
import { type FreeFactors, freeProductLaw, type LogLaw, type SlopeLaw } from './freeProduct.ts'
import type { SpectralMoments } from './jacobianMoments.ts'
import { slopeFactors } from './slopeLaw.ts'
import { type Survivors, survivalShift } from './survivingVolumes.ts'

const POINTS_A_SPREAD = 30
const SMALLEST_STEP = 1e-3
/** Below this spread all values are one. */
const NO_SPREAD = 1e-6

/**
 * ln of all n singular values of d x_l / d x_0, largest first, -Infinity for directions that are killed: of a network
 * without mixing, as a product of matrices free of each other, with the corrections of survivingVolumes for its width.
 *
 * @param moments  of layer l, as jacobianMoments has them: they fix the scale
 * @returns null for networks with mixing, or where the law cannot be followed
 * Accuracy: .1 sqrt(layer) in log10 on average over the ranks of one network of width 256; ReLU at width 64 and depth 100
 * .5 (tests/theory/productSpectrum); smooth slopes at depths far beyond the width are off by up to a tenth.
 * Source: Pennington et al. 2018, arXiv:1802.09979, section 3, for the actual statistics of every layer.
 */
export function productSpectrum(
  network: Network,
  forward: ForwardTrajectory,
  layer: number,
  moments: SpectralMoments,
): Float64Array | null {
  const { config, width } = network
  if (config.mix !== 'none') return null
  const { lnMean, spread } = moments
  if (!Number.isFinite(lnMean)) return null
  if (spread < NO_SPREAD) return new Float64Array(width).fill(lnMean / 2)
  const isGaussian = config.init !== 'orthogonal'
  const factors = {
    diagonals: slopeFactors(network, forward, layer),
    gaussians: isGaussian ? layer : 0,
  }
  const share = aliveShare(factors)
  const law = freeProductLaw(factors, {
    from: Math.min(3, 6 * Math.sqrt(spread)) + Math.log1p(spread),
    step: Math.max(SMALLEST_STEP, (spread < 1 ? Math.sqrt(spread) : spread) / POINTS_A_SPREAD),
    share: share * (1 - 1 / (4 * width)),
  })
  if (law.ln.length < 2) return null
  const alive = aliveCount(network, factors)
  const places = quantiles(law, { width, share, alive })
  const shifts = finiteWidthShifts(factors, { width, alive, isGaussian }, layer)
  return places.map((ln, i) => (ln + lnMean) / 2 + (shifts[i] ?? 0))
}

/** What a finite width adds to ln of the values that are left, in all layers together. */
function finiteWidthShifts(
  { diagonals }: FreeFactors,
  survivors: Omit<Survivors, 'share'>,
  layers: number,
): Float64Array {
  const { alive, isGaussian } = survivors
  const sum = new Float64Array(alive)
  let whole = layers
  for (const { law, count } of diagonals) {
    const share = survivingShare(law)
    if (share === 1) continue
    whole -= count
    for (const [i, shift] of survivalShift({ ...survivors, share }).entries())
      sum[i]! += count * shift
  }
  if (whole === 0 || !isGaussian) return sum
  return survivalShift({ ...survivors, share: 1 }).map((shift, i) => sum[i]! + whole * shift)
}

function survivingShare({ values, shares }: SlopeLaw): number {
  const zero = values.indexOf(0)
  return zero < 0 ? 1 : 1 - shares[zero]!
}

/** The diagonal whose law leaves least alive, and how much. */
function deadliest({ diagonals }: FreeFactors) {
  let [share, count] = [1, 0]
  for (const { law, count: layers } of diagonals) {
    const left = survivingShare(law)
    if (left < share) [share, count] = [left, layers]
  }
  return { share, count }
}

const aliveShare = (factors: FreeFactors) => deadliest(factors).share

/** Directions that are left: the least of `count` binomials, less those that a row normalization removes. */
function aliveCount({ width, config }: Network, factors: FreeFactors): number {
  const { axis, centred } = normalizations[config.norm]
  const removed = axis === 'feature' ? (centred ? 2 : 1) : 0
  const { share, count } = deadliest(factors)
  const least = share * width - expectedLargest(count) * Math.sqrt(share * (1 - share) * width)
  return Math.round(Math.max(0, Math.min(width - removed, least)))
}

/** Expected largest of `count` standard normals, by Blom 1958; 0 of one and of none. */
function expectedLargest(count: number): number {
  if (count < 2) return 0
  return bracketedRoot((x) => normalCdf(x) - (count - 0.375) / (count + 0.25), 0, 8, 1e-6)
}

interface Ranks {
  readonly width: number
  /** Share of values that the law leaves alive, and how many are: those that finite width kills besides are the smallest. */
  readonly share: number
  readonly alive: number
}

/** ln lambda at evenly spaced shares, between points of the law linearly. */
function quantiles({ ln, above }: LogLaw, { width, share, alive }: Ranks): Float64Array {
  const reached = Math.max(above.at(-1)!, share * (1 - 1 / (4 * width)))
  const stretch = reached / above.at(-1)!
  let at = 0
  return Float64Array.from({ length: width }, (_, i) => {
    if (i >= alive) return -Infinity
    const goal = (i + 0.5) / width / stretch
    while (at + 2 < ln.length && above[at + 1]! < goal) at++
    const place = Math.min(1, (goal - above[at]!) / (above[at + 1]! - above[at]!))
    return ln[at]! + place * (ln[at + 1]! - ln[at]!)
  })
}
