import type { Domain } from './domain.ts'

/** From numbers to places along a line, and back. */
export interface Scale {
  (value: number): number
  readonly invert: (place: number) => number
  /** The numbers that have the ends of the line. */
  readonly domain: Domain
}

/** How far along a domain a number is; half-way where the domain is a single number. */
const shareOf = (value: number, [from, to]: Domain) =>
  to === from ? 0.5 : (value - from) / (to - from)

const mix = (share: number, [from, to]: Domain) => from * (1 - share) + to * share

/** Evenly. */
export function linearScale(domain: Domain, range: Domain): Scale {
  const place = (value: number) => mix(shareOf(value, domain), range)
  const invert = (at: number) => mix(shareOf(at, range), domain)
  return Object.assign(place, { invert, domain })
}

/** By the logarithm of one more than a number, which has a place for 0. */
export function log1pScale(domain: Domain, range: Domain): Scale {
  const even = linearScale([Math.log1p(domain[0]), Math.log1p(domain[1])], range)
  const place = (value: number) => even(Math.log1p(value))
  const invert = (at: number) => Math.expm1(even.invert(at))
  return Object.assign(place, { invert, domain })
}

const within = (value: number, [one, other]: Domain) =>
  Math.min(Math.max(value, Math.min(one, other)), Math.max(one, other))

/** Evenly, and what is outside stands at the nearer end. */
export function clampedScale(domain: Domain, range: Domain): Scale {
  const even = linearScale(domain, range)
  const place = (value: number) => within(even(value), range)
  const invert = (at: number) => within(even.invert(at), domain)
  return Object.assign(place, { invert, domain })
}
