/** Standard deviations from the middle of a normal law to where 10 % of it are left. */
export const TENTH = 1.2815515655446004

/**
 * Nats a layer, times n^2, that first order in 1 / n may leave out of a typical value (measured: up to 3), and by what it
 * goes up with the square of n times the variance that a layer adds.
 */
const SECOND_ORDER = 3
const BY_VARIANCE = 1 / 20

/** Nats that nobody sees. */
const UNSEEN = 0.1

/** Nats that first order leaves out of a layer n wide that adds noise / n to the variance, at most. */
export const leftOutBy = (width: number, noise: number) =>
  Math.max(SECOND_ORDER, BY_VARIANCE * noise ** 2) / width ** 2

/** Is what is left out less than what networks differ by: half of the band in which eight in ten of them lie? */
export function isWithinBand(leftOut: number, variance: number): boolean {
  return leftOut < UNSEEN + TENTH * Math.sqrt(Math.max(0, variance))
}

/**
 * Mirrored weights: what a squared gradient loses, n nats a layer, and by what networks differ, n times the variance a layer,
 * where f is not homogeneous. No theory is known of the first (measured: 1 to 15, with normalization up to 1.5).
 */
const MIRRORED_LOSS = { free: 6, normalized: 1.5 }
const MIRRORED_NOISE = 8

/** Is what mirrored weights take from a gradient over so many layers less than what networks differ by? */
export function isMirroredKnown(layers: number, width: number, isNormalized: boolean): boolean {
  const loss = isNormalized ? MIRRORED_LOSS.normalized : MIRRORED_LOSS.free
  return isWithinBand((loss * layers) / width, (MIRRORED_NOISE * layers) / width)
}
