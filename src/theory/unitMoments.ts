import { normalPdf } from '../math/special.ts'
import { activations } from '../model/activations.ts'
import { compositeRule, gaussLegendre } from './gaussLegendre.ts'
import type { Nonlinearity } from './nonlinearity.ts'

/** What a unit z ~ N(0, 1) of a wide layer contributes to sums over finitely many units; f is a function of z, D = f'. */
export interface UnitMoments {
  /** Var(D^2) / E[D^2]^2 and Var(f^2) / E[f^2]^2 */
  readonly slopeSpread: number
  readonly squareSpread: number
  /** E[D^2 f^2] / (E[D^2] E[f^2]) and E[D f]^2 / (E[D^2] E[f^2]) */
  readonly slopeSquare: number
  readonly slopeMean: number
  /** First and second derivatives by ln q of ln E[D^2] and of ln E[f^2]. */
  readonly slopeRate: number
  readonly slopeBend: number
  readonly squareRate: number
  readonly squareBend: number
  /** E[z D^2] / E[D^2] and E[z f^2] / E[f^2] */
  readonly slopeTilt: number
  readonly squareTilt: number
  /** E[D^2] / E[f^2] */
  readonly stretch: number
  /** 1 - E[D]^2 / E[D^2]: 0 for a linear f. */
  readonly slopeVariety: number
  /** How often a unit passes next to nothing down (D^2 < E[D^2] / 100); to either side; and exactly nothing to either side. */
  readonly flat: number
  readonly idle: number
  readonly dead: number
}

const RULE = gaussLegendre(6)
const REACH = 7
const PANELS = [0, 0.3, 0.7, 1.2, 2, 3, 4.5, REACH]

/** Knots of the table in ln q. */
const STEP = 0.1
/** Beyond these ln q every activation has reached its limits. */
const LIMIT = 30

const clipped = (lnQ: number) => Math.min(LIMIT, Math.max(-LIMIT, lnQ))

/** Cut at zero, at kinks, and where phi bends when its argument is large: a root-th of a standard deviation away. */
function edgesFor(root: number, kinks: readonly number[]): readonly number[] {
  const fine = root > 1 ? PANELS.map((edge) => (3 * edge) / root) : []
  const edges = [...PANELS, ...fine].flatMap((edge) => [edge, -edge])
  const cuts = [...edges, ...kinks.map((kink) => kink / root)]
  return [...new Set(cuts.map((cut) => cut + 0))]
    .filter((cut) => Math.abs(cut) <= REACH)
    .sort((a, b) => a - b)
}

/** E[D^2], E[f^2], E[D^4], E[f^4], E[D^2 f^2], E[D f], with He2 and He4: E[D^2 He], E[f^2 He]; E[z D^2], E[z f^2], E[D]; P(D = f = 0), P(D next to 0), P(D and f next to 0) */
type Sums = readonly [
  d2: number,
  f2: number,
  d4: number,
  f4: number,
  d2f2: number,
  df: number,
  d2He2: number,
  f2He2: number,
  d2He4: number,
  f2He4: number,
  zd2: number,
  zf2: number,
  d: number,
  dead: number,
  flat: number,
  idle: number,
]
const SUMS = 14

/** Squares below this share of their mean are none. */
const FLAT = 0.01

function sumsAt({ act, slope }: Nonlinearity, shift: number, root: number): Sums {
  const { phi, dphi, kinks } = activations[act]
  const { nodes, weights } = compositeRule(edgesFor(root, kinks), RULE)
  const sums = new Float64Array(SUMS)
  const slopes = nodes.map((z) => root * dphi(root * z, slope))
  for (const [i, z] of nodes.entries()) {
    const weight = weights[i]! * normalPdf(z)
    const [f, d] = [phi(root * z, slope) + shift, slopes[i]!]
    const [ff, dd, he2] = [f * f, d * d, z * z - 1]
    const he4 = he2 * he2 - 4 * he2 - 2
    const values = [dd, ff, dd * dd, ff * ff, dd * ff, d * f, dd * he2, ff * he2]
    values.push(dd * he4, ff * he4, dd * z, ff * z, d, d === 0 && f === 0 ? 1 : 0)
    for (const [k, value] of values.entries()) sums[k]! += weight * value
  }
  const isFlat = (d: number) => d * d <= FLAT * sums[0]!
  const isIdle = (z: number) => (phi(root * z, slope) + shift) ** 2 <= FLAT * sums[1]!
  let [flat, idle] = [0, 0]
  for (const [i, z] of nodes.entries()) {
    if (!isFlat(slopes[i]!)) continue
    flat += weights[i]! * normalPdf(z)
    if (isIdle(z)) idle += weights[i]! * normalPdf(z)
  }
  return [...sums, flat, idle] as unknown as Sums
}

function momentsAt(f: Nonlinearity, shift: number, root: number): UnitMoments {
  const [d2, f2, d4, f4, d2f2, df, d2He2, f2He2, d2He4, f2He4, zd2, zf2, d, dead, flat, idle] =
    sumsAt(f, shift, root)
  const [slopeRate, squareRate] = [d2He2 / d2 / 2, f2He2 / f2 / 2]
  return {
    slopeSpread: d4 / d2 ** 2 - 1,
    squareSpread: f4 / f2 ** 2 - 1,
    slopeSquare: d2f2 / (d2 * f2),
    slopeMean: df ** 2 / (d2 * f2),
    slopeRate,
    // q^2 d^2/dq^2 E[g] = E[g He4] / 4
    slopeBend: d2He4 / d2 / 4 + slopeRate - slopeRate ** 2,
    squareRate,
    squareBend: f2He4 / f2 / 4 + squareRate - squareRate ** 2,
    slopeTilt: zd2 / d2,
    squareTilt: zf2 / f2,
    stretch: d2 / f2,
    slopeVariety: 1 - d ** 2 / d2,
    flat,
    idle,
    dead,
  }
}

const tables = new Map<string, Map<number, UnitMoments>>()

function tabulated(f: Nonlinearity, knot: number): UnitMoments {
  const shift = f.b / f.a
  const key = `${f.act} ${f.slope} ${shift}`
  const table = tables.get(key) ?? new Map<number, UnitMoments>()
  tables.set(key, table)
  const known = table.get(knot) ?? momentsAt(f, shift, Math.exp((knot * STEP) / 2))
  table.set(knot, known)
  return known
}

const ids = [
  'slopeSpread',
  'squareSpread',
  'slopeSquare',
  'slopeMean',
  'slopeRate',
  'slopeBend',
  'squareRate',
  'squareBend',
  'slopeTilt',
  'squareTilt',
  'stretch',
  'slopeVariety',
  'flat',
  'idle',
  'dead',
] as const satisfies readonly (keyof UnitMoments)[]

/**
 * Moments of f and f' of a unit at preactivations of variance exp(lnQ), beyond those of mean-field theory: what is
 * left of them where a sum over units has finitely many terms.
 *
 * Linear between knots in ln q. Accuracy: 2e-3 (tests/theory/unitMoments).
 * Source: derivatives by ln q as moments with Hermite polynomials, by partial integration.
 */
export function unitMoments(f: Nonlinearity, lnQ: number): UnitMoments {
  if (activations[f.act].homogeneous && f.b === 0) return tabulated(f, 0)
  const place = clipped(lnQ + 2 * Math.log(f.gain)) / STEP
  const knot = Math.floor(place)
  const [low, high] = [tabulated(f, knot), tabulated(f, knot + 1)]
  const share = place - knot
  const out = { ...low }
  for (const id of ids) out[id] += share * (high[id] - low[id])
  return out
}
