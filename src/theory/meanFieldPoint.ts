import type { Network } from '../model/network.ts'
import { correlationMap } from './correlationMap.ts'
import { type DepthScales, depthScales } from './depthScales.ts'
import { cStar, qStar } from './fixedPoints.ts'
import { lengthMap } from './lengthMap.ts'
import { fieldAt } from './meanField.ts'
import { nonlinearityAt } from './nonlinearity.ts'
import { criticalWeightDeviation, phase, type Phase } from './phase.ts'
import { chi1 } from './susceptibility.ts'

/** Where a network without normalization and mixing stands in the plane of (sigma_w, sigma_b). */
export interface MeanFieldPoint extends DepthScales {
  readonly phase: Phase
  readonly qStar: number
  /** null where the variance has no fixed point. */
  readonly cStar: number | null
  readonly chi1: number
  /** The critical weight deviation at this bias; null where there is none. */
  readonly criticalSw: number | null
  /** What one more layer makes of variance 1, and of correlation 0 at the fixed point. */
  readonly lengthAtOne: number
  readonly correlationAtZero: number | null
}

/**
 * Fixed points, phase and depth scales of a plain deep network.
 *
 * @returns null for networks that these maps do not describe: a normalization, mixing, shared weights, a gain
 *          that changes with depth
 * Source: Poole et al. 2016, arXiv:1606.05340; Schoenholz et al. 2017, arXiv:1611.01232.
 */
export function meanFieldPoint(network: Network): MeanFieldPoint | null {
  const { norm, mix, tied, gain_decay, sw, sb } = network.config
  if (norm !== 'none' || mix !== 'none' || tied === 1 || gain_decay > 0) return null
  const f = nonlinearityAt(network, 1)
  const field = fieldAt(f, sw, sb)
  const q = qStar(field)
  const isFixed = q > 0 && q < Infinity
  return {
    ...depthScales(field),
    phase: phase(field),
    qStar: q,
    cStar: cStar(field, q),
    chi1: chi1(field, q),
    criticalSw: criticalWeightDeviation(f, sb),
    lengthAtOne: lengthMap(field)(1),
    correlationAtZero: isFixed ? correlationMap(field, q)(0) : null,
  }
}
