import type { MomentsAt } from './momentLaw.ts'

/**
 * A layer of a wide network as its statistics: all samples have the same mean square, pairs of samples
 * fall into classes of equal distance. Entry 0 of the arrays is a sample with itself.
 */
export interface Signal {
  /** ln of the mean square of a sample's entries; -Infinity for zero. */
  readonly ln: number
  /** Mean over the units of a sample, in units of its rms. */
  readonly mean: number
  /** 1 - x_a x_b / (n mean square), a class an entry. */
  readonly distances: Float64Array
  /**
   * The same between each unit of one and the mirrored unit (half a layer away) of the other: 1 means
   * independent, 2 opposite. Only followed where weights are mirrored, else empty.
   */
  readonly mirrored: Float64Array
}

export interface LinearLaw {
  /** ln sigma_w^2 and ln sigma_b^2 */
  readonly lnWeight: number
  readonly lnBias: number
  /** Blocks [[O, -O], [-O, O]]: only the difference of the two halves goes through. */
  readonly isMirrored: boolean
}

/** ln(exp(a) + exp(b)) */
export function lnSum(a: number, b: number): number {
  const top = Math.max(a, b)
  return top === -Infinity ? top : top + Math.log1p(Math.exp(Math.min(a, b) - top))
}

/**
 * W x + b with fresh weights: units are normal, independent (or mirrored), of mean zero.
 *
 *   q = sigma_w^2 p + sigma_b^2;   mirrored: q = 2 sigma_w^2 (p - p_mirrored) + sigma_b^2
 */
export function throughWeights(x: Signal, law: LinearLaw): Signal {
  const difference = x.mirrored[0] ?? 1
  const factor = law.isMirrored ? Math.log(2 * difference) : 0
  const lnProduct = law.lnWeight + x.ln + factor
  const ln = lnSum(lnProduct, law.lnBias)
  const share = ln === -Infinity ? 1 : Math.exp(lnProduct - ln)
  const { distances, mirrored } = x
  if (!law.isMirrored) return { ln, mean: 0, distances: distances.map((e) => share * e), mirrored }
  // Between halves of one sample and another: p_ab - p_ab,mirrored = p (mirrored - distance).
  const across = mirrored.map((opposite, k) =>
    share === 0 || difference === 0 ? 0 : share * ((opposite - distances[k]!) / difference),
  )
  return {
    ln,
    mean: 0,
    distances: across.map((value) => Math.max(0, share - value)),
    mirrored: across.map((value) => Math.min(2, 1 + value)),
  }
}

/** Divided by its own rms, sample by sample; zero stays zero. The mean over the units is zero already. */
export function normalized(x: Signal): Signal {
  return { ...x, ln: x.ln === -Infinity ? -Infinity : 0 }
}

/** f of normal units, entry by entry; `moments` are those of f at the variance of z. */
export function throughActivation(z: Signal, moments: MomentsAt): Signal {
  const { lnSquare, meanRatio, lnStretch, spread } = moments
  const stretch = lnSquare === -Infinity ? 0 : Math.exp(lnStretch - lnSquare)
  const distance = (e: number) => (e === 0 ? 0 : e * stretch * spread(e))
  return {
    ln: lnSquare,
    mean: meanRatio,
    distances: z.distances.map(distance),
    mirrored: z.mirrored.map(distance),
  }
}

export interface MixingLaw {
  readonly alpha: number
  readonly beta: number
  readonly filter: 'absent' | 'identity' | 'orthogonal'
}

/**
 * alpha S x + beta y. Units of y are independent of those of x but for their common mean, which an identity
 * keeps and an orthogonal S scatters:
 *
 *   p = alpha^2 p_x + beta^2 p_y + 2 alpha beta mean_x mean_y   (the last term for the identity alone)
 */
export function mixed(x: Signal, y: Signal, { alpha, beta, filter }: MixingLaw): Signal {
  if (filter === 'absent') return y
  const [lnX, lnY] = [2 * Math.log(alpha) + x.ln, 2 * Math.log(beta) + y.ln]
  const top = Math.max(lnX, lnY)
  if (top === -Infinity) return { ...y, ln: -Infinity }
  const [px, py] = [Math.exp(lnX - top), Math.exp(lnY - top)]
  const [meanX, meanY] = [
    filter === 'identity' ? x.mean * Math.sqrt(px) : 0,
    y.mean * Math.sqrt(py),
  ]
  const total = px + py + 2 * meanX * meanY
  const distance = (ex: number, ey: number) => (px * ex + py * ey) / total
  return {
    ln: top + Math.log(total),
    mean: (meanX + meanY) / Math.sqrt(total),
    distances: x.distances.map((e, k) => distance(e, y.distances[k]!)),
    mirrored: x.mirrored.map((e, k) => distance(filter === 'identity' ? e : 1, y.mirrored[k]!)),
  }
}
