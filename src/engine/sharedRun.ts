import type { Helper } from './crew.ts'
import { merged } from './merged.ts'
import { dividedBudget, type MemoryBudget } from './memoryBudget.ts'
import { PartList } from './partList.ts'
import { type Common, hasLongChain, noTimes, runPart, seedAt, upperSpectra } from './parts.ts'
import { type PhaseTimes, startExperiment } from './propagate.ts'
import type { Part, PartEvent, PartReply, PhaseTiming, Spectrum, Steps } from './protocol.ts'
import { type RunEvent, streamed } from './rowStream.ts'
import type { LayerRows } from './statistics.ts'
import { medianRows } from './summary.ts'

/** A run, and who shares it. */
interface Order {
  readonly common: Common
  readonly spectra: readonly number[]
  readonly pictures: readonly number[]
  readonly helpers: readonly Helper[]
}

type LaneEvent = Exclude<RunEvent, { kind: 'progress' }> | Steps

/**
 * A single helper gets none of the spectra beside those of this worker: whoever reads the upper ones must follow the
 * Jacobian from the start once more, and the page draws those that come in. It gets all of them where the passes are
 * not over after so long: the Jacobian is then followed beside them.
 */
const HELPERS_FOR_SOME_SPECTRA = 2
const LONG_PASSES_MS = 1000
/**
 * All helpers together may take one in so many parts of the memory that this worker may: with the rows of
 * 32 seeds at depth 50,000 beside them, the page is to stay under 1 GB.
 */
const HELPERS_SHARE = 2
/** Helpers that were given something have this long to begin before it is taken back from them. */
const GRACE_MS = 10
/** Medians on the way are computed again when this many times what they last took has passed. */
const MEDIANS_REST = 10

/**
 * The seeds and the spectra of one run, done here and by helpers. The first seed's passes are this worker's
 * own; where helpers are at hand the upper spectra and other seeds are done beside them. What a helper has
 * not delivered in the end, because it died or never began, is done here.
 */
export class SharedRun {
  /** Rows of the seeds that are through, by their places in the run. */
  readonly runs: LayerRows[] = []
  readonly times: PhaseTimes = noTimes()
  private readonly order: Order
  /** Spectra that a helper may read. */
  private upper: readonly number[]
  private readonly parts: PartList
  private readonly missing: Set<number>
  private readonly helperBudget: MemoryBudget
  private readonly total: number
  private done = 0
  /** Layers that the Jacobian was followed through here, and by whoever reads the upper spectra. */
  private readonly chain = { own: 0, other: 0 }
  private readonly passesOver: Promise<void>
  private endPasses: () => void = () => undefined
  private mediansDueAt = -Infinity

  constructor(order: Order) {
    const { common, spectra, helpers } = order
    const { network, budget } = common
    const { seeds } = network.config
    this.order = order
    this.upper = helpers.length >= HELPERS_FOR_SOME_SPECTRA ? upperSpectra(common, spectra) : []
    this.parts = new PartList(seeds, this.upper, helpers.length + 1)
    this.missing = new Set(spectra)
    this.helperBudget = dividedBudget(budget, HELPERS_SHARE * Math.max(1, helpers.length))
    this.total = 2 * network.depth * seeds + (spectra.at(-1) ?? 0)
    this.passesOver = new Promise((resolve) => {
      this.endPasses = resolve
    })
  }

  /** All that is said until every part is through. */
  async *events(): AsyncGenerator<RunEvent> {
    const helped = this.order.helpers.map((helper) => this.byHelper(helper))
    for await (const event of merged([this.own(), ...helped])) yield this.counted(event)
    for await (const event of this.rest()) yield this.counted(event)
  }

  /** Counted here, where events have one order. */
  private counted(event: LaneEvent): RunEvent {
    if (event.kind !== 'steps') return event
    this.done = Math.min(this.total, this.done + event.steps)
    return { kind: 'progress', pass: event.pass, done: this.done, total: this.total }
  }

  /** What this worker does: the first seed, and others as long as there are any that nobody does. */
  private async *own(): AsyncGenerator<LaneEvent> {
    yield* this.firstSeed()
    yield* this.seedsLeft()
    if (!this.parts.isAnyGiven) return
    await new Promise((resolve) => setTimeout(resolve, GRACE_MS))
    for (const part of this.parts.takeBack('seeds')) yield* this.alone(part)
  }

  /** What is missing when all are through. */
  private async *rest(): AsyncGenerator<LaneEvent> {
    const { seeds } = this.order.common.network.config
    for (let i = 0; i < seeds; i++)
      if (!this.runs[i]) yield* this.alone({ kind: 'seeds', first: i, count: 1 })
    const layers = [...this.missing]
    if (layers.length > 0) yield* this.alone({ kind: 'spectra', layers })
  }

  private async *firstSeed(): AsyncGenerator<LaneEvent> {
    const { common, spectra, pictures } = this.order
    const run = startExperiment({
      ...{ ...common, spectra, pictures },
      seed: seedAt(common.network.config, 0),
      atSpectrum: (layer) => this.atSpectrum(layer),
    })
    for await (const event of streamed(run)) {
      if (event.kind === 'steps' && event.pass === 'spectra') this.endPasses()
      if (event.kind === 'spectrum') yield this.found(event.spectrum)
      else if (event.kind === 'steps') yield* this.inChain('own', event)
      else yield event
    }
    this.endPasses()
    this.runs[0] = run.rows
    this.add(run.times)
  }

  /** Where the upper spectra begin it shows whether a helper is at them. */
  private atSpectrum(layer: number): 'read' | 'stop' {
    const [first] = this.upper
    if (layer !== first) return 'read'
    return this.parts.takeSpectra() ? 'read' : 'stop'
  }

  private async *seedsLeft(): AsyncGenerator<LaneEvent> {
    let seed = this.parts.takeSeed()
    while (seed !== undefined) {
      yield* this.alone({ kind: 'seeds', first: seed, count: 1 })
      seed = this.parts.takeSeed()
    }
  }

  private async *alone(part: Part): AsyncGenerator<LaneEvent> {
    const { common, spectra } = this.order
    for await (const event of runPart(common, part, spectra)) yield* this.note(event)
  }

  /**
   * Not before the first seed's passes are over is a worker started, whose loading would hold them up; and
   * a single helper waits too: it has the core on which the page is about to draw them.
   */
  private async *byHelper(helper: Helper): AsyncGenerator<LaneEvent> {
    if (this.order.helpers.length === 1) await this.singleHelperIsDue()
    else if (!helper.isHired) await this.passesOver
    const next = () =>
      this.parts.give(() => {
        helper.stop()
      })
    let part = next()
    while (part) {
      const replies = helper.run(part, this.helperBudget)
      if (!(yield* this.received(part, replies))) return
      part = next()
    }
  }

  private async singleHelperIsDue(): Promise<void> {
    const { common, spectra } = this.order
    const after = new Promise<'long'>((resolve) => setTimeout(resolve, LONG_PASSES_MS, 'long'))
    const passes = await Promise.race([this.passesOver, after])
    if (passes !== 'long' || !hasLongChain(common, spectra)) return
    this.upper = spectra
    this.parts.offerSpectra(spectra)
  }

  /** Follows a helper through a part; false where the helper is not to be had any more. */
  private async *received(
    part: Part,
    replies: AsyncGenerator<PartReply>,
  ): AsyncGenerator<LaneEvent, boolean> {
    try {
      for await (const reply of replies) {
        if (reply.kind === 'begun' && !this.parts.begin(part)) return true
        if (isPartEvent(reply)) yield* this.note(reply)
      }
      return true
    } catch {
      // Whatever it was: the part is still missing, and who does it here will run into it too.
      this.parts.begin(part)
      return false
    }
  }

  private *note(event: PartEvent): Generator<LaneEvent> {
    if (event.kind === 'steps') yield* this.inChain('other', event)
    else if (event.kind === 'spectrum') yield this.found(event.spectrum)
    else if (event.kind === 'times') this.add(event.times)
    else {
      this.runs[event.index] = event.rows
      yield* this.mediansSoFar()
    }
  }

  /** Layers of the Jacobian count when the first has come through them. */
  private *inChain(who: 'own' | 'other', event: Steps): Generator<Steps> {
    if (event.pass !== 'spectra') {
      yield event
      return
    }
    const before = Math.max(this.chain.own, this.chain.other)
    this.chain[who] += event.steps
    const steps = Math.max(this.chain.own, this.chain.other) - before
    if (steps > 0) yield { ...event, steps }
  }

  private found(spectrum: Spectrum): LaneEvent {
    this.missing.delete(spectrum.layer)
    return { kind: 'spectrum', spectrum }
  }

  private add(times: PhaseTiming): void {
    for (const phase of phases) this.times[phase] += times[phase]
  }

  /** Not before the first seed is through, whose rows are on show; and at depth 50,000 they take a second. */
  private *mediansSoFar(): Generator<LaneEvent> {
    const start = performance.now()
    if (!this.runs[0] || start < this.mediansDueAt) return
    const rows = medianRows(Object.values(this.runs), this.order.common.network.depth)
    const end = performance.now()
    this.mediansDueAt = end + MEDIANS_REST * (end - start)
    yield { kind: 'rows', first: 0, rows }
  }
}

const phases = ['weights', 'forward', 'backward', 'spectra'] as const

const isPartEvent = (reply: PartReply): reply is PartEvent & { readonly runId: number } =>
  'steps' in reply || 'spectrum' in reply || 'rows' in reply || 'times' in reply
