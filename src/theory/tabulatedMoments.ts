import { gaussianExpectation } from '../math/quadrature.ts'
import { activations, type ActivationId } from '../model/activations.ts'
import { continued, LAST_LN_Q } from './asymptoticMoments.ts'
import {
  chebyshevBasis,
  chebyshevCoefficients,
  chebyshevDerivative,
  chebyshevPoints,
  chebyshevSum,
} from './chebyshev.ts'
import { pairSeries } from './hermiteSeries.ts'
import { kinkedPairs } from './kinkedPairs.ts'
import { angleOf, type MomentLaw, type MomentsAt } from './momentLaw.ts'

/** A piece of the table spans one unit of ln q, where this many points leave 1e-11. */
const POINTS_IN_LN_Q = 12

/** Points over the angle are doubled from the first to the second until the interpolant has settled. */
const FEWEST_ANGLES = 17
const MOST_ANGLES = 129
const SETTLED = 1e-9

/** What one variance contributes to the table: the scalars, and ln spread at the angles. */
interface TableRow {
  readonly scalars: readonly [number, number, number, number]
  readonly lnSpread: (e: number) => number
}

function tableRow(act: ActivationId, lnQ: number): TableRow {
  const { phi, dphi, kinks } = activations[act]
  const q = Math.exp(lnQ)
  const root = Math.sqrt(q)
  const splits = kinks.map((kink) => kink / root)
  const expectation = (f: (u: number) => number) => gaussianExpectation((z) => f(root * z), splits)
  const mean = expectation((u) => phi(u, 0))
  const square = expectation((u) => phi(u, 0) ** 2)
  const slope = expectation((u) => dphi(u, 0) ** 2)
  const mirrored = expectation((u) => dphi(u, 0) * dphi(-u, 0))
  const totals = { square, stretch: q * slope }
  const gap = kinkedPairs[act]?.(q) ?? pairSeries((u) => phi(u, 0), q, totals)
  return {
    scalars: [Math.log(square), mean / Math.sqrt(square), Math.log(slope), mirrored / slope],
    lnSpread: (e) => (e === 0 ? 0 : Math.log(gap(e) / (q * slope))),
  }
}

/** One unit of ln q. */
interface Piece {
  readonly scalars: readonly Float64Array[]
  /** Coefficients over ln q (outer) and the angle (inner) of ln spread. */
  readonly lnSpread: readonly Float64Array[]
}

function buildPiece(act: ActivationId, first: number): Piece {
  const rows = Array.from(chebyshevPoints(POINTS_IN_LN_Q, first, first + 1), (lnQ) =>
    tableRow(act, lnQ),
  )
  const scalars = [0, 1, 2, 3].map((i) => chebyshevCoefficients(rows.map((r) => r.scalars[i]!)))
  return { scalars, lnSpread: acrossRows(spreadCoefficients(rows)) }
}

/** Coefficients over the angle, row by row, with as many angles as the hardest row needs. */
function spreadCoefficients(rows: readonly TableRow[]): readonly Float64Array[] {
  for (let count = FEWEST_ANGLES; ; count = 2 * count - 1) {
    const angles = chebyshevPoints(count, 0, Math.PI)
    const coefficients = rows.map((row) =>
      chebyshevCoefficients(angles.map((t) => row.lnSpread(1 - Math.cos(t)))),
    )
    if (count >= MOST_ANGLES || coefficients.every(hasSettled)) return coefficients
  }
}

function hasSettled(coefficients: Float64Array): boolean {
  return coefficients.slice(-3).every((value) => Math.abs(value) < SETTLED)
}

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

function readPiece({ scalars, lnSpread }: Piece, lnQ: number, first: number): MomentsAt {
  const t = 2 * (lnQ - first) - 1
  const [lnSquare, meanRatio, lnSlope, mirroredSlope] = scalars.map((c) => chebyshevSum(c, t))
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
    lnSquare: lnSquare!,
    meanRatio: meanRatio!,
    lnSlope: lnSlope!,
    mirroredSlope: mirroredSlope!,
    lnStretch: lnQ + lnSlope!,
    spread,
    // d(e spread) / de, with d angle / de = 1 / sin(angle).
    slopeCorrelation: (e) => {
      if (e === 0) return 1
      if (e === 2) return mirroredSlope!
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
 * Pieces of one unit of ln q are computed when first asked for and kept.
 *
 * Accuracy: 1e-9 relative for smooth activations, 1e-6 with kinks (tests/theory/moments).
 */
export function tabulatedMoments(act: ActivationId): MomentLaw {
  const pieces = new Map<number, Piece>()
  const inside = (lnQ: number) => {
    const first = Math.min(Math.floor(lnQ), LAST_LN_Q - 1)
    let piece = pieces.get(first)
    if (!piece) pieces.set(first, (piece = buildPiece(act, first)))
    return readPiece(piece, lnQ, first)
  }
  return continued(act, inside)
}
