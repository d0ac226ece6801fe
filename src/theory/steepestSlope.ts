import { activations, type ActivationId } from '../model/activations.ts'

/** Every slope of the tables is steepest within this distance of zero; between two points it hardly changes. */
const REACH = 12
const STEP = 1e-3
/** What may be missed between two points of a curve that bends like the tables', relative. */
const MISSED = 1e-6

const known = new Map<string, number>()

/**
 * The largest |phi'|, on the safe side by at most 1e-6: how much phi can stretch.
 * Accuracy: against known maxima in tests/theory/filterBounds.
 */
export function steepestSlope(act: ActivationId, slope: number): number {
  const key = `${act} ${slope}`
  const found = known.get(key) ?? searched(act, slope)
  known.set(key, found)
  return found
}

function searched(act: ActivationId, slope: number): number {
  const { dphi } = activations[act]
  let largest = 0
  for (let z = -REACH; z <= REACH; z += STEP) largest = Math.max(largest, Math.abs(dphi(z, slope)))
  return largest * (1 + MISSED)
}
