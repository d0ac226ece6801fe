import type { ActivationId } from '../model/activations.ts'
import { clippedGapOverE } from './clippedMoments.ts'

/** At variance q: e -> (E[phi^2] - E[phi1 phi2]) / e, correlation 1 - e. */
export type PairGap = (q: number) => (e: number) => number

/** TABLE: activations bent elsewhere than at zero, for which a Hermite series would end too slowly. */
export const kinkedPairs: Readonly<Partial<Record<ActivationId, PairGap>>> = {
  hard_tanh: clippedGapOverE,
}
