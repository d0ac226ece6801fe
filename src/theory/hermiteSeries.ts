import type { Rule } from './gaussLegendre.ts'
import { halfLineRule } from './halfLineRule.ts'
import { piecewiseLinearMoments } from './piecewiseLinearMoments.ts'

/** A function of u = sqrt(q) z whose series is wanted. */
export interface SeriesInput {
  readonly phi: (u: number) => number
  readonly q: number
  /** E[phi^2] and q E[phi'^2]: what the series must add up to. */
  readonly square: number
  readonly stretch: number
  /** Jump of phi' at u = 0. */
  readonly bend: number
  /** Most terms to take. */
  readonly maxDegree: number
}

/** A first attempt stops at this degree; its rule has panels twice as long. */
const SHORT_DEGREE = 256
const SHORT_PANEL = 1.5
const LONG_PANEL = 0.75

/** The series ends when this share of the stretch is left. */
const NEGLIGIBLE = 1e-11

/** Squares of the normalized Hermite coefficients a_k = E[f(z) He_k(z)] / sqrt(k!), the even and the odd part of f apart. */
function squaredCoefficients(
  f: (z: number) => number,
  { nodes, weights }: Rule,
  { stretch, maxDegree }: { readonly stretch: number; readonly maxDegree: number },
): readonly number[] {
  const size = nodes.length
  const parts = [
    weights.map((w, i) => w * (f(nodes[i]!) + f(-nodes[i]!))),
    weights.map((w, i) => w * (f(nodes[i]!) - f(-nodes[i]!))),
  ] as const
  let previous = new Float64Array(size)
  let current = new Float64Array(size).fill(1)
  const squares: number[] = []
  let left = stretch
  for (let k = 0; k <= maxDegree && left > NEGLIGIBLE * stretch; k++) {
    const part = parts[k % 2 === 0 ? 0 : 1]
    const [up, down] = [1 / Math.sqrt(k + 1), Math.sqrt(k)]
    let a = 0
    for (let i = 0; i < size; i++) {
      const h = current[i]!
      a += part[i]! * h
      previous[i] = (nodes[i]! * h - down * previous[i]!) * up
    }
    ;[previous, current] = [current, previous]
    squares.push(a * a)
    left -= k * a * a
  }
  return squares
}

function seriesOf({ phi, q, stretch, maxDegree }: SeriesInput): readonly number[] {
  const root = Math.sqrt(q)
  const attempt = (panel: number, degree: number) => {
    const rule = halfLineRule({ panel, finest: 0.5 / root, breaks: [] })
    return squaredCoefficients((z) => phi(root * z), rule, { stretch, maxDegree: degree })
  }
  const short = attempt(SHORT_PANEL, SHORT_DEGREE)
  if (short.length <= SHORT_DEGREE || maxDegree <= SHORT_DEGREE) return short
  return attempt(LONG_PANEL, maxDegree)
}

/** Squared Hermite coefficients of |z|: 2 / pi for k = 0, and b_k^2 = b_{k-2}^2 (k - 3)^2 / (k (k - 1)) from k = 2 on. */
function* absoluteValueSquares(): Generator<number> {
  let square = 2 / Math.PI
  for (let k = 0; ; k++) {
    if (k > 0 && k % 2 === 0) square *= (k - 3) ** 2 / (k * (k - 1))
    yield k % 2 === 0 ? square : 0
  }
}

/**
 * (E[phi^2] - E[phi1 phi2]) / e at correlation c = 1 - e, from the Hermite coefficients of phi(sqrt(q) z).
 *
 * Mehler: E[phi1 phi2] = sum_k a_k^2 c^k. A bend at zero, (bend / 2) |u|, makes the series end slowly; its own
 * part is taken in closed form. What the terms leave of E[phi^2] = sum a_k^2 and of q E[phi'^2] = sum k a_k^2
 * is taken as one term of the degree that accounts for both.
 *
 * Accuracy: 1e-12 of E[phi^2] where the series ends in time (q up to 5 for tanh); else the tail errs near
 * c = 1 alone, by a few per cent of its size (tests/theory/moments).
 * Source: Daniely et al. 2016, arXiv:1602.05897, definition 7 (dual activation).
 */
export function pairSeries(input: SeriesInput): (e: number) => number {
  const { q, square, stretch, bend } = input
  const bendSquare = (bend * bend * q) / 4
  const bends = absoluteValueSquares()
  const terms = Float64Array.from(seriesOf(input), (a2) => a2 - bendSquare * bends.next().value!)
  let [tail, tailStretch] = [square - bendSquare, stretch - bendSquare]
  for (const [k, term] of terms.entries()) {
    tail -= term
    tailStretch -= k * term
  }
  const tailDegree = tailStretch / tail
  const hasTail = tail !== 0 && tailDegree > terms.length
  const bent = piecewiseLinearMoments(-1, 1)(0).spread
  return (e) => {
    // (1 - c^k) / (1 - c) = 1 + c + ... + c^(k-1): nothing cancels near c = 1.
    let [sum, power, geometric] = [bendSquare * bent(e), 1, 0]
    for (const term of terms) {
      sum += term * geometric
      geometric += power
      power *= 1 - e
    }
    if (!hasTail) return sum
    if (e === 0) return sum + tailStretch
    const survives = e < 1 ? Math.exp(tailDegree * Math.log1p(-e)) : 0
    return sum + (tail * (1 - survives)) / e
  }
}
