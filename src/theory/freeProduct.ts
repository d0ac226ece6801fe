import {
  add,
  type Complex,
  complex,
  divide,
  exp,
  expm1,
  ln,
  modulus,
  multiply,
  scale,
  subtract,
} from '../math/complex.ts'

/** A law of squared slopes: values of mean 1 and their probabilities. */
export interface SlopeLaw {
  readonly values: Float64Array
  readonly shares: Float64Array
}

/** Factors of a product that are free of each other. */
export interface FreeFactors {
  /** Diagonal matrices, each law `count` times. */
  readonly diagonals: readonly { readonly law: SlopeLaw; readonly count: number }[]
  /** Square matrices of independent entries; all other matrices between the diagonals are orthogonal. */
  readonly gaussians: number
}

/** Points of a law of ln lambda, from the largest value down, and the share of values above each. */
export interface LogLaw {
  readonly ln: readonly number[]
  readonly above: readonly number[]
}

/** Height above the real axis, in steps: the density is smoothed over as much. */
const SMOOTHING = 0.6
const LARGEST_SMOOTHING = 0.5
/** So far above the spectrum z = 1 / lambda is a good guess. */
const FAR = 8
const NEWTON_STEPS = 30
const CONVERGED = 1e-10
/** A step that does not converge is taken in parts, down to this share. */
const SMALLEST_PART = 1 / 64
const MOST_STEPS = 600

/**
 * The law of ln lambda, lambda the squared singular values of a product of free factors of mean square 1. With
 * w = lambda G and z = w - 1,
 *
 *   lambda = (w / z) w^(number of Gaussians) prod 1 / S_k(z),   S_k(z) = w u_k / z,   z = E[u_k d^2 / (1 - u_k d^2)]
 *   density = |Im w| / pi
 *
 * followed from large lambda down at a height h above the real axis, which smooths it and costs it a share h / pi.
 *
 * @param from   ln lambda above the spectrum
 * @param step   spacing of the points
 * @param share  share of values, exact zeros not among them, at which to stop
 * Accuracy: steps of .02 a factor give the Fuss-Catalan law to .02 of the values (tests/theory/productSpectrum).
 * Source: Pennington et al. 2018, arXiv:1802.09979, section 3.2 (S-transforms multiply); continuation here.
 */
export function freeProductLaw(
  factors: FreeFactors,
  { from, step, share }: { readonly from: number; readonly step: number; readonly share: number },
): LogLaw {
  const height = Math.min(LARGEST_SMOOTHING, SMOOTHING * step)
  const kept = 1 - height / Math.PI
  const path = new Path(factors, complex(from + FAR, height))
  if (!path.moveTo(complex(from, height))) return { ln: [], above: [] }
  const law = { ln: [from], above: [0] }
  let [above, before] = [0, path.density]
  for (let i = 1; i < MOST_STEPS && above < share; i++) {
    if (!path.moveTo(complex(from - i * step, height))) break
    above += (step * (path.density + before)) / (2 * kept)
    before = path.density
    law.ln.push(from - i * step)
    law.above.push(above)
  }
  return law
}

/** z and the u_k at one place. */
interface Solution {
  readonly lnW: Complex
  readonly us: readonly Complex[]
}

class Path {
  private readonly factors: FreeFactors
  private place: Complex
  private solution: Solution

  constructor(factors: FreeFactors, start: Complex) {
    this.factors = factors
    this.place = start
    const z = exp(scale(-1, start))
    const guess = { lnW: z, us: factors.diagonals.map(() => z) }
    this.solution = this.solve(start, guess) ?? guess
  }

  /** Density of ln lambda here. */
  get density(): number {
    return Math.abs(exp(this.solution.lnW).im) / Math.PI
  }

  /** Follows the solution to another place, in parts where one step is too long; false where it is lost. */
  moveTo(goal: Complex): boolean {
    let part = 1
    while (modulus(subtract(goal, this.place)) > 0) {
      const way = subtract(goal, this.place)
      const next = part >= 1 ? goal : add(this.place, scale(part, way))
      const found = this.solve(next, this.solution)
      if (found) {
        ;[this.place, this.solution] = [next, found]
        part = Math.min(1, 2 * part)
      } else if (part <= SMALLEST_PART) return false
      else part /= 2
    }
    return true
  }

  /** Newton's method for ln w at a given ln lambda. */
  private solve(target: Complex, guess: Solution): Solution | null {
    let { lnW, us } = guess
    for (let i = 0; i < NEWTON_STEPS; i++) {
      const found = this.lnLambda(lnW, us)
      if (!found) return null
      const change = divide(subtract(found.value, target), found.slope)
      us = found.us
      const size = modulus(change)
      if (!(size < 1)) return null
      if (size < CONVERGED) return { lnW, us }
      lnW = subtract(lnW, change)
    }
    return null
  }

  /** ln lambda and its derivative by ln w; the u_k that belong to w. */
  private lnLambda(lnW: Complex, guess: readonly Complex[]) {
    const [w, z] = [exp(lnW), expm1(lnW)]
    const { gaussians, diagonals } = this.factors
    const perZ = divide(w, z)
    let value = add(scale(gaussians + 1, lnW), scale(-1, ln(z)))
    let slope = subtract(complex(gaussians + 1), perZ)
    const us: Complex[] = []
    for (const [k, { law, count }] of diagonals.entries()) {
      const found = invert(law, z, guess[k]!)
      if (!found) return null
      us.push(found.u)
      // -ln S = ln(z / u) - ln w; both z and u turn around zero together.
      value = add(value, scale(count, subtract(ln(divide(z, found.u)), lnW)))
      const ofRatio = subtract(perZ, divide(w, multiply(found.u, found.slope)))
      slope = add(slope, scale(count, subtract(ofRatio, complex(1))))
    }
    return { value, slope, us }
  }
}

/** u with E[u d^2 / (1 - u d^2)] = z, and the derivative of the expectation there. */
function invert(law: SlopeLaw, z: Complex, guess: Complex) {
  let u = guess
  for (let i = 0; i < NEWTON_STEPS; i++) {
    const { value, slope } = psi(law, u)
    const change = divide(subtract(value, z), slope)
    const size = modulus(change)
    if (!(size < Infinity)) return null
    u = subtract(u, change)
    if (size <= CONVERGED * modulus(u)) return { u, slope: psi(law, u).slope }
  }
  return null
}

/** E[u d^2 / (1 - u d^2)] and its derivative E[d^2 / (1 - u d^2)^2]. */
function psi({ values, shares }: SlopeLaw, u: Complex): { value: Complex; slope: Complex } {
  let [re, im, slopeRe, slopeIm] = [0, 0, 0, 0]
  for (let j = 0; j < values.length; j++) {
    const [d, p] = [values[j]!, shares[j]!]
    const [x, y] = [1 - u.re * d, -u.im * d]
    const size = x * x + y * y
    const [inverseRe, inverseIm] = [x / size, -y / size]
    re += p * d * (u.re * inverseRe - u.im * inverseIm)
    im += p * d * (u.re * inverseIm + u.im * inverseRe)
    slopeRe += p * d * (inverseRe * inverseRe - inverseIm * inverseIm)
    slopeIm += 2 * p * d * inverseRe * inverseIm
  }
  return { value: complex(re, im), slope: complex(slopeRe, slopeIm) }
}
