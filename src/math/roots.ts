import { assert } from '../base/assert.ts'

type RealFunction = (x: number) => number

/** Halvings of the widest finite bracket down to one unit in the last place stay below this. */
const MAX_BRACKET_STEPS = 2200

/** A point and the value there. */
interface Sample {
  readonly x: number
  readonly y: number
}

/** Three samples the next trial is read from: `near` and `far` enclose the root. */
interface Bracket {
  readonly near: Sample
  readonly far: Sample
  readonly old: Sample
}

/** Where to try next, as a fraction of the way from near to far; 1/2 unless a parabola can be trusted. */
function nextFraction({ near, far, old }: Bracket): number {
  const xi = (near.x - far.x) / (old.x - far.x)
  const phi = (near.y - far.y) / (old.y - far.y)
  const isTrusted = 1 - Math.sqrt(1 - xi) < phi && phi < Math.sqrt(xi)
  if (!isTrusted) return 0.5
  return (
    (near.y / (far.y - near.y)) * (old.y / (far.y - old.y)) +
    (((old.x - near.x) / (far.x - near.x)) * (near.y / (old.y - near.y)) * far.y) / (old.y - far.y)
  )
}

/**
 * Root of a continuous f between two points of opposite sign, by bisection made fast with inverse
 * quadratic interpolation.
 *
 * @param tolerance  absolute error of the root; one unit in the last place is allowed on top
 * @returns          the end itself where f is 0 there
 * @throws           if f(lo) and f(hi) have the same sign, or f is NaN on the way
 * Source: Chandrupatla 1997, Adv. Eng. Software 28, 145; fewer evaluations than Brent's method.
 */
export function bracketedRoot(f: RealFunction, lo: number, hi: number, tolerance: number): number {
  const sample = (x: number): Sample => ({ x, y: f(x) })
  let [near, far] = [sample(lo), sample(hi)]
  assert(
    near.y * far.y <= 0,
    `bracketedRoot: f(lo) and f(hi) must differ in sign, got ${String(near.y)} and ${String(far.y)}`,
  )
  let fraction = 0.5
  for (let step = 0; step < MAX_BRACKET_STEPS; step++) {
    const best = Math.abs(near.y) < Math.abs(far.y) ? near : far
    const width = Math.abs(far.x - near.x)
    const allowed = (tolerance + Number.EPSILON * Math.abs(best.x)) / width
    if (best.y === 0 || allowed > 0.5) return best.x
    const trial = sample(
      near.x + Math.min(1 - allowed, Math.max(allowed, fraction)) * (far.x - near.x),
    )
    assert(
      !Number.isNaN(trial.y),
      `bracketedRoot: f must be a number, got NaN at ${String(trial.x)}`,
    )
    const isSameSide = Math.sign(trial.y) === Math.sign(near.y)
    const old = isSameSide ? near : far
    far = isSameSide ? far : near
    near = trial
    fraction = nextFraction({ near, far, old })
  }
  return near.x
}
