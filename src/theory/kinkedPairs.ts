import { activations, type ActivationId } from '../model/activations.ts'
import { clippedGapOverE } from './clippedMoments.ts'
import { smoothedExponentialUnit, smoothedGapOverE } from './smoothedActivation.ts'

/** At variance q: e -> (E[phi^2] - E[phi1 phi2]) / e, correlation 1 - e. */
export type PairGap = (q: number) => (e: number) => number

function exponentialUnit(act: ActivationId): PairGap {
  const phi = (u: number) => activations[act].phi(u, 0)
  const smoothed = smoothedExponentialUnit(phi(1), -phi(-Infinity))
  return (q) => smoothedGapOverE(phi, smoothed, q)
}

/** TABLE: kinked activations (their Hermite series converge slowly) for which one integral suffices. */
export const kinkedPairs: Readonly<Partial<Record<ActivationId, PairGap>>> = {
  elu: exponentialUnit('elu'),
  selu: exponentialUnit('selu'),
  hard_tanh: clippedGapOverE,
}
