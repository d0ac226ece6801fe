import {
  dividedDifferences,
  interpolationWeights,
  leadingTerms,
  newtonValue,
  productSums,
} from './newtonForm.ts'

/** A sequence in which each state follows from the one before, mostly by steps that change slowly. */
export interface Recurrence {
  /** Numbers in a state. */
  readonly dimension: number
  /** Numbers worth knowing of a step from one state to the next. */
  readonly columns: number
  /** Writes what follows on `state` at `position`, an integer >= 0, and what there is to know of this step. */
  readonly step: (position: number, state: Float64Array, out: StepResult) => void
  /** What a leap may add to the error of a state: of 1, or of the value where that is larger. */
  readonly tolerance: number
  /** The same of columns that are extrapolated to a landing; those between known steps are nearer by far. */
  readonly columnTolerance: number
}

export interface StepResult {
  readonly next: Float64Array
  readonly columns: Float64Array
}

/** A step that was taken, rather than leapt over. */
interface Taken extends StepResult {
  readonly position: number
  readonly state: Float64Array
  /** next - state; 0 where they differ by rounding. */
  readonly change: Float64Array
  /** Index of the first step on the same smooth curve. */
  readonly runStart: number
}

/** Most steps that a polynomial goes through, and fewest that foretell anything. */
const MOST_NODES = 8
const FEWEST_NODES = 4
/** A leap aims at this share of the tolerance ... */
const SAFETY = 0.2
/** ... and is longer or shorter than the last by at most these factors. */
const LONGEST_GROWTH = 2
const SHORTEST_GROWTH = 0.2
/** After so many leaps shorter than this, and each time after twice as many, so many steps are taken one by one. */
const PATIENCE = 16
const SHORT_LEAP = 20
const PAUSE = 96
/** Steps behind a leap in which errors die out that quick decays would make grow. */
const SETTLING = 8
/** Steps nearer to each other than this share of a gap are one for the polynomial across it. */
const CROWDED = 1 / 16
/** Changes of less than this (of 1, or of the value where that is larger) are rounding, and what leaps leave of decays. */
const STILL = 2e-13
/** Terms of less than this, of the same, are not written out. */
const ROUNDING = 1e-14

/**
 * Follows a recurrence for `count` steps, leaping over those in which nothing new happens:
 *
 *   s(p + k) = s(p) + sum_{j < k} P(p + j)
 *
 * where P is the polynomial through the changes s(q + 1) - s(q) at the last known positions q, corrected by the change
 * at the landing. A step that is not as those before foretell is taken by itself and begins a new curve: jumps,
 * kinks and oscillations cost time, not accuracy. Quick decays make leaps unstable that are much longer than they take:
 * where leaps stay short, the decays get time to die out, and from then on some steps behind every leap.
 *
 * @param longest  most steps in a leap; 1 takes every step
 * Accuracy: `tolerance` a leap (tests/math/leaps).
 * Source: Hairer, Norsett and Wanner 1993, Solving Ordinary Differential Equations I, section III.5 (Adams methods
 * of variable step and order), with a sum in place of the integral.
 */
export function leaps(
  recurrence: Recurrence,
  start: Float64Array,
  { count, longest = Infinity }: { readonly count: number; readonly longest?: number },
): Leaps {
  const leaper = new Leaper(recurrence, count)
  let length = leaper.begin(start)
  while (leaper.position < count - 1)
    length = leaper.advance(Math.min(length, longest, count - 1 - leaper.position))
  return new Leaps(leaper.taken)
}

const scaleOf = (value: number) => Math.max(1, Math.abs(value))

function changeBetween(state: number, next: number): number {
  if (next === state) return 0
  const change = next - state
  return Math.abs(change) <= STILL * scaleOf(state) ? 0 : change
}

/** A leap in units of its length: where the known steps lie, newest first, and the new one; and what P is made of. */
interface Plan {
  readonly nodes: Float64Array
  readonly landing: number
  readonly sums: Float64Array
  /** Divided differences of the changes, a component an entry; null where nothing changes. */
  readonly differences: readonly (Float64Array | null)[]
}

class Leaper {
  readonly taken: Taken[] = []
  private readonly recurrence: Recurrence
  private readonly count: number
  /** Terms of P. */
  private order = 1
  private shortLeaps = 0
  private patience = PATIENCE
  private pause = 0
  private settling = 0

  constructor(recurrence: Recurrence, count: number) {
    this.recurrence = recurrence
    this.count = count
  }

  get position(): number {
    return this.taken.at(-1)!.position
  }

  begin(start: Float64Array): number {
    this.taken.push(this.step(0, start, 0))
    return 1
  }

  /** Goes on by `length` steps, or by fewer, or stays; returns how many to try next. */
  advance(length: number): number {
    const here = this.taken.at(-1)!
    const stencil = this.taken.slice(Math.max(here.runStart, this.taken.length - MOST_NODES))
    stencil.reverse()
    const isPausing = this.pause > 0
    if (isPausing) this.pause--
    return length === 1 || isPausing ? this.single(here, stencil) : this.leap(here, stencil, length)
  }

  private countShort(length: number): void {
    this.shortLeaps = length < SHORT_LEAP ? this.shortLeaps + 1 : 0
    if (this.shortLeaps < this.patience) return
    this.shortLeaps = 0
    this.patience *= 2
    this.pause = PAUSE
    this.settling = SETTLING - this.settling
  }

  private step(position: number, state: Float64Array, runStart: number): Taken {
    const { dimension, columns, step } = this.recurrence
    const out = { next: new Float64Array(dimension), columns: new Float64Array(columns) }
    step(position, state, out)
    const change = out.next.map((value, i) => changeBetween(state[i]!, value))
    return { ...out, position, state, change, runStart }
  }

  private stepsBehind(position: number): number {
    return Math.min(this.settling, this.count - 1 - position)
  }

  /** The step behind a leap and what it needs to settle. */
  private settled(position: number, state: Float64Array, runStart: number): Taken {
    let there = this.step(position, state, runStart)
    const steps = this.stepsBehind(position)
    for (let i = 1; i <= steps; i++) there = this.step(position + i, there.next, runStart)
    return there
  }

  private single(here: Taken, stencil: readonly Taken[]): number {
    const there = this.step(here.position + 1, here.next, here.runStart)
    const isEarly = stencil.length < FEWEST_NODES
    const isSmooth = isEarly ? isAsFinite(here, there) : this.isForetold(there, stencil)
    this.taken.push(isSmooth ? there : { ...there, runStart: this.taken.length })
    if (isEarly || !isSmooth) this.order = 1
    return isEarly || !isSmooth ? 1 : 2
  }

  private leap(here: Taken, stencil: readonly Taken[], length: number): number {
    const plan = planOf(stencil, length, this.stepsBehind(here.position + length))
    const state = here.state.map((value, i) => value + predictedSum(plan, i, this.order))
    const there = this.settled(here.position + length, state, here.runStart)
    this.countShort(length)
    const errors = this.errorsByOrder(plan, there)
    const isGood = errors[this.order - 1]! <= 1 && this.isForetold(there, stencil)
    if (isGood) {
      if (this.settling === 0)
        for (const i of state.keys()) state[i]! += correction(plan, there.change[i]!, i, this.order)
      this.taken.push(there)
    }
    this.order = bestOrder(errors)
    const growth = (SAFETY / errors[this.order - 1]!) ** (1 / (this.order + 1))
    const factor = Math.min(isGood ? LONGEST_GROWTH : 0.5, Math.max(SHORTEST_GROWTH, growth))
    return Math.max(1, Math.floor(length * factor + (factor > 1 ? 0.9 : 0)))
  }

  /** What the correction of P by one more term amounts to, of what is tolerated, for P of 1, 2, ... terms. */
  private errorsByOrder(plan: Plan, there: Taken): Float64Array {
    const errors = new Float64Array(plan.nodes.length)
    for (const [i, value] of there.state.entries()) {
      const tolerated = this.recurrence.tolerance * scaleOf(value)
      for (const order of errors.keys()) {
        const error = Math.abs(correction(plan, there.change[i]!, i, order + 1)) / tolerated
        errors[order] = Math.max(errors[order]!, Number.isNaN(error) ? Infinity : error)
      }
    }
    return errors
  }

  /** Are the columns of a step as the polynomials through the steps before have them? */
  private isForetold(there: Taken, stencil: readonly Taken[]): boolean {
    const nodes = stencil.map(({ position }) => position)
    const weights = interpolationWeights(nodes, there.position)
    return there.columns.every((value, column) => {
      let foretold = 0
      for (const [i, weight] of weights.entries()) foretold += weight * stencil[i]!.columns[column]!
      const tolerated = this.recurrence.columnTolerance * scaleOf(value)
      const isNear = Number.isFinite(value) && Math.abs(foretold - value) <= tolerated
      return isNear || stencil.every(({ columns }) => Object.is(columns[column], value))
    })
  }
}

/** Are numbers numbers and infinities infinities, as before? */
const isAsFinite = (here: Taken, there: Taken) =>
  there.columns.every((value, i) => Number.isFinite(value) === Number.isFinite(here.columns[i]!))

function planOf(stencil: readonly Taken[], length: number, stepsBehind: number): Plan {
  const here = stencil[0]!
  const nodes = Float64Array.from(stencil, (step) => (step.position - here.position) / length)
  const differences = Array.from(here.change, (change, i) =>
    change === 0
      ? null
      : dividedDifferences(
          nodes,
          stencil.map((step) => step.change[i]!),
        ),
  )
  const landing = 1 + stepsBehind / length
  return { nodes, landing, sums: productSums(nodes, length), differences }
}

function predictedSum({ differences, sums }: Plan, component: number, order: number): number {
  const c = differences[component]
  let sum = 0
  if (c) for (let m = 0; m < order; m++) sum += c[m]! * sums[m]!
  return sum
}

/** What the sum over P of `order` terms changes by when P is made to go through the change at the landing, too. */
function correction(
  { nodes, landing, sums, differences }: Plan,
  change: number,
  i: number,
  order: number,
) {
  const c = differences[i]
  // What stood still is expected to stand still all the way.
  if (!c) return change * sums[0]!
  let difference = change
  for (let m = 0; m < order; m++) difference = (difference - c[m]!) / (landing - nodes[m]!)
  return difference * sums[order]!
}

function bestOrder(errors: Float64Array): number {
  let best = 0
  for (const [i, error] of errors.entries()) if (error < errors[best]!) best = i
  return best + 1
}

/** Where the values of a column go: target[first], target[first + stride] ... */
export interface Placement {
  readonly target: Float64Array
  readonly first: number
  readonly stride: number
}

/** A recurrence followed to its end: its columns are known at some positions, from which follow those in between. */
export class Leaps {
  /** The state behind the last step. */
  readonly last: Float64Array
  private readonly taken: readonly Taken[]

  constructor(taken: readonly Taken[]) {
    this.taken = taken
    this.last = taken.at(-1)!.next
  }

  /** Writes out a column for every step from first to last. */
  write(column: number, place: Placement): void {
    for (const [j, { position, columns }] of this.taken.entries()) {
      place.target[place.first + position * place.stride] = columns[column]!
      const after = this.taken[j + 1]
      if (after && after.position > position + 1) this.writeGap(column, j, place)
    }
  }

  /** Between step j and the one after, by the polynomial through those around. */
  private writeGap(column: number, j: number, { target, first, stride }: Placement): void {
    const [from, to] = [this.taken[j]!.position, this.taken[j + 1]!.position]
    const stencil = this.around(j)
    const values = stencil.map(({ columns }) => columns[column]!)
    if (values.every((value) => Object.is(value, values[0]))) {
      for (let p = from + 1; p < to; p++) target[first + p * stride] = values[0]!
      return
    }
    const span = to - from
    const nodes = Float64Array.from(stencil, ({ position }) => (position - from) / span)
    const c = leadingTerms(dividedDifferences(nodes, values), nodes, ROUNDING * scaleOf(values[0]!))
    for (let p = from + 1; p < to; p++)
      target[first + p * stride] = newtonValue(c, nodes, (p - from) / span)
  }

  /** Steps around the gap behind step j on the same curve, the two at its ends first; none next to another. */
  private around(j: number): readonly Taken[] {
    const [from, to] = [this.taken[j]!, this.taken[j + 1]!]
    const apart = CROWDED * (to.position - from.position)
    const stencil = [from, to]
    let [lowest, highest] = [from.position, to.position]
    for (let away = 1; stencil.length < MOST_NODES && away <= 2 * MOST_NODES; away++) {
      const [before, after] = [this.taken[j - away], this.taken[j + 1 + away]]
      if (before && j - away >= to.runStart && before.position <= lowest - apart) {
        stencil.push(before)
        lowest = before.position
      }
      if (after?.runStart === to.runStart && after.position >= highest + apart) {
        stencil.push(after)
        highest = after.position
      }
    }
    return stencil.slice(0, MOST_NODES)
  }
}
