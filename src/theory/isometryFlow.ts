import { gaussianProduct } from './gaussianProduct.ts'

/** More eigenvalues than this follow the same curve. */
const MOST_PARTICLES = 100
/** Steps move no eigenvalue by more than these shares of its gap to the next and of itself. */
const SHARE = 0.1
const LONGEST_STEP = 0.02
/** Below this the gap is a plain exponential. */
const NEAR_ISOMETRY = 1e-6

/** A point of the flow: depth in units of width + 2 layers, and the isometry gap. */
interface FlowPoint {
  readonly time: number
  readonly gap: number
}

/**
 * Isometry gap of square batches (as many samples as units) under uncentred batch normalization with orthogonal
 * weights and no activation, from independent normal inputs, an entry a layer 0 ... L. The eigenvalues of the Gram
 * matrix, of mean 1 and variance v, move by
 *
 *   d lambda_k / dt = -2 lambda_k (lambda_k - 1) + 2 v lambda_k + (2 v / n) sum_j lambda_k lambda_j / (lambda_k - lambda_j)
 *
 * with t = layer / (n + 2): towards 1, and away from each other. Near isometry the gap shrinks by n / (n + 2) a layer.
 *
 * @param drawn  the gap of layer 0 as it was drawn; the expected one where it is not known
 * Accuracy: .05 in the gap at widths 48 and 100 (tests/theory/isometryGap).
 * Source: derived here, to second order in what a layer changes; the theorem that it refines is Meterez et al. 2024,
 * arXiv:2310.02012, theorem 2.
 */
export function isometryFlow(width: number, depth: number, drawn?: number): Float64Array {
  const expected = startingPoint(Math.min(width, MOST_PARTICLES))
  const points = flow(
    drawn === undefined ? expected : withGap(expected, drawn),
    depth / (width + 2),
  )
  let at = 0
  return Float64Array.from({ length: depth + 1 }, (_, layer) => {
    const time = layer / (width + 2)
    while (at + 2 < points.length && points[at + 1]!.time < time) at++
    return between(points[at]!, points[at + 1]!, time)
  })
}

/** On the exponential through two points, also beyond the second. */
function between(first: FlowPoint, second: FlowPoint, time: number): number {
  const share = (time - first.time) / (second.time - first.time)
  return first.gap * (second.gap / first.gap) ** share
}

/** Eigenvalues of the Gram matrix of independent normal samples, largest first. */
const startingPoint = (count: number) =>
  normalized(gaussianProduct(count, 1).map((ln) => Math.exp(2 * ln)))

/** The smallest eigenvalue is what differs between draws: it is put where the gap is the one wanted, if it can be. */
function withGap(lambda: Float64Array, gap: number): Float64Array {
  const excess = gap - gapOf(lambda)
  const [last, next] = [lambda.at(-1)!, lambda.at(-2)!]
  if (!Number.isFinite(excess)) return lambda
  const smallest = Math.min(next / 2, last * Math.exp(-excess * lambda.length))
  return lambda.with(-1, smallest)
}

function flow(start: Float64Array, end: number): readonly FlowPoint[] {
  let lambda = normalized(start)
  const points: FlowPoint[] = [{ time: 0, gap: gapOf(lambda) }]
  let time = 0
  do {
    const first = velocity(lambda)
    const step = stepFor(lambda, first)
    const middle = velocity(moved(lambda, first, step / 2))
    lambda = normalized(moved(lambda, middle, step))
    time += step
    points.push({ time, gap: gapOf(lambda) })
  } while (time < end && points.at(-1)!.gap > NEAR_ISOMETRY)
  return points
}

const moved = (lambda: Float64Array, by: Float64Array, step: number) =>
  lambda.map((value, k) => value + step * by[k]!)

function normalized(lambda: Float64Array): Float64Array {
  const mean = lambda.reduce((sum, value) => sum + value, 0) / lambda.length
  return lambda.map((value) => value / mean)
}

const gapOf = (lambda: Float64Array) =>
  -lambda.reduce((sum, value) => sum + Math.log(value), 0) / lambda.length

function velocity(lambda: Float64Array): Float64Array {
  const n = lambda.length
  const variance = lambda.reduce((sum, value) => sum + (value - 1) ** 2, 0) / n
  return lambda.map((own, k) => {
    let repulsion = 0
    for (let j = 0; j < n; j++) if (j !== k) repulsion += (own * lambda[j]!) / (own - lambda[j]!)
    return 2 * own * (1 - own + variance) + (2 * variance * repulsion) / n
  })
}

/** Eigenvalues keep their order: largest first. */
function stepFor(lambda: Float64Array, speed: Float64Array): number {
  let step = LONGEST_STEP
  for (let k = 0; k < lambda.length; k++) {
    step = Math.min(step, (SHARE * lambda[k]!) / Math.abs(speed[k]!))
    if (k === 0) continue
    const [gap, change] = [lambda[k - 1]! - lambda[k]!, speed[k - 1]! - speed[k]!]
    step = Math.min(step, (SHARE * gap) / Math.abs(change))
  }
  return step
}
