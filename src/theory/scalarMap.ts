import { bracketedRoot } from '../math/roots.ts'

/** Does a map come to rest at a fixed point? Marginal: slope 1, to which nothing or only powers of depth converge. */
export type Stability = 'stable' | 'unstable' | 'marginal'

export interface FixedPoint {
  readonly at: number
  readonly slope: number
  readonly stability: Stability
}

/** A map of one number to the next, as it is drawn: y = map(x) at places across a range. */
export interface SampledMap {
  readonly range: readonly [number, number]
  readonly xs: Float64Array
  readonly ys: Float64Array
  /** Within the range, ascending; empty where every place is fixed. */
  readonly fixedPoints: readonly FixedPoint[]
  /** Is the map the identity? */
  readonly isIdentity: boolean
}

export interface ScalarMap {
  readonly map: (x: number) => number
  readonly slope: (x: number) => number
}

/** A map this near to the identity, in units of its range, is the identity: moments are good to 1e-9. */
const NEUTRAL = 1e-8
/** Slopes this near to 1 are 1: over a thousand layers the difference comes to 1e-3. */
const CRITICAL = 1e-6
/** Fixed points this near to each other, in units of the range, are one. */
const SAME = 1e-6
const ROOT_TOLERANCE = 1e-13
const INTERVALS = 96
/** Steps of a staircase beyond these would be a blot. */
const MOST_STEPS = 64
/** A step under this share of the range moves no pixel. */
const UNSEEN = 1e-4

function stabilityOf(slope: number): Stability {
  const excess = Math.abs(slope) - 1
  if (Math.abs(excess) < CRITICAL) return 'marginal'
  return excess < 0 ? 'stable' : 'unstable'
}

/**
 * A map over a range, with the fixed points in it: those of `known`, and all others that differ by more than a
 * sampling interval.
 */
export function sampleMap(
  { map, slope }: ScalarMap,
  [low, high]: SampledMap['range'],
  known: readonly number[],
): SampledMap {
  const span = high - low
  const xs = Float64Array.from({ length: INTERVALS + 1 }, (_, i) => low + (span * i) / INTERVALS)
  const ys = xs.map(map)
  const isIdentity = xs.every((x, i) => Math.abs(ys[i]! - x) <= NEUTRAL * span)
  const found = isIdentity ? [] : rootsOf((x) => map(x) - x, xs, NEUTRAL * span)
  const inside = known.filter((x) => !isIdentity && x >= low && x <= high)
  const points = distinct([...inside, ...found], SAME * span)
  const fixedPoints = points.map((at) => ({ at, ...restOf(slope(at)) }))
  return { range: [low, high], xs, ys, fixedPoints, isIdentity }
}

function restOf(slope: number) {
  return { slope, stability: stabilityOf(slope) }
}

/** Ascending; of those that are nearly equal, the first given. */
function distinct(points: readonly number[], nearness: number): readonly number[] {
  const kept: number[] = []
  for (const x of points) if (kept.every((other) => Math.abs(other - x) > nearness)) kept.push(x)
  return kept.sort((p, q) => p - q)
}

/** Zeros of f at single places of those given, up to `rounding`, and between those where its sign changes. */
function rootsOf(f: (x: number) => number, xs: Float64Array, rounding: number): readonly number[] {
  const signs = Array.from(xs, f).map((y) => (Math.abs(y) <= rounding ? 0 : Math.sign(y)))
  return Array.from(xs).flatMap((x, i) => {
    if (signs[i] === 0) return signs[i - 1] === 0 || signs[i + 1] === 0 ? [] : [x]
    const isCrossed = signs[i]! * (signs[i + 1] ?? 0) < 0
    return isCrossed ? [bracketedRoot(f, x, xs[i + 1]!, ROOT_TOLERANCE)] : []
  })
}

/** The first places that a map of (place, layer) leads through from `start`: until they rest, leave the range or are `most`. */
export function stepsOf(
  map: (x: number, layer: number) => number,
  start: number,
  { range: [low, high], most }: { readonly range: SampledMap['range']; readonly most: number },
): Float64Array {
  const steps = [start]
  const unseen = UNSEEN * (high - low)
  while (steps.length < Math.min(most, MOST_STEPS)) {
    const [x, before] = [steps.at(-1)!, steps.at(-2) ?? NaN]
    if (x < low || x > high || Math.abs(x - before) < unseen) break
    steps.push(map(x, steps.length))
  }
  return Float64Array.from(steps)
}
