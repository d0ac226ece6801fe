// Expectations under normal laws by adaptive Gauss-Kronrod panels. Panels are split at declared kinks
// and shrink geometrically towards zero and the kinks, where a steep activation hides narrow features.

type Integrand = (z: number) => number

/** Nodes of the 21-point Kronrod rule on [0, 1]; the odd ones belong to the 10-point Gauss rule. */
const NODES = [
  0, 0.14887433898163122, 0.2943928627014602, 0.4333953941292472, 0.5627571346686047,
  0.6794095682990244, 0.7808177265864169, 0.8650633666889845, 0.9301574913557082,
  0.9739065285171717, 0.9956571630258081,
]
const KRONROD = [
  0.1494455540029169, 0.14773910490133849, 0.14277593857706009, 0.13470921731147334,
  0.12349197626206584, 0.10938715880229764, 0.09312545458369761, 0.07503967481091996,
  0.054755896574351995, 0.032558162307964725, 0.011694638867371874,
]
const GAUSS = [
  0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.14945134915058059,
  0.06667134430868814,
]
const PER_PANEL = 21
const MIDDLE = 10

const INVERSE_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI)

/** Beyond this many standard deviations the density is below 1e-31 of its peak. */
const REACH = 12

/** Refinements after which an integrand is taken as it is: it would hold up the page. */
const MAX_BISECTIONS = 4000

/** Panel edges of a function that varies over lengths of about 1, to 1e-12. */
const COARSE_EDGES = [-REACH, -7, -4.5, -2.5, -1, 0, 1, 2.5, 4.5, 7, REACH]

/** Panels next to a feature are this many times longer than the one before. */
const GRADING = 100

/** A table of nodes for consecutive panels, weights including the normal density. */
interface Panels {
  readonly edges: Float64Array
  readonly z: Float64Array
  readonly kronrod: Float64Array
  /** Kronrod weight minus Gauss weight: their sum over f estimates the error. */
  readonly difference: Float64Array
}

function tabulate(edges: Float64Array): Panels {
  const count = (edges.length - 1) * PER_PANEL
  const z = new Float64Array(count)
  const kronrod = new Float64Array(count)
  const difference = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const panel = Math.floor(i / PER_PANEL)
    const offset = (i % PER_PANEL) - MIDDLE
    const k = Math.abs(offset)
    const half = (edges[panel + 1]! - edges[panel]!) / 2
    const node = (edges[panel]! + edges[panel + 1]!) / 2 + Math.sign(offset) * NODES[k]! * half
    const density = half * INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * node * node)
    z[i] = node
    kronrod[i] = density * KRONROD[k]!
    difference[i] = density * (KRONROD[k]! - (k % 2 === 1 ? GAUSS[(k - 1) / 2]! : 0))
  }
  return { edges, z, kronrod, difference }
}

/** What one pass over a table of panels found. */
interface Sums {
  readonly values: Float64Array
  readonly sizes: Float64Array
  readonly errors: Float64Array
}

function sumPanels(f: Integrand, panels: Panels): Sums {
  const { z, kronrod, difference } = panels
  const count = panels.edges.length - 1
  const values = new Float64Array(count)
  const sizes = new Float64Array(count)
  const errors = new Float64Array(count)
  for (let panel = 0, i = 0; panel < count; panel++) {
    let value = 0
    let size = 0
    let error = 0
    for (const end = i + PER_PANEL; i < end; i++) {
      const y = f(z[i]!)
      value += kronrod[i]! * y
      size += kronrod[i]! * Math.abs(y)
      error += difference[i]! * y
    }
    values[panel] = value
    sizes[panel] = size
    errors[panel] = kronrodError(Math.abs(error), size)
  }
  return { values, sizes, errors }
}

/**
 * The difference of the two rules is the error of the worse one; QUADPACK's power 1.5 brings it
 * near that of the better one.
 */
function kronrodError(difference: number, size: number): number {
  const ratio = (200 * difference) / size
  return ratio < 1 ? size * ratio * Math.sqrt(ratio) : difference
}

/**
 * Sum over the panels, those with too large an error bisected, widest generation first. Errors are
 * measured against the integral of |f| plus `atLeast`, for an f that is itself a cancelled sum.
 */
function integrate(f: Integrand, panels: Panels, tolerance: number, atLeast = 0): number {
  const { values, sizes, errors } = sumPanels(f, panels)
  let total = 0
  let scale = atLeast
  for (let i = 0; i < values.length; i++) {
    total += values[i]!
    scale += sizes[i]!
  }
  const allowed = tolerance * scale
  const queue: number[] = []
  for (let i = 0; i < values.length; i++) {
    if (errors[i]! > allowed) queue.push(panels.edges[i]!, panels.edges[i + 1]!, values[i]!)
  }
  return queue.length === 0 ? total : total + refine(f, queue, allowed)
}

/** What bisection adds to the sum of the queued panels, stored as (low, high, value). */
function refine(f: Integrand, queue: number[], allowed: number): number {
  let correction = 0
  for (let next = 0; next < queue.length && next < 3 * MAX_BISECTIONS; next += 3) {
    const [low, high] = [queue[next]!, queue[next + 1]!]
    const edges = Float64Array.of(low, (low + high) / 2, high)
    const { values, errors } = sumPanels(f, tabulate(edges))
    correction += values[0]! + values[1]! - queue[next + 2]!
    for (let half = 0; half < 2; half++) {
      if (errors[half]! > allowed) queue.push(edges[half]!, edges[half + 1]!, values[half]!)
    }
  }
  return correction
}

/** A place where the integrand varies fast or breaks: panels shrink towards it down to `finest`. */
interface Feature {
  readonly at: number
  readonly finest: number
}

/** Coarse edges (symmetric about zero) together with those graded towards the features; ascending, without repeats. */
function gradedEdges(coarse: readonly number[], features: readonly Feature[]): Float64Array {
  const edges = [...coarse]
  const reach = coarse[coarse.length - 1]!
  for (const { at, finest } of features) {
    if (!(Math.abs(at) < reach)) continue
    edges.push(at)
    for (let offset = finest; offset < 0.5; offset *= GRADING) edges.push(at - offset, at + offset)
  }
  const inside = edges.filter((edge) => Math.abs(edge) <= reach)
  return Float64Array.from(new Set(inside)).sort()
}

const FINEST_AT_ZERO = 1e-8
const FINEST_AT_KINK = 1e-5
/** Allowed error of one panel against E|f|; the errors met are a hundred times smaller. */
const TOLERANCE = 1e-13

const PLAIN_PANELS = tabulate(gradedEdges(COARSE_EDGES, [{ at: 0, finest: FINEST_AT_ZERO }]))

function panelsFor(kinks: readonly number[]): Panels {
  if (kinks.every((kink) => kink === 0)) return PLAIN_PANELS
  const features = kinks.map((at) => ({ at, finest: FINEST_AT_KINK }))
  return tabulate(gradedEdges(COARSE_EDGES, [{ at: 0, finest: FINEST_AT_ZERO }, ...features]))
}

/**
 * E[f(z)], z ~ N(0, 1), by adaptive 21-point Gauss-Kronrod panels.
 *
 * @param f      smooth between the kinks; never called at a kink itself
 * @param kinks  values of z where f or a derivative jumps; those beyond +-12 are ignored
 * @returns Infinity or NaN where f itself is so
 * Accuracy, relative to E|f|: 1e-12, at declared kinks too; narrow features at zero (down to a width
 * of 1e-7) or at a kink (1e-4) are found (tests/math/quadrature).
 */
export function gaussianExpectation(f: Integrand, kinks: readonly number[] = []): number {
  return integrate(f, panelsFor(kinks), TOLERANCE)
}

/** Panel edges of a function that varies over lengths of about 1, to 1e-10. */
const WIDE_EDGES = [-9, -5, -2.5, 0, 2.5, 5, 9]
const WIDE_PANELS = tabulate(Float64Array.from(WIDE_EDGES))
const INNER_TOLERANCE = 1e-10
const OUTER_TOLERANCE = 1e-10

/** A function whose argument is N(0, q) varies over 1 / sqrt(q) of z. */
const FINEST_IN_WIDTHS = 1

/** Covariance of two jointly normal variables of mean zero. */
export interface BivariateNormal {
  /** Variance of u1, >= 0. */
  readonly q1: number
  /** Variance of u2, >= 0. */
  readonly q2: number
  /** Correlation; values that rounding has pushed outside [-1, 1] are clamped. */
  readonly c: number
}

/** z1 -> E[g(sqrt(q2) (c z1 + s z2))] over z2, with s = sqrt(1 - c^2) > 0. */
function conditionalExpectation(
  g: Integrand,
  scale: { readonly r2: number; readonly c: number; readonly s: number },
  kinks: readonly number[],
): Integrand {
  const { r2, c, s } = scale
  const finest = FINEST_IN_WIDTHS / (r2 * s)
  const isWide = kinks.length === 0 && finest > FINEST_IN_WIDTHS / 3
  return (z1) => {
    const features = () => [0, ...kinks].map((u) => ({ at: (u / r2 - c * z1) / s, finest }))
    const panels = isWide ? WIDE_PANELS : tabulate(gradedEdges(WIDE_EDGES, features()))
    return integrate((z2) => g(r2 * (c * z1 + s * z2)), panels, INNER_TOLERANCE)
  }
}

/**
 * E[f(u1) g(u2)] for jointly normal u1, u2 of mean zero: two nested adaptive rules, the inner one over
 * what u2 has of its own, the outer one split where f breaks and where the inner one turns.
 *
 * @param f @param g  vary over lengths of about 1 between the kinks, whatever the variances
 * @param normal  variances and correlation; at correlation +-1 the expectation is one-dimensional
 * @param kinks   values of u where f or g, or a derivative, jumps
 * Accuracy, relative to E|f| E|g|: 1e-9, smooth or with kinks, for correlations as near to
 * +-1 as 1e-12 (tests/math/quadrature).
 */
export function bivariateExpectation(
  f: Integrand,
  g: Integrand,
  { q1, q2, c: correlation }: BivariateNormal,
  kinks: readonly number[] = [],
): number {
  const c = Math.min(1, Math.max(-1, correlation))
  const s = Math.sqrt((1 - c) * (1 + c))
  const [r1, r2] = [Math.sqrt(q1), Math.sqrt(q2)]
  if (s === 0) {
    const splits = kinks.flatMap((u) => [u / r1, (c * u) / r2]).filter(Number.isFinite)
    return gaussianExpectation((z) => f(r1 * z) * g(c * r2 * z), splits)
  }
  const inner = conditionalExpectation(g, { r2, c, s }, kinks)
  const slope = Math.abs(c) * r2
  const turn = Math.min(FINEST_IN_WIDTHS / slope, (FINEST_IN_WIDTHS * s) / Math.abs(c))
  const features = [
    { at: 0, finest: FINEST_IN_WIDTHS / Math.max(r1, slope) },
    ...kinks.map((u) => ({ at: u / r1, finest: FINEST_IN_WIDTHS / r1 })),
    ...kinks.map((u) => ({ at: u / (r2 * c), finest: turn })),
  ]
  const panels = tabulate(gradedEdges(WIDE_EDGES, features))
  const size =
    gaussianExpectation((z) => Math.abs(f(r1 * z))) *
    gaussianExpectation((z) => Math.abs(g(r2 * z)))
  return integrate((z1) => f(r1 * z1) * inner(z1), panels, OUTER_TOLERANCE, size)
}
