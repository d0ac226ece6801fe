import { gaussLegendre, gradedNormalRule, type Rule } from './gaussLegendre.ts'

/** What the series must add up to. */
interface Totals {
  /** E[phi^2] */
  readonly square: number
  /** q E[phi'^2] */
  readonly stretch: number
}

const REACH = 10.5
const PANEL = 0.75
const RULE = gaussLegendre(16)
const MAX_DEGREE = 1024
/** The series stops when this share of the stretch is left. */
const NEGLIGIBLE = 1e-11

/** A function of sqrt(q) z turns within 1 / sqrt(q) of zero. */
const nodesFor = (q: number): Rule =>
  gradedNormalRule({ reach: REACH, panel: PANEL, finest: 0.5 / Math.sqrt(q) }, RULE)

/** Squares of the normalized Hermite coefficients a_k = E[phi(sqrt(q) z) He_k(z)] / sqrt(k!). */
function squaredCoefficients(
  phi: (u: number) => number,
  q: number,
  stretch: number,
): readonly number[] {
  const { nodes, weights } = nodesFor(q)
  const size = nodes.length
  const root = Math.sqrt(q)
  const weighted = weights.map((w, i) => w * phi(root * nodes[i]!))
  let previous = new Float64Array(size)
  let current = new Float64Array(size).fill(1)
  const squares: number[] = []
  let left = stretch
  for (let k = 0; k <= MAX_DEGREE && left > NEGLIGIBLE * stretch; k++) {
    let a = 0
    const [up, down] = [1 / Math.sqrt(k + 1), Math.sqrt(k)]
    for (let i = 0; i < size; i++) {
      const h = current[i]!
      a += weighted[i]! * h
      previous[i] = (nodes[i]! * h - down * previous[i]!) * up
    }
    ;[previous, current] = [current, previous]
    squares.push(a * a)
    left -= k * a * a
  }
  return squares
}

/**
 * (E[phi^2] - E[phi1 phi2]) / e at correlation c = 1 - e, from the Hermite coefficients of phi(sqrt(q) z).
 *
 * Mehler: E[phi(u1) phi(u2)] = sum_k a_k^2 c^k. What the first 1024 terms leave of E[phi^2] = sum a_k^2 and
 * of q E[phi'^2] = sum k a_k^2 is taken as one term of the degree that accounts for both.
 *
 * Accuracy: 1e-12 of E[phi^2] where the series ends in time (q up to 5 for tanh); else the tail errs near
 * c = 1 alone, by a few per cent of its size (tests/theory/moments).
 * Source: Daniely et al. 2016, arXiv:1602.05897, definition 7 (dual activation).
 */
export function pairSeries(
  phi: (u: number) => number,
  q: number,
  { square, stretch }: Totals,
): (e: number) => number {
  const squares = squaredCoefficients(phi, q, stretch)
  let [tail, tailStretch] = [square, stretch]
  for (const [k, a2] of squares.entries()) {
    tail -= a2
    tailStretch -= k * a2
  }
  const tailDegree = tail > 0 && tailStretch > 0 ? tailStretch / tail : 0
  return (e) => {
    // (1 - c^k) / (1 - c) = 1 + c + ... + c^(k-1): nothing cancels near c = 1.
    let [sum, power, geometric] = [0, 1, 0]
    for (const a2 of squares) {
      sum += a2 * geometric
      geometric += power
      power *= 1 - e
    }
    if (tailDegree === 0) return sum
    if (e === 0) return sum + tailStretch
    const survives = e < 1 ? Math.exp(tailDegree * Math.log1p(-e)) : 0
    return sum + (tail * (1 - survives)) / e
  }
}
