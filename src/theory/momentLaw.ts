/**
 * Gaussian moments of phi at one variance q of its argument, in a form that neither overflows nor
 * loses what is small: u = sqrt(q) z, (u1, u2) jointly normal with variances q and correlation c = 1 - e.
 */
export interface MomentsAt {
  /** ln E[phi(u)^2] */
  readonly lnSquare: number
  /** E[phi(u)] / sqrt(E[phi(u)^2]) */
  readonly meanRatio: number
  /** ln E[phi'(u)^2] */
  readonly lnSlope: number
  /** Derivatives by ln q of ln E[phi^2], of E[phi] in units of sqrt(E[phi^2]), and of ln E[phi'^2]. */
  readonly rates: MomentRates
  /** E[phi'^2 phi] / (E[phi'^2] sqrt(E[phi^2])) and E[phi'^2 phi^2] / (E[phi'^2] E[phi^2]) */
  readonly slopeMean: number
  readonly slopeSquare: number
  /** E[phi'(u) phi'(-u)] / E[phi'(u)^2] */
  readonly mirroredSlope: number
  /** ln of the stretch q E[phi'(u)^2]: what e is multiplied by for e near 0. */
  readonly lnStretch: number
  /** (E[phi(u)^2] - E[phi(u1) phi(u2)]) / (e stretch) for e in [0, 2]; 1 at e = 0. */
  readonly spread: (e: number) => number
  /** E[phi'(u1) phi'(u2)] / E[phi'(u)^2] for e in [0, 2]. */
  readonly slopeCorrelation: (e: number) => number
}

export interface MomentRates {
  readonly lnSquare: number
  readonly mean: number
  readonly lnSlope: number
}

/** The moments as a function of ln q. */
export type MomentLaw = (lnQ: number) => MomentsAt

/** What two samples at distance e do not have in common of a variance that goes with their squares: 1 - (1 - e)^2; all of it where e is unknown. */
export const unshared = (e: number): number =>
  Number.isNaN(e) ? 1 : Math.min(1, Math.max(0, e * (2 - e)))

/** The angle between two directions whose cosine is 1 - e. */
export function angleOf(e: number): number {
  return 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, e / 2))))
}
