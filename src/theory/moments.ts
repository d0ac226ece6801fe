import { assert } from '../base/assert.ts'
import { activations, type ActivationId } from '../model/activations.ts'
import { closedMoments } from './closedMoments.ts'
import type { MomentLaw, MomentsAt } from './momentLaw.ts'
import type { Nonlinearity } from './nonlinearity.ts'
import { tabulatedMoments } from './tabulatedMoments.ts'

const laws = new Map<ActivationId, MomentLaw>()

/** Moments of phi alone: in closed form where one is known, else from tables that fill as they are read. */
function lawOf(act: ActivationId, slope: number): MomentLaw {
  const closed = closedMoments[act]
  if (closed) return closed(slope)
  let law = laws.get(act)
  if (!law) laws.set(act, (law = tabulatedMoments(act)))
  return law
}

/** What is left of phi when its argument is zero. */
function momentsOfConstant(value: number): MomentsAt {
  return {
    lnSquare: 2 * Math.log(Math.abs(value)),
    meanRatio: Math.sign(value),
    lnSlope: -Infinity,
    rates: { lnSquare: 0, mean: 0, lnSlope: 0 },
    slopeMean: Math.sign(value),
    slopeSquare: 1,
    mirroredSlope: 1,
    lnStretch: -Infinity,
    spread: () => 1,
    slopeCorrelation: () => 1,
  }
}

/** Adds b: E[(phi + b)^2] = E[phi^2] + 2 b E[phi] + b^2, on the larger of the two scales. */
function shifted(moments: MomentsAt, b: number): MomentsAt {
  if (b === 0) return moments
  const { lnSquare, meanRatio, rates, slopeMean, slopeSquare } = moments
  const ln = Math.max(lnSquare / 2, Math.log(Math.abs(b)))
  const [size, shift] = [Math.exp(lnSquare / 2 - ln), b / Math.exp(ln)]
  const mean = meanRatio * size + shift
  const square = size * size * (1 - meanRatio ** 2) + mean * mean
  const slopeTimes = size * size * slopeSquare + 2 * shift * size * slopeMean + shift * shift
  const squareRate = size * size * rates.lnSquare + 2 * shift * rates.mean * size
  return {
    ...moments,
    lnSquare: 2 * ln + Math.log(square),
    meanRatio: mean / Math.sqrt(square),
    rates: {
      ...rates,
      lnSquare: squareRate / square,
      mean: (rates.mean * size) / Math.sqrt(square),
    },
    slopeMean: (size * slopeMean + shift) / Math.sqrt(square),
    slopeSquare: slopeTimes / square,
  }
}

/**
 * Moments of z -> a phi(gain z) + b, z of variance q = exp(lnQ), for any q from 0 (lnQ = -Infinity) up.
 *
 * Accuracy of E[phi], E[phi^2], E[phi'^2]: 1e-9 relative. Of E[phi1 phi2], relative to E[phi^2]: 1e-9 for
 * smooth activations and q up to 10, 1e-6 with kinks or q up to 25; at larger q, where a bounded phi is
 * nearly a step, 1e-4 within 1e-3 of correlation 1 and 1e-6 elsewhere (tests/theory/moments).
 */
export function momentLaw({ act, slope, gain, a, b }: Nonlinearity): MomentLaw {
  const law = lawOf(act, slope)
  const [lnGain, lnA] = [2 * Math.log(gain), 2 * Math.log(a)]
  const atZero = momentsOfConstant(activations[act].phi(0, slope))
  return (lnQ) => {
    const m = lnGain + lnQ === -Infinity ? atZero : law(lnQ + lnGain)
    const scaled = {
      ...m,
      lnSquare: m.lnSquare + lnA,
      lnSlope: m.lnSlope + lnA + lnGain,
      lnStretch: m.lnStretch + lnA,
    }
    return shifted(scaled, b)
  }
}

function momentsAt(f: Nonlinearity, q: number): MomentsAt {
  assert(q >= 0 && q < Infinity, `moments: q must be >= 0 and finite, got ${q}`)
  return momentLaw(f)(Math.log(q))
}

/** E[f(sqrt(q) z)^2], z ~ N(0, 1), q >= 0. */
export function secondMoment(f: Nonlinearity, q: number): number {
  return Math.exp(momentsAt(f, q).lnSquare)
}

/** E[f(sqrt(q) z)] */
export function meanValue(f: Nonlinearity, q: number): number {
  const { meanRatio, lnSquare } = momentsAt(f, q)
  return meanRatio === 0 ? 0 : meanRatio * Math.exp(lnSquare / 2)
}

/** E[f'(sqrt(q) z)^2], q > 0. */
export function squaredSlope(f: Nonlinearity, q: number): number {
  return Math.exp(momentsAt(f, q).lnSlope)
}

/** E[f(u1) f(u2)] for variances q and correlation c in [-1, 1]. */
export function product(f: Nonlinearity, q: number, c: number): number {
  const { lnSquare, lnStretch, spread } = momentsAt(f, q)
  return Math.exp(lnSquare) - (c === 1 ? 0 : (1 - c) * Math.exp(lnStretch) * spread(1 - c))
}

/** E[f'(u1) f'(u2)] for variances q > 0 and correlation c in [-1, 1]. */
export function slopeProduct(f: Nonlinearity, q: number, c: number): number {
  const { lnSlope, slopeCorrelation } = momentsAt(f, q)
  return Math.exp(lnSlope) * slopeCorrelation(1 - c)
}
