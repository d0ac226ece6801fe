/** Standard deviations from the middle of a normal law to where 10 % of it are left. */
export const TENTH = 1.2815515655446004

/** Nats a layer, times n^2, that first order in 1 / n may leave out of a typical value (measured: up to 3). */
const SECOND_ORDER = 3

/** Nats that nobody sees. */
const UNSEEN = 0.1

/** Nats that first order leaves out of a layer n wide, at most. */
export const leftOutBy = (width: number) => SECOND_ORDER / width ** 2

/** Is what is left out less than what networks differ by: half of the band in which eight in ten of them lie? */
export function isWithinBand(leftOut: number, variance: number): boolean {
  return leftOut < UNSEEN + TENTH * Math.sqrt(Math.max(0, variance))
}
