import { gaussianExpectation } from '../math/quadrature.ts'
import { activations, type ActivationId } from '../model/activations.ts'
import type { Nonlinearity } from './nonlinearity.ts'

/** Knots of the table in ln q. */
const STEP = 0.02
/** Beyond these every activation has reached its limits, where the ratio is constant or exp(ln q / 2). */
const REACH = 30

const tables = new Map<string, Map<number, number>>()

/** ln of E[phi'^4] / E[phi'^2]^2 at a knot. */
function lnRatioAt(act: ActivationId, slope: number, knot: number): number {
  const { dphi, kinks } = activations[act]
  const root = Math.exp((knot * STEP) / 2)
  const splits = kinks.map((kink) => kink / root)
  const power = (p: number) => gaussianExpectation((z) => dphi(root * z, slope) ** p, splits)
  return Math.log(power(4)) - 2 * Math.log(power(2))
}

function tabulated(act: ActivationId, slope: number, knot: number): number {
  const key = `${act} ${slope}`
  const table = tables.get(key) ?? new Map<number, number>()
  tables.set(key, table)
  const known = table.get(knot) ?? lnRatioAt(act, slope, knot)
  table.set(knot, known)
  return known
}

/**
 * Relative variance of the squared slope of an activation at preactivations of variance q = exp(lnQ):
 *
 *   mu_2 / mu_1^2 - 1,   mu_k = E[f'(sqrt(q) z)^(2k)]
 *
 * Linear between knots in ln q. Accuracy: 2e-4 of mu_2 / mu_1^2 (tests/theory/jacobianMoments).
 * Source: Pennington et al. 2017, arXiv:1711.04735, eq. 20.
 */
export function slopeSpread({ act, slope, gain }: Nonlinearity, lnQ: number): number {
  if (activations[act].homogeneous) return Math.expm1(tabulated(act, slope, 0))
  const place = Math.min(REACH, Math.max(-REACH, lnQ + 2 * Math.log(gain))) / STEP
  const knot = Math.floor(place)
  const [low, high] = [tabulated(act, slope, knot), tabulated(act, slope, knot + 1)]
  return Math.expm1(low + (place - knot) * (high - low))
}
