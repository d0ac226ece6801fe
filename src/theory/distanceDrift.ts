import type { Network } from '../model/network.ts'
import { BatchOfGradients } from './batchOfGradients.ts'
import type { FiniteWidth } from './finiteWidth.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'

/** Nats that a shift may have where first order is not enough for the gradient. */
const TRUSTED = 1

/** What the next layer keeps of a shift of ln of a distance: as much as of its change, at infinite width. */
function keptOf(last: number, here: number): number {
  const kept = here / last
  return Number.isFinite(kept) ? Math.min(1, Math.max(0, kept)) : 0
}

/**
 * Shift of ln of the mean distance 1 - c between the samples of a batch, from that of infinite width to what is typical
 * at width n, an entry a layer 0 ... L.
 *
 * A small difference between two samples grows on its way up as a gradient does on its way down, in units of the signal. Samples
 * that merge see the same slopes, so that the mean over pairs exceeds what is typical of one only by what depends on
 * the direction of the difference (BatchOfGradients). A layer's step is kept as the map of distances keeps changes: forgotten
 * at a fixed point, kept for good where samples merge.
 *
 *   off(l) = kept(l) off(l - 1) + (1 - e) (step of a difference - step of the signal)
 *
 * NaN where it is large and the gradient's is not known either.
 * Accuracy: tests/theory/distanceDrift. Source: derived here, by linearizing in the distance.
 */
export function distanceDrift(
  network: Network,
  { distanceX }: ForwardTrajectory,
  { gradientDrift, differenceDrift, differenceNoise, signalDrift }: FiniteWidth,
): Float64Array {
  const isKnown = !Number.isNaN(gradientDrift[0])
  const off = new Float64Array(distanceX.length)
  const batch = new BatchOfGradients(network)
  let [shift, ln, last] = [0, Math.log(distanceX[0]!), 0]
  for (let l = 1; l < off.length; l++) {
    const e = distanceX[l]!
    const here = Math.log(e) - ln
    const ofOne = differenceDrift[l - 1]! - differenceDrift[l]! - batch.gain
    batch.step({ byGradient: differenceNoise[l]!, bySample: 0, lost: 0 }, 0)
    const step = ofOne + batch.gain - (signalDrift[l]! - signalDrift[l - 1]!)
    shift = keptOf(last, here) * shift + Math.max(0, 1 - e) * step
    off[l] = isKnown || Math.abs(shift) <= TRUSTED ? shift : NaN
    ln += here
    last = here
  }
  return off
}
