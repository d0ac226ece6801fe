import { LOG10_2 } from '../../base/scaled.ts'
import { SINGULAR } from '../gram.ts'
import type { LayerRows } from '../statistics.ts'
import type { Layout } from './layout.ts'

/** Sums beyond this have left what float32 can say; no legal network comes near. */
const RUNAWAY = 1e30

/** log10 of the root of sum * 4^exponent / count; -Infinity for 0. */
function log10Root(sum: number, exponent: number, count: number): number {
  return sum === 0 ? -Infinity : exponent * LOG10_2 + 0.5 * Math.log10(sum / count)
}

function checkRange(report: Float32Array, direction: string, layer: number): void {
  if (!report.every((value) => Math.abs(value) < RUNAWAY))
    throw new Error(`${direction}: layer ${layer} must stay finite, got ${report.join(' ')}`)
}

/** Writes row `place` of a forward report into the rows of layer `layer`. */
export function readForward(
  rows: LayerRows,
  layer: number,
  { samples, width }: Layout,
  report: Float32Array,
): void {
  // Layer 0 has neither H nor Z: what stands there is left over.
  checkRange(layer === 0 ? report.subarray(0, 12) : report, 'forward', layer)
  const [x, xExponent, h, hExponent] = report as unknown as Four
  const count = samples * width
  rows.log10_activation_rms[layer] = log10Root(x, xExponent, count)
  writeCosines(rows, layer, report)
  rows.effective_rank[layer] = x === 0 ? NaN : (x * x) / report[9]!
  rows.isometry_gap[layer] = isometryGap(report, samples, width)
  if (layer === 0) return
  rows.log10_preactivation_rms[layer] = log10Root(h, hExponent, count)
  const [variance, meanSquare, signs, units] = report.subarray(12, 16) as unknown as Four
  rows.preactivation_std_ratio[layer] = meanSquare === 0 ? NaN : Math.sqrt(variance / meanSquare)
  rows.sign_diversity[layer] = units === 0 ? NaN : signs / units
}

type Four = readonly [number, number, number, number]

function writeCosines(rows: LayerRows, layer: number, report: Float32Array): void {
  const [sum, absolute, minusMin, max] = report.subarray(4, 8) as unknown as Four
  const pairs = report[8]!
  rows.mean_cosine[layer] = pairs === 0 ? NaN : sum / pairs
  rows.mean_abs_cosine[layer] = pairs === 0 ? NaN : absolute / pairs
  rows.min_cosine[layer] = pairs === 0 ? NaN : -minusMin
  rows.max_cosine[layer] = pairs === 0 ? NaN : max
}

/** ln(tr G / m) - ln(det G) / m; Infinity where G is singular. */
function isometryGap(report: Float32Array, samples: number, width: number): number {
  const [trace, squares, logDet, smallest] = [report[0]!, report[9]!, report[10]!, report[11]!]
  if (samples > width || trace === 0) return Infinity
  // tr(G^2) / tr(G) is the largest eigenvalue where one dominates, and never above it.
  if (smallest < SINGULAR.float32 * samples * (squares / trace)) return Infinity
  return Math.log(trace / samples) - logDet / samples
}

/** Writes one row of a backward report: the gradient at X of the layer below, and at W of the layer. */
export function readBackward(
  rows: LayerRows,
  layer: number,
  { samples, width }: Layout,
  report: Float32Array,
): void {
  checkRange(report, 'backward', layer)
  const [gradient, exponent, weight, weightExponent] = report as unknown as Four
  rows.log10_gradient_rms[layer - 1] = log10Root(gradient, exponent, samples * width)
  rows.log10_weight_gradient_norm[layer] = log10Root(weight, weightExponent, 1)
}
