import type { SimulationResult } from '../../src/engine/simulate.ts'
import { mean, variance } from '../../src/math/summary.ts'
import type { Network } from '../../src/model/network.ts'
import {
  type PredictedRowId,
  predictedRowIds,
  type Prediction,
} from '../../src/theory/trajectory.ts'
import {
  FLOAT32_ROW,
  GRAM_SCATTER,
  GRAM_SCATTER_PER_LAYER,
  PAIR_CURVATURE,
  WALK_PER_LAYER,
} from '../tolerances.ts'

/** How far the median of the networks lies from the prediction, beyond what a finite width explains. */
export interface Deviation {
  readonly row: PredictedRowId
  readonly layer: number
  readonly measured: number
  readonly predicted: number
  readonly standardErrors: number
}

interface Measured extends Pick<SimulationResult, 'rows' | 'runs'> {
  readonly network: Network
}

/** Standard error of the median of normal values, in units of their deviation / sqrt(count); a little less for few. */
const OF_MEDIAN = Math.sqrt(Math.PI / 2)

/**
 * Standard errors of the median of a row, a layer an entry.
 *
 * A deviation estimated from eight networks is itself off by a quarter, and at 5 of it Student's tail with 7 degrees
 * of freedom is reached once in 600 comparisons instead of once in two million. Thousands are made here. Hence the larger of
 * a layer's own deviation and the root mean square over all layers: it falls short only where every layer does.
 */
function standardErrors(row: PredictedRowId, { runs, rows }: Measured): Float64Array {
  const variances = rows[row].map((_, l) => variance(runs.map((run) => run[row][l]!)))
  const pooled = mean(variances.filter(Number.isFinite))
  return variances.map((own) => {
    const larger = Math.max(Number.isFinite(own) ? own : 0, Number.isNaN(pooled) ? 0 : pooled)
    return OF_MEDIAN * Math.sqrt(larger / runs.length)
  })
}

/**
 * What a finite width adds, by name:
 *
 * - the walk of logarithms: ln of a mean square drifts from ln of its mean by at most 5 / (2 n) a layer
 *   (`finiteWidth`: ReLU, Gaussian weights, one sample), for the signal on its way up, unless every layer is
 *   normalized, and for the gradient on its way down; mirrored weights have n / 2 independent units;
 * - the scatter of a batch: with batch norm the eigenvalues of the Gram matrix scatter by sqrt(m / n), by which a squared
 *   gradient gains up to 4 (m - 1) / n nats, 12 / n a layer at the top, before it settles;
 * - the curvature of maps between cosines: pairs scatter about the mean cosine by 1 / n squared, and so
 *   do the sizes of samples;
 * - a count of units of the rarer sign is whole: its median is within 1 of its mean.
 */
function finiteWidth(row: PredictedRowId, layer: number, value: number, network: Network): number {
  const { width, batch, depth, config } = network
  const units = config.init === 'looks_linear' ? width / 2 : width
  const up = config.norm === 'none' ? layer : 1
  const walk = (layers: number) => (WALK_PER_LAYER * layers) / units
  const above = depth - layer
  const scatter = config.norm.startsWith('batch') ? gramScatter(above, network) : 0
  switch (row) {
    case 'log10_activation_rms':
    case 'log10_preactivation_rms':
      return walk(up)
    case 'log10_gradient_rms':
    case 'log10_gsc':
      return walk(above) + scatter
    case 'log10_weight_gradient_norm':
      return walk(above + up) + scatter
    case 'mean_cosine':
      return (PAIR_CURVATURE * (1 - value)) / units
    case 'preactivation_std_ratio':
      return (PAIR_CURVATURE * value) / units
    case 'sign_diversity':
      return (PAIR_CURVATURE * value) / units + 1 / (width * batch)
  }
}

function gramScatter(above: number, { width, batch }: Network): number {
  return Math.min(GRAM_SCATTER_PER_LAYER * above, GRAM_SCATTER * (batch - 1)) / width
}

/** Infinite where one is zero or missing and the other is not. */
function inStandardErrors(difference: number, allowed: number, error: number): number {
  if (!Number.isFinite(difference)) return Infinity
  return Math.max(0, Math.abs(difference) - allowed) / error
}

/** Every row that is predicted, at every layer, against the median of the networks that ran. */
export function deviations(measured: Measured, { rows }: Prediction): readonly Deviation[] {
  const found: Deviation[] = []
  for (const row of predictedRowIds) {
    const errors = standardErrors(row, measured)
    for (const [layer, predicted] of (rows[row] ?? []).entries()) {
      const value = measured.rows[row][layer]!
      if (Object.is(value, predicted)) continue
      const allowed = finiteWidth(row, layer, predicted, measured.network)
      // Rounding is all that is left to tell apart networks that agree exactly.
      const error = Math.max(errors[layer]!, FLOAT32_ROW)
      const deviation = inStandardErrors(value - predicted, allowed, error)
      found.push({ row, layer, measured: value, predicted, standardErrors: deviation })
    }
  }
  return found
}
