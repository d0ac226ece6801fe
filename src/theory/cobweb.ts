import type { NetworkConfig } from '../model/config.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { correlationMap, distanceFactor } from './correlationMap.ts'
import { cStar, qStar } from './fixedPoints.ts'
import { lengthMap, lengthMapSlope } from './lengthMap.ts'
import { fieldAt, LIMIT_LN_Q, lnOf, type MeanField } from './meanField.ts'
import { momentLaw } from './moments.ts'
import { nonlinearityAt } from './nonlinearity.ts'
import { type SampledMap, sampleMap, stepsOf } from './scalarMap.ts'
import type { Start } from './trajectory.ts'

/** Why a network has no map of one number. */
export type Unmapped =
  | 'mixed'
  | 'tied'
  | 'gain_decay'
  | 'mirrored'
  | 'batch'
  | 'two_units'
  | 'digits'
  | 'constant'
  | 'zero'
  | 'normalized'

/** A map, and the way that the signal of the network takes through it. */
export interface Cobweb extends SampledMap {
  /** The values at layers 1, 2, ..., from that of the inputs as drawn on; correlations each at its layer's variance. */
  readonly steps: Float64Array
}

export interface CorrelationCobweb extends Cobweb {
  /** The variance at which the map is taken: that which settles, or that of the last layer where none does. */
  readonly q: number
  /** Its slope at c = 1: chi_1 where q is a fixed point. */
  readonly chi1: number
  /** Is q a fixed point of the length map, or fixed by a normalization? */
  readonly isSettled: boolean
}

/** The maps of a layer, as cobweb plots. */
export interface Cobwebs {
  readonly length: Cobweb | Unmapped
  readonly correlation: CorrelationCobweb | Unmapped
}

/** The variance is followed this far where it has no fixed point: drifts by powers of the depth are slow by then. */
const MOST_LAYERS = 2000
const STILL = 1e-12
/** Room beyond the start and the fixed point. */
const ROOM = 1.2
/** Where q leaves for infinity, the plot shows the first steps. */
const LEAVING_ROOM = 4
/** Mean cosines of independent inputs lie this near to zero, on either side. */
const FLUCTUATION = 0.05

/**
 * Length map q -> q' and correlation map c -> c' of a network with the staircase that its inputs go down,
 * q and c those of the pre-activations.
 *
 * @param start  layer 0 as drawn: log10 of its rms, and its mean cosine
 * @returns      in place of a map, why there is none
 * Accuracy: that of `lengthMap`, `correlationMap`, `qStar` and `cStar` (tests/theory/cobweb).
 * Source: Poole et al. 2016, arXiv:1606.05340, figures 2 and 3.
 */
export function cobwebs(network: Network, start: Start): Cobwebs {
  const { config } = network
  const reason = unmapped(config)
  if (reason !== null) return { length: reason, correlation: reason }
  const field = fieldAt(nonlinearityAt(network, 1), config.sw, config.sb)
  const first = firstLayer(config, start)
  if (first.q === 0) return { length: 'zero', correlation: 'zero' }
  const isNormalized = config.norm !== 'none'
  const most = network.depth
  return {
    length: isNormalized ? 'normalized' : lengthCobweb(field, first.q, most),
    correlation: correlationCobweb(field, first, { isNormalized, most }),
  }
}

/** TABLE: what keeps a network from having a map of one number, the first that applies. */
const obstacles: readonly (readonly [Unmapped, (config: NetworkConfig) => boolean])[] = [
  ['mixed', ({ mix }) => mix !== 'none'],
  ['tied', ({ tied }) => tied === 1],
  ['gain_decay', ({ gain_decay }) => gain_decay > 0],
  ['mirrored', ({ init }) => init === 'looks_linear'],
  ['batch', ({ norm }) => normalizations[norm].axis === 'batch'],
  ['two_units', ({ norm, width }) => norm === 'layer' && width === 2],
  ['digits', ({ data, order }) => data === 'digits' && order === 'norm_act_linear'],
  ['constant', ({ gain }) => gain === 0],
  ['zero', ({ sw, sb }) => sw === 0 && sb === 0],
]

function unmapped(config: NetworkConfig): Unmapped | null {
  return obstacles.find(([, applies]) => applies(config))?.[0] ?? null
}

interface Pair {
  readonly q: number
  readonly c: number
}

/** What enters the first activation, before a normalization: weights and bias applied, or the inputs themselves. */
function firstLayer({ order, sw, sb }: NetworkConfig, { log10Rms, meanCosine }: Start): Pair {
  const square = 10 ** (2 * log10Rms)
  if (order === 'norm_act_linear') return { q: square, c: meanCosine }
  const [signal, bias] = [sw * sw * square, sb * sb]
  return { q: signal + bias, c: (signal * meanCosine + bias) / (signal + bias) }
}

function lengthCobweb(field: MeanField, q1: number, most: number): Cobweb {
  const map = lengthMap(field)
  const settles = qStar(field, q1)
  const range = [
    0,
    settles === Infinity ? LEAVING_ROOM * q1 : ROOM * Math.max(q1, settles),
  ] as const
  const slope = (q: number) => (q === 0 ? slopeAtZero(field) : lengthMapSlope(field, q))
  return {
    ...sampleMap({ map, slope }, range, [settles]),
    steps: stepsOf(map, q1, { range, most }),
  }
}

/** Limit of V(q) / q for q to 0: the slope there, where 0 is a fixed point. */
function slopeAtZero({ nonlinearity, weightVariance }: MeanField): number {
  if (weightVariance === 0) return 0
  return weightVariance * Math.exp(momentLaw(nonlinearity)(-LIMIT_LN_Q).lnSquare + LIMIT_LN_Q)
}

interface CorrelationOptions {
  readonly isNormalized: boolean
  readonly most: number
}

function correlationCobweb(
  field: MeanField,
  first: Pair,
  { isNormalized, most }: CorrelationOptions,
): CorrelationCobweb {
  const settles = isNormalized ? 1 : qStar(field, first.q)
  const isSettled = settles > 0 && settles < Infinity
  const variances = isNormalized ? [1] : variancesOf(field, first.q, most)
  const q = isSettled ? settles : variances.at(-1)!
  const map = correlationMap(field, q)
  const chi1 = distanceFactor(field, q)(0)
  const { slopeCorrelation } = momentLaw(field.nonlinearity)(lnOf(q))
  const slope = (c: number) => chi1 * slopeCorrelation(1 - c)
  const range = [first.c < -FLUCTUATION ? -1 : 0, 1] as const
  const sampled = sampleMap({ map, slope }, range, [1, cStar(field, q) ?? 1])
  const step = (c: number, l: number) =>
    correlationMap(field, variances[l - 1] ?? q)(Math.max(-1, Math.min(1, c)))
  return { ...sampled, steps: stepsOf(step, first.c, { range: [-1, 1], most }), q, chi1, isSettled }
}

/** q of layers 1, 2, ... until it rests; in logarithms on the way, as it may leave the range of floats. */
function variancesOf(field: MeanField, q1: number, layers: number): readonly number[] {
  const law = momentLaw(field.nonlinearity)
  const [lnWeights, lnBias] = [Math.log(field.weightVariance), Math.log(field.biasVariance)]
  const variances = [q1]
  let lnQ = Math.log(q1)
  while (variances.length < Math.min(layers, MOST_LAYERS) && Math.abs(lnQ) < LIMIT_LN_Q) {
    const before = lnQ
    lnQ = lnOfSum(lnWeights + law(lnQ).lnSquare, lnBias)
    variances.push(Math.exp(lnQ))
    if (Math.abs(lnQ - before) < STILL) break
  }
  return variances
}

/** ln(e^p + e^q) */
function lnOfSum(p: number, q: number): number {
  const larger = Math.max(p, q)
  return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(Math.min(p, q) - larger))
}
