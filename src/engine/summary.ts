import { median, quantile } from '../math/summary.ts'
import { growthOf } from '../model/growth.ts'
import type { Network } from '../model/network.ts'
import type { Band, Summary } from './protocol.ts'
import { type LayerRows, statisticIds } from './statistics.ts'

/** GSC(L, l) from gradient and activation rows: rms(dX_l) / rms(C) * rms(X_l) / rms(X_L), log10. */
export function deriveGsc(rows: LayerRows, depth: number): void {
  const { log10_gradient_rms: gradient, log10_activation_rms: activation, log10_gsc: gsc } = rows
  const top = activation[depth]!
  for (let l = 0; l <= depth; l++) {
    const relative = gradient[l]! - gradient[depth]! + activation[l]! - top
    gsc[l] = top === -Infinity ? NaN : relative
  }
}

export function summarize(rows: LayerRows, network: Network): Summary {
  return {
    gradientGrowth: growthOf(rows.log10_gradient_rms, network),
    gscGrowth: growthOf(rows.log10_gsc, network),
  }
}

type OverSeeds = (values: readonly number[]) => number

const rowsOver = (runs: readonly LayerRows[], depth: number, f: OverSeeds): LayerRows =>
  Object.fromEntries(
    statisticIds.map((id) => [
      id,
      Float64Array.from({ length: depth + 1 }, (_, l) => f(runs.map((run) => run[id][l]!))),
    ]),
  ) as Record<keyof LayerRows, Float64Array>

/** Median of every entry over the seeds; NaN where it does not exist for any seed. */
export const medianRows = (runs: readonly LayerRows[], depth: number): LayerRows =>
  rowsOver(runs, depth, median)

/** 10 % and 90 % of every entry over the seeds. */
export function bandsOver(
  runs: readonly LayerRows[],
  depth: number,
): Readonly<Record<keyof LayerRows, Band>> {
  const low = rowsOver(runs, depth, (values) => quantile(values, 0.1))
  const high = rowsOver(runs, depth, (values) => quantile(values, 0.9))
  return Object.fromEntries(
    statisticIds.map((id) => [id, { low: low[id], high: high[id] }]),
  ) as Record<keyof LayerRows, Band>
}
