import { digamma } from '../math/special.ts'
import { activations } from '../model/activations.ts'
import type { NetworkConfig } from '../model/config.ts'

/** Slopes of a homogeneous activation on either side of zero. */
export interface Slopes {
  readonly left: number
  readonly right: number
}

export function slopesOf({ act, slope }: NetworkConfig): Slopes {
  const { dphi } = activations[act]
  return { left: dphi(-1, slope), right: dphi(1, slope) }
}

/** ln t of the trapezoid rule below. */
const [FIRST, LAST, STEP] = [-72, 90, 0.05]

/**
 * E ln((1 / n) sum f(z_i)^2) - ln E[f^2] over n independent z_i ~ N(0, 1), f homogeneous, of sums that are not zero:
 *
 *   E ln S = integral of (e^-t - E[e^(-t S)]) / t dt,   E[e^(-t f^2)] = ((1 + 2 t left^2)^(-1/2) + (1 + 2 t right^2)^(-1/2)) / 2
 *
 * Accuracy: 1e-12 (tests/theory/homogeneousSum). Source: Frullani's integral.
 */
export function typicalSum({ left, right }: Slopes, n: number): number {
  const zero = ((left === 0 ? 0.5 : 0) + (right === 0 ? 0.5 : 0)) ** n
  // By what is missing from 1, which of many terms is too little to be left to rounding.
  const missing = (t: number, slope: number) => Math.expm1(-0.5 * Math.log1p(2 * t * slope ** 2))
  const power = (t: number) => Math.exp(n * Math.log1p((missing(t, left) + missing(t, right)) / 2))
  let sum = 0
  for (let x = FIRST; x <= LAST; x += STEP) {
    const t = Math.exp(x)
    sum += Math.exp(-t) - (power(t) - zero) / (1 - zero)
  }
  return sum * STEP - Math.log((n * (left ** 2 + right ** 2)) / 2)
}

const known = new Map<string, number>()

/**
 * What first order in 1 / n leaves out of the typical ln of a homogeneous layer's factor, for the signal as for the
 * gradient: -(1 / 2) Var(f^2) / (n E[f^2]^2), less that of the length where W rotates.
 *
 * Source: Hanin and Nica 2020, arXiv:1812.05994: slopes on the way down are as independent of what they meet as on the way up.
 */
export function beyondFirstOrder(slopes: Slopes, n: number, isRotation: boolean): number {
  const key = `${slopes.left} ${slopes.right} ${n} ${isRotation}`
  const found = known.get(key) ?? excess(slopes, n, isRotation)
  known.set(key, found)
  return found
}

function excess(slopes: Slopes, n: number, isRotation: boolean): number {
  const { left, right } = slopes
  const kurtosis = (6 * (left ** 4 + right ** 4)) / (left ** 2 + right ** 2) ** 2
  const ofLength = isRotation ? digamma(n / 2) - Math.log(n / 2) : 0
  const firstOrder = (kurtosis - 1 - (isRotation ? 2 : 0)) / (2 * n)
  return typicalSum(slopes, n) - ofLength + firstOrder
}
