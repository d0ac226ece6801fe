import type { Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { type BackwardTrajectory, backwardTrajectory } from './backwardTrajectory.ts'
import { type ForwardTrajectory, forwardTrajectory } from './forwardTrajectory.ts'
import { growthOf } from './growth.ts'
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
}

const LN_TO_LOG10 = 1 / Math.LN10

const log10Root = (lnSquares: Float64Array) => lnSquares.map((ln) => 0.5 * ln * LN_TO_LOG10)

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
 * Accuracy against networks of width 512: tests/theory/againstEngine.
 * Source: Poole et al. 2016, arXiv:1606.05340, and Schoenholz et al. 2017, arXiv:1611.01232, layer by layer;
 * batch normalization after Yang et al. 2019, arXiv:1902.08129.
 */
export function predictTrajectory(network: Network, start: Start): Prediction {
  if (!isInScope(network)) return unpredicted(network)
  const classes = pairClasses(network.config, start.meanCosine)
  const forward = forwardTrajectory(network, 2 * start.log10Rms * Math.LN10, classes ?? [])
  const backward = backwardTrajectory(network, forward)
  const rows = {
    ...signalRows(forward),
    ...pairRows(network, forward, classes),
    ...gradientRows(forward, backward),
  }
  return {
    rows,
    gradientGrowth: growthOf(rows.log10_gradient_rms, network),
    gscGrowth: growthOf(rows.log10_gsc, network),
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
  return { rows: noRows, gradientGrowth: growth, gscGrowth: growth }
}

function signalRows({ lnX, lnH }: ForwardTrajectory) {
  return { log10_activation_rms: log10Root(lnX), log10_preactivation_rms: log10Root(lnH) }
}

function gradientRows({ lnX }: ForwardTrajectory, backward: BackwardTrajectory) {
  const { lnGradient, lnWeightGradient } = backward
  const depth = lnX.length - 1
  const gsc = lnGradient.map((ln, l) => 0.5 * (ln + lnX[l]! - lnX[depth]!) * LN_TO_LOG10)
  return {
    log10_gradient_rms: log10Root(lnGradient),
    log10_weight_gradient_norm: log10Root(lnWeightGradient),
    log10_gsc: lnX[depth] === -Infinity ? gsc.fill(NaN) : gsc,
  }
}

function pairRows(
  network: Network,
  { lnX, lnH, distanceX, distanceZ }: ForwardTrajectory,
  classes: readonly PairClass[] | null,
) {
  if (!classes) return { mean_cosine: null, preactivation_std_ratio: null, sign_diversity: null }
  const m = network.batch
  const { axis, centred } = normalizations[network.config.norm]
  const isWhole = axis === 'batch' && centred
  return {
    mean_cosine: distanceX.map((e, l) => (lnX[l] === -Infinity ? NaN : 1 - e)),
    // Var over the m samples is (1 - 1 / m) times the mean distance; batch norm makes it exactly 1.
    preactivation_std_ratio: distanceZ.map((e, l) =>
      lnH[l] === -Infinity ? NaN : isWhole ? 1 : Math.sqrt((1 - 1 / m) * e),
    ),
    sign_diversity: signDiversities(network, distanceZ, classes),
  }
}

/** Batches smaller than this repel each other too much for the law of their signs. */
const FEWEST_REPELLING = 8

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
  const isRepelling = distances.some((e) => e > share)
  if (isRepelling && distinct < FEWEST_REPELLING) return null
  return distances.map((e) => (Number.isNaN(e) ? NaN : signDiversity(distinct, e / share)))
}
