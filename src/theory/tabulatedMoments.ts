import { activations, type ActivationId } from '../model/activations.ts'
import { continued, LAST_LN_Q } from './asymptoticMoments.ts'
import {
  chebyshevBasis,
  chebyshevCoefficients,
  chebyshevDerivative,
  chebyshevPoints,
  chebyshevSum,
} from './chebyshev.ts'
import { halfLineRule } from './halfLineRule.ts'
import { pairSeries } from './hermiteSeries.ts'
import { kinkedPairs } from './kinkedPairs.ts'
import { angleOf, type MomentLaw, type MomentsAt } from './momentLaw.ts'

/** Pieces of the table span one unit of ln q in the middle, where this many points leave 1e-11, ... */
const POINTS_IN_LN_Q = 10
const MIDDLE_FROM = -6
const MIDDLE_TO = 6
/** ... and this much where an activation is nearly its tangent or asymptote. */
const OUTER_SPAN = 4

/** Points over the angle are doubled from the first to the second until the interpolant has settled ... */
const FEWEST_ANGLES = 17
const MOST_ANGLES = 129
const SETTLED = 1e-9
/** ... or stands this low without falling by ten any more: the tail of a Hermite series is no better. */
const SETTLED_ON_NOISE = 1e-6

/** What one variance contributes to the table: the scalars, and ln spread at the angles. */
interface TableRow {
  readonly scalars: readonly number[]
  readonly lnSpread: (e: number) => number
}

/** Terms of the Hermite series; fewer where an activation that grows is nearly its asymptotes. */
const MOST_TERMS = 1024
const TERMS_FAR_OUT = 256
const FAR_OUT_Q = 100

/** E of products of powers of phi and phi' at variance q, all in one pass. */
function scalarMoments(act: ActivationId, q: number) {
  const { phi, dphi, kinks } = activations[act]
  const root = Math.sqrt(q)
  const breaks = kinks.map((kink) => Math.abs(kink) / root)
  const { nodes, weights } = halfLineRule({ panel: 1.5, finest: 0.5 / root, breaks })
  const sums = { mean: 0, square: 0, slope: 0, mirrored: 0, slopeMean: 0, slopeSquare: 0 }
  for (const [i, z] of nodes.entries()) {
    const [up, down] = [phi(root * z, 0), phi(-root * z, 0)]
    const [slopeUp, slopeDown] = [dphi(root * z, 0), dphi(-root * z, 0)]
    const weight = weights[i]!
    sums.mean += weight * (up + down)
    sums.square += weight * (up * up + down * down)
    sums.slope += weight * (slopeUp ** 2 + slopeDown ** 2)
    sums.mirrored += weight * 2 * slopeUp * slopeDown
    sums.slopeMean += weight * (slopeUp ** 2 * up + slopeDown ** 2 * down)
    sums.slopeSquare += weight * ((slopeUp * up) ** 2 + (slopeDown * down) ** 2)
  }
  return sums
}

function tableRow(act: ActivationId, lnQ: number): TableRow {
  const { phi, dphi, grows } = activations[act]
  const q = Math.exp(lnQ)
  const { mean, square, slope, mirrored, slopeMean, slopeSquare } = scalarMoments(act, q)
  const gap =
    kinkedPairs[act]?.(q) ??
    pairSeries({
      phi: (u) => phi(u, 0),
      q,
      square,
      stretch: q * slope,
      bend: dphi(Number.MIN_VALUE, 0) - dphi(-Number.MIN_VALUE, 0),
      maxDegree: grows && q > FAR_OUT_Q ? TERMS_FAR_OUT : MOST_TERMS,
    })
  return {
    scalars: [
      Math.log(square),
      mean / Math.sqrt(square),
      Math.log(slope),
      mirrored / slope,
      slopeMean / (slope * Math.sqrt(square)),
      slopeSquare / (slope * square),
    ],
    lnSpread: (e) => (e === 0 ? 0 : Math.log(gap(e) / (q * slope))),
  }
}

interface Span {
  readonly low: number
  readonly high: number
}

/** The piece of the table that ln q belongs to. */
function spanOf(lnQ: number): Span {
  if (lnQ >= MIDDLE_FROM && lnQ < MIDDLE_TO) {
    const low = Math.floor(lnQ)
    return { low, high: low + 1 }
  }
  const edge = lnQ < MIDDLE_FROM ? MIDDLE_FROM : MIDDLE_TO
  const low = edge + OUTER_SPAN * Math.floor((lnQ - edge) / OUTER_SPAN)
  return { low, high: low + OUTER_SPAN }
}

/** One span of ln q. */
interface Piece {
  readonly span: Span
  readonly scalars: readonly Float64Array[]
  readonly rates: readonly Float64Array[]
  /** Coefficients over ln q (outer) and the angle (inner) of ln spread. */
  readonly lnSpread: readonly Float64Array[]
}

function buildPiece(act: ActivationId, span: Span): Piece {
  const points = chebyshevPoints(POINTS_IN_LN_Q, span.low, span.high)
  const rows = Array.from(points, (lnQ) => tableRow(act, lnQ))
  const scalars = rows[0]!.scalars.map((_, i) =>
    chebyshevCoefficients(rows.map((row) => row.scalars[i]!)),
  )
  const rates = scalars.slice(0, 3).map(chebyshevDerivative)
  return { span, scalars, rates, lnSpread: acrossRows(spreadCoefficients(rows)) }
}

/** Coefficients over the angle, row by row, with as many angles as the hardest row needs. */
function spreadCoefficients(rows: readonly TableRow[]): readonly Float64Array[] {
  let before = Infinity
  for (let count = FEWEST_ANGLES; ; count = 2 * count - 1) {
    const angles = chebyshevPoints(count, 0, Math.PI)
    const coefficients = rows.map((row) =>
      chebyshevCoefficients(angles.map((t) => row.lnSpread(1 - Math.cos(t)))),
    )
    const tail = Math.max(...coefficients.map(tailOf))
    const isNoise = tail < SETTLED_ON_NOISE && tail > before / 10
    if (count >= MOST_ANGLES || tail < SETTLED || isNoise) return coefficients
    before = tail
  }
}

const tailOf = (coefficients: Float64Array) =>
  Math.max(...coefficients.slice(-3).map((value) => Math.abs(value)))

/** From coefficients over the angle at each point of ln q to coefficients over both. */
function acrossRows(rows: readonly Float64Array[]): readonly Float64Array[] {
  const count = rows[0]!.length
  const out = rows.map(() => new Float64Array(count))
  for (let k = 0; k < count; k++) {
    const column = chebyshevCoefficients(rows.map((row) => row[k]!))
    for (const [i, value] of column.entries()) out[i]![k] = value
  }
  return out
}

function readPiece({ span, scalars, rates, lnSpread }: Piece, lnQ: number): MomentsAt {
  const perUnit = 2 / (span.high - span.low)
  const t = (lnQ - span.low) * perUnit - 1
  const values = scalars.map((c) => chebyshevSum(c, t)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [lnSquare, meanRatio, lnSlope, mirroredSlope, slopeMean, slopeSquare] = values
  const [lnSquareRate, ratioRate, lnSlopeRate] = rates.map((c) => perUnit * chebyshevSum(c, t))
  const overAngle = onDemand(() => {
    const basis = chebyshevBasis(lnSpread.length, t)
    return lnSpread[0]!.map((_, k) =>
      basis.reduce((sum, weight, i) => sum + weight * lnSpread[i]![k]!, 0),
    )
  })
  const derivative = onDemand(() => chebyshevDerivative(overAngle()))
  const position = (e: number) => (2 * angleOf(e)) / Math.PI - 1
  const spread = (e: number) => Math.exp(chebyshevSum(overAngle(), position(e)))
  return {
    lnSquare,
    meanRatio,
    lnSlope,
    rates: {
      lnSquare: lnSquareRate!,
      mean: ratioRate! + (meanRatio * lnSquareRate!) / 2,
      lnSlope: lnSlopeRate!,
    },
    slopeMean,
    slopeSquare,
    mirroredSlope,
    lnStretch: lnQ + lnSlope,
    spread,
    // d(e spread) / de, with d angle / de = 1 / sin(angle).
    slopeCorrelation: (e) => {
      if (e === 0) return 1
      if (e === 2) return mirroredSlope
      const perAngle = (chebyshevSum(derivative(), position(e)) * 2) / Math.PI
      return spread(e) * (1 + Math.sqrt(e / (2 - e)) * perAngle)
    },
  }
}

function onDemand<T>(compute: () => T): () => T {
  let value: T | undefined
  return () => (value ??= compute())
}

/**
 * Moments of an activation without closed form, interpolated in ln q and in the angle between the pair.
 * Pieces are computed when first asked for and kept.
 *
 * Accuracy: 1e-9 relative for smooth activations, 1e-6 with kinks (tests/theory/moments).
 */
export function tabulatedMoments(act: ActivationId): MomentLaw {
  const pieces = new Map<number, Piece>()
  const inside = (lnQ: number) => {
    const span = spanOf(Math.min(lnQ, LAST_LN_Q * (1 - Number.EPSILON)))
    let piece = pieces.get(span.low)
    if (!piece) pieces.set(span.low, (piece = buildPiece(act, span)))
    return readPiece(piece, lnQ)
  }
  return continued(act, inside)
}
