import type { Network } from '../model/network.ts'
import { type ForwardTrajectory, linearLaw } from './forwardTrajectory.ts'

/** Mean square of the difference of two halves, in units of what float32 rounds: below, a digit in ten thousand is rounding. */
const LOST = 1e-11

/**
 * Is what mirrored weights pass on, the difference of the two halves of a layer, lost in rounding? Where a saturated
 * or nearly constant activation makes the halves alike, the difference shrinks layer by layer while the halves do not:
 * no engine of finite precision follows it. Halves that are exactly equal cancel exactly.
 */
export function isLostInRounding(network: Network, forward: ForwardTrajectory): boolean {
  const { lnWeight, lnBias, isMirrored } = linearLaw(network)
  if (!isMirrored || lnBias > -Infinity) return false
  const { lnH, lnX, lnY, lnOperand } = forward
  const isFirst = network.config.order === 'linear_norm_act'
  return lnOperand.some((below, l) => {
    if (l === 0) return false
    const passed = Math.exp((isFirst ? lnH : lnY)[l]! - lnWeight - (isFirst ? lnX[l - 1]! : below))
    return passed > 0 && passed < LOST
  })
}
