import { activations, type ActivationId } from '../model/activations.ts'
import { gainAt, type Network } from '../model/network.ts'
import { normalizations } from '../model/normalizations.ts'
import { columnDimensions } from './batchLaw.ts'
import type { ForwardTrajectory } from './forwardTrajectory.ts'
import type { FreeFactors, SlopeLaw } from './freeProduct.ts'
import { compositeRule, gaussLegendre } from './gaussLegendre.ts'

const RULE = gaussLegendre(6)
const REACH = 6
const PANELS = [-REACH, -3, -2, -1, -0.4, 0, 0.4, 1, 2, 3, REACH]

/** Beyond these ln q every activation has reached its limits. */
const LIMIT = 60

const within = (lnQ: number) => Math.min(LIMIT, Math.max(-LIMIT, lnQ))

/** Layers are taken together by what their preactivations are in ln q: this many kinds over the depth. */
const GROUPS = 8

/** Gauss-Hermite rule of three nodes for a standard normal. */
const NORMAL_NODES = [-Math.sqrt(3), 0, Math.sqrt(3)]
const NORMAL_WEIGHTS = [1 / 6, 2 / 3, 1 / 6]

/**
 * The law of phi'(sqrt(q) z)^2 in units of its mean, z ~ N(0, 1), q = exp(lnQ), as values and their shares; equal values
 * are taken together.
 *
 * Accuracy: second moments to 1e-3 for q up to 9 (tests/theory/productSpectrum).
 */
export function slopeLaw(act: ActivationId, slope: number, lnQ: number): SlopeLaw {
  const { dphi, kinks } = activations[act]
  const root = Math.exp(lnQ / 2)
  const cuts = kinks.map((kink) => kink / root).filter((cut) => Math.abs(cut) < REACH)
  const edges = [...new Set([...PANELS, ...cuts])].sort((a, b) => a - b)
  const { nodes, weights } = compositeRule(edges, RULE)
  const shares = new Map<number, number>()
  nodes.forEach((z, i) => {
    const value = dphi(root * z, slope) ** 2
    shares.set(value, (shares.get(value) ?? 0) + weights[i]! * Math.exp((-z * z) / 2))
  })
  return ofMeanOne([...shares])
}

function ofMeanOne(entries: readonly (readonly [number, number])[]): SlopeLaw {
  const mass = entries.reduce((sum, [, share]) => sum + share, 0)
  const mean = entries.reduce((sum, [value, share]) => sum + value * share, 0) / mass
  return {
    values: Float64Array.from(entries, ([value]) => value / mean),
    shares: Float64Array.from(entries, ([, share]) => share / mass),
  }
}

/** The same divided by the variance of a column over the batch: a log-normal of the spread of 1 / chi-square. */
function behindBatch(law: SlopeLaw, dimensions: number): SlopeLaw {
  const deviation = Math.sqrt(Math.log1p(2 / (dimensions - 4)))
  const entries = NORMAL_NODES.flatMap((x, k) => {
    const factor = Math.exp(deviation * x)
    return Array.from(
      law.values,
      (value, j) => [value * factor, law.shares[j]! * NORMAL_WEIGHTS[k]!] as const,
    )
  })
  const zeros = entries.filter(([value]) => value === 0)
  const dead = zeros.reduce((sum, [, share]) => sum + share, 0)
  const alive = entries.filter(([value]) => value > 0)
  return ofMeanOne(dead > 0 ? [...alive, [0, dead]] : alive)
}

/** The laws of the slopes of the layers 1 ... `layer`, like layers together; layers whose slopes are all alike are left out. */
export function slopeFactors(
  network: Network,
  { lnH }: ForwardTrajectory,
  layer: number,
): FreeFactors['diagonals'] {
  const { config, batch } = network
  const { axis, centred } = normalizations[config.norm]
  const isFree = !activations[config.act].homogeneous
  // The law depends on the gain and on q through their product alone.
  const places = Array.from({ length: layer }, (_, i) => {
    const lnGain = 2 * Math.log(gainAt(config, i + 1))
    return isFree ? within(lnGain + (axis === 'none' ? lnH[i + 1]! : 0)) : 0
  })
  const laws = grouped(places).map(({ place, count }) => ({
    law: slopeLaw(config.act, config.slope, place),
    count,
  }))
  const dimensions = columnDimensions({ batch, centred })
  return laws
    .map(({ law, count }) => ({
      law: axis === 'batch' ? behindBatch(law, dimensions) : law,
      count,
    }))
    .filter(({ law }) => law.values.length > 1)
}

/** Cuts the range of places into equal parts: the mean of those in each part, and how many they are. */
function grouped(places: readonly number[]) {
  const low = places.reduce((least, place) => Math.min(least, place), Infinity)
  const high = places.reduce((most, place) => Math.max(most, place), -Infinity)
  const part = high > low ? (high - low) / GROUPS : 1
  const groups = Array.from({ length: GROUPS }, () => ({ sum: 0, count: 0 }))
  for (const place of places) {
    const group = groups[Math.min(GROUPS - 1, Math.floor((place - low) / part))]!
    group.sum += place
    group.count++
  }
  return groups
    .filter(({ count }) => count > 0)
    .map(({ sum, count }) => ({ place: sum / count, count }))
}
