import { growthOf } from '../model/growth.ts'
import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { backwardTrajectory } from './backwardTrajectory.ts'
import type { BackwardTrajectory } from './gradient.ts'
import { distanceDrift } from './distanceDrift.ts'
import { type FiniteWidth, finiteWidth } from './finiteWidth.ts'
import { type ForwardTrajectory, forwardTrajectory } from './forwardTrajectory.ts'
import { isLengthTypical, type LengthFluctuation, lengthFluctuation } from './lengthFluctuation.ts'
import { TENTH } from './leftOut.ts'
import { isLostInRounding } from './mirroredLoss.ts'
import { type PairClass, pairClasses } from './pairClasses.ts'
import { isInScope, isRotatedBatch } from './scope.ts'
import { signDiversity } from './signDiversity.ts'

/** Layer 0 as drawn. */
export interface Start {
  readonly log10Rms: number
  readonly meanCosine: number
}

/** The rows theory speaks of, by their public names. */
export const predictedRowIds = [
  'log10_activation_rms',
  'log10_preactivation_rms',
  'mean_cosine',
  'preactivation_std_ratio',
  'sign_diversity',
  'log10_gradient_rms',
  'log10_weight_gradient_norm',
  'log10_gsc',
] as const
export type PredictedRowId = (typeof predictedRowIds)[number]

/** What theory says of a network: entries 0 ... L a row, NaN where a quantity does not exist, null where no theory is known. */
export interface Prediction {
  readonly rows: Readonly<Record<PredictedRowId, Float64Array | null>>
  readonly gradientGrowth: number | null
  readonly gscGrowth: number | null
  /** Between what eight in ten networks lie, of rows whose fluctuation at finite width has a formula. */
  readonly bands: Readonly<Partial<Record<PredictedRowId, PredictedBand>>>
}

/** 10 % and 90 % over the networks that the generator may draw. */
export interface PredictedBand {
  readonly low: Float64Array
  readonly high: Float64Array
}

const LN_TO_LOG10 = 1 / Math.LN10

const noRows = Object.fromEntries(predictedRowIds.map((id) => [id, null])) as Readonly<
  Record<PredictedRowId, null>
>

/**
 * The statistics of every layer of a network in the limit of infinite width, from its actual config.
 *
 * All samples have the same size and pairs of samples are followed by their cosine; weights are fresh in
 * every layer, so that the gradient is independent of what it meets. Values are logarithms throughout:
 * 1e-4000 and 1e+4000 are ordinary.
 *
 * @param start  layer 0 as drawn: log10 of its rms, and its mean cosine
 * Accuracy: at width 512 medians of eight networks lie within 5 standard errors at every layer, given what `deviations`
 * names for a finite width (tests/theory/againstEngine); at widths 4 to 64 squares are left off by up to 3 nats a layer over
 * the width squared (tests/theory/narrowAgainstEngine), but behind batch normalization, where they are by 1 over the width;
 * samples that merge do so at the pace of their own width (tests/theory/distanceDrift).
 * Source: Poole et al. 2016, arXiv:1606.05340, and Schoenholz et al. 2017, arXiv:1611.01232, layer by layer;
 * batch normalization after Yang et al. 2019, arXiv:1902.08129.
 */
export function predictTrajectory(network: Network, start: Start): Prediction {
  if (!isInScope(network)) return unpredicted(network)
  const classes = pairClasses(network.config, start.meanCosine)
  const forward = forwardTrajectory(network, 2 * start.log10Rms * Math.LN10, classes ?? [])
  if (isLostInRounding(network, forward)) return unpredicted(network)
  const lengths = lengthFluctuation(network, forward)
  if (!isLengthTypical(network, forward, lengths)) return unpredicted(network)
  const backward = backwardTrajectory(network, forward)
  const apart = finiteWidth(network, forward)
  const chaos = apart && chaosLeft(forward, backward, apart)
  const isChaosKnown = chaos === null || chaos > LEAST_CHAOS
  const width = chaos === null || chaos > 0 ? apart : finiteWidth(network, merged(forward))
  const rows = {
    ...signalRows(forward, width),
    ...pairRows({ network, forward, width, lengths }, isChaosKnown ? classes : null),
    ...gradientRows(backward, width),
  }
  const { log10_activation_rms: signal, log10_gradient_rms: gradient } = rows
  const log10_gsc = gsc(signal, gradient)
  return {
    rows: { ...rows, log10_gsc },
    // Behind a skip the walk is known to first order only, too little for its tails.
    bands: width && network.config.mix === 'none' ? bandsOf(rows, width) : {},
    gradientGrowth: growthOf(gradient, network),
    gscGrowth: growthOf(log10_gsc, network),
  }
}

/**
 * Nothing, but for the case in which the growth is known while the transient before it is not: a linear
 * network with orthogonal weights and batch norm whose batch spans the whole width ends up isometric.
 */
function unpredicted(network: Network): Prediction {
  const isIsometric = isRotatedBatch(network) && network.config.tied === 0
  const { centred } = normalizations[network.config.norm]
  const spans = network.batch - (centred ? 1 : 0) >= network.width
  const growth = isIsometric && spans && network.config.data === 'gaussian' ? 1 : null
  return { rows: noRows, bands: {}, gradientGrowth: growth, gscGrowth: growth }
}

/** Nats over all layers: less is no chaos. */
const CHAOS = 1
/** Where less than this share of it is left, cosines are not those of a wide network. */
const LEAST_CHAOS = 0.6

/**
 * What a finite width leaves of chaos: below 0, samples merge that it would keep apart. A small difference between two
 * samples grows as the gradient does, in units of the signal; its typical growth is less than that of its mean square.
 *
 * @returns a share of the growth in the limit of infinite width; null where nothing grows; -Infinity where it is not known
 */
function chaosLeft(
  { lnX }: ForwardTrajectory,
  { lnGradient }: BackwardTrajectory,
  { gradientDrift, differenceDrift }: FiniteWidth,
): number | null {
  const growth = lnGradient[0]! + lnX[0]! - lnX.at(-1)!
  if (!(growth > CHAOS)) return null
  return Number.isNaN(gradientDrift[0]) ? -Infinity : 1 + differenceDrift[0]! / growth
}

/**
 * Distances as a finite width leaves them. Where nobody knows what arrives, or whether anything does, there are no pairs to
 * speak of.
 */
function ofFiniteWidth(
  network: Network,
  forward: ForwardTrajectory,
  width: FiniteWidth | null,
): ForwardTrajectory {
  if (!width) return forward
  const { signalDrift, preactivationDrift } = width
  const known = (row: Float64Array, drift: Float64Array) =>
    row.map((ln, l) => (Number.isNaN(drift[l]) ? -Infinity : ln))
  const off = distanceDrift(network, forward, width)
  return {
    ...forward,
    lnX: known(forward.lnX, signalDrift),
    lnH: known(forward.lnH, preactivationDrift),
    distanceX: forward.distanceX.map((e, l) => e * Math.exp(off[l]!)),
    // Z follows from X of the layer below.
    distanceZ: forward.distanceZ.map((e, l) => e * Math.exp(off[Math.max(0, l - 1)]!)),
  }
}

/** The same with samples that are one. */
function merged(forward: ForwardTrajectory): ForwardTrajectory {
  const none = new Float64Array(forward.distanceX.length)
  return { ...forward, distanceX: none, distanceH: none, distanceZ: none, distanceOperand: none }
}

type SizeRows = ReturnType<typeof signalRows> & ReturnType<typeof gradientRows>

/** Logarithms of mean squares walk at random from layer to layer: normally distributed, about their typical value. */
function bandsOf(
  {
    log10_activation_rms: signal,
    log10_gradient_rms: gradient,
  }: Pick<SizeRows, 'log10_activation_rms' | 'log10_gradient_rms'>,
  { signalVariance, gradientVariance }: FiniteWidth,
): Prediction['bands'] {
  return {
    ...(signalVariance && { log10_activation_rms: bandAround(signal, signalVariance) }),
    ...(gradientVariance && { log10_gradient_rms: bandAround(gradient, gradientVariance) }),
  }
}

function bandAround(log10Rms: Float64Array, variance: Float64Array): PredictedBand {
  const reach = variance.map((v) => (TENTH * Math.sqrt(v) * LN_TO_LOG10) / 2)
  return {
    low: log10Rms.map((value, l) => value - reach[l]!),
    high: log10Rms.map((value, l) => value + reach[l]!),
  }
}

/** log10 of roots of exp(ln + shift). */
function log10Roots(lnSquares: Float64Array, shift?: Float64Array): Float64Array {
  return lnSquares.map((ln, l) => 0.5 * (ln + (shift?.[l] ?? 0)) * LN_TO_LOG10)
}

function signalRows({ lnX, lnH }: ForwardTrajectory, width: FiniteWidth | null) {
  return {
    log10_activation_rms: log10Roots(lnX, width?.signalDrift),
    log10_preactivation_rms: log10Roots(lnH, width?.preactivationDrift),
  }
}

function gradientRows(
  { lnGradient, lnWeightGradient }: BackwardTrajectory,
  width: FiniteWidth | null,
) {
  const shift = width?.gradientDrift
  const ofWeights = shift?.map((drift, l) => drift + (width?.signalDrift[l - 1] ?? 0))
  return {
    log10_gradient_rms: log10Roots(lnGradient, shift),
    log10_weight_gradient_norm: log10Roots(lnWeightGradient, ofWeights),
  }
}

/** Gradient against the size of the signal, from the top down; it does not exist where nothing arrives. */
function gsc(signal: Float64Array, gradient: Float64Array): Float64Array {
  const top = signal[signal.length - 1]!
  return gradient.map((value, l) => (top === -Infinity ? NaN : value + signal[l]! - top))
}

interface Known {
  readonly network: Network
  readonly forward: ForwardTrajectory
  readonly width: FiniteWidth | null
  readonly lengths: LengthFluctuation
}

function pairRows(known: Known, classes: readonly PairClass[] | null) {
  if (!classes) return { mean_cosine: null, preactivation_std_ratio: null, sign_diversity: null }
  const { network, lengths } = known
  const forward = ofFiniteWidth(network, known.forward, known.width)
  const { lnX, lnH, distanceX, distanceZ } = forward
  return {
    mean_cosine: distanceX.map((e, l) => (lnX[l] === -Infinity ? NaN : 1 - e)),
    preactivation_std_ratio: spreadRatios(network, forward, lengths),
    sign_diversity: signDiversities(
      network,
      distanceZ.map((e, l) => (lnH[l] === -Infinity ? NaN : e)),
      classes,
    ),
  }
}

/** Var over the m samples is (1 - 1 / m) times their mean distance, sizes included; batch norm makes it exactly 1. */
function spreadRatios(
  network: Network,
  forward: ForwardTrajectory,
  lengths: LengthFluctuation,
): Float64Array {
  const { batch: m, config } = network
  const { axis, centred } = normalizations[config.norm]
  return forward.distanceZ.map((e, l) => {
    if (Number.isNaN(e) || forward.lnH[l] === -Infinity) return NaN
    if (axis === 'batch' && centred) return 1
    const ofSizes = ((1 - e) * lengths.ofSamples[l]!) / 4
    return Math.sqrt((1 - 1 / m) * (e + ofSizes))
  })
}

/** Known where the samples that differ are all equally far apart, each drawn equally often. */
function signDiversities(
  { config, batch }: Network,
  distances: Float64Array,
  classes: readonly PairClass[],
): Float64Array | null {
  if (config.data === 'circle') return null
  const distinct = config.data === 'repeated' ? config.distinct : batch
  if (batch % distinct !== 0 || distinct === 1) return null
  const share = classes.find(({ distance }) => distance > 0)?.weight ?? 1
  let [before, diversity] = [NaN, NaN]
  return distances.map((e) => {
    if (Number.isNaN(e) || e === before) return Number.isNaN(e) ? NaN : diversity
    before = e
    diversity = signDiversity(distinct, e / share)
    return diversity
  })
}
