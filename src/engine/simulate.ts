import type { DigitSet } from '../model/digits.ts'
import type { NetworkConfig } from '../model/config.ts'
import { inputs } from '../model/inputs.ts'
import { type Network, resolveNetwork } from '../model/network.ts'
import { checkGiven, configOfGiven, type Given } from './given.ts'
import {
  defaultBudget,
  type ExperimentEvent,
  type ExperimentRun,
  type MemoryBudget,
  startExperiment,
} from './propagate.ts'
import type {
  Band,
  LayerPicture,
  Progress,
  RowSlices,
  Spectrum,
  Summary,
  Timing,
} from './protocol.ts'
import type { Engine } from './select.ts'
import { type LayerRows, statisticIds } from './statistics.ts'
import { overSeeds, summarize } from './summary.ts'

/** What to run: a config (all its seeds) on an engine, and which layers to see close up. */
export interface Simulation {
  readonly config: NetworkConfig
  readonly engine: Engine
  readonly loadDigits: () => Promise<DigitSet>
  readonly spectra: readonly number[]
  readonly pictures: readonly number[]
  /** Arrays that take the place of drawn ones, for every seed. */
  readonly given?: Given | undefined
  readonly budget?: MemoryBudget
}

export type SimulationEvent =
  | { readonly kind: 'rows'; readonly first: number; readonly rows: RowSlices }
  | ({ readonly kind: 'progress' } & Progress)
  | { readonly kind: 'spectrum'; readonly spectrum: Spectrum }
  | { readonly kind: 'picture'; readonly picture: LayerPicture }
  | ({ readonly kind: 'finished' } & SimulationResult)

export interface SimulationResult {
  readonly rows: LayerRows
  readonly bands: Readonly<Record<keyof LayerRows, Band>> | null
  /** The rows of each seed, in order. */
  readonly runs: readonly LayerRows[]
  readonly summary: Summary
  readonly timing: Timing
}

/** Rows are sent at most this often: a frame. */
const STREAM_INTERVAL_MS = 16

/** Runs every seed of a config, streaming the first seed layer by layer and the medians after each other one. */
export async function* simulate(simulation: Simulation): AsyncGenerator<SimulationEvent> {
  const start = performance.now()
  const { given = {} } = simulation
  const config = configOfGiven(simulation.config, given)
  const network = resolveNetwork(config)
  checkGiven(network, given)
  const needsDigits = inputs[config.data].needsDigits && !given.x0
  const digits = needsDigits ? await simulation.loadDigits() : undefined
  const counter = new ProgressCounter(network, simulation)
  const runs: LayerRows[] = []
  const times = { weights: 0, forward: 0, backward: 0, spectra: 0 }
  for (let i = 0; i < config.seeds; i++) {
    const closeUps = i === 0 ? simulation : { spectra: [], pictures: [] }
    const run = startExperiment({
      network,
      seed: (config.seed + i) % 2 ** 32,
      backend: simulation.engine.backend,
      newProduct: simulation.engine.newProduct,
      digits,
      given,
      budget: simulation.budget ?? defaultBudget,
      spectra: closeUps.spectra,
      pictures: closeUps.pictures,
    })
    yield* i === 0 ? streamed(run, counter) : counted(run, counter)
    runs.push(run.rows)
    for (const phase of ['weights', 'forward', 'backward', 'spectra'] as const)
      times[phase] += run.times[phase]
    if (i > 0) yield { kind: 'rows', first: 0, rows: overSeeds(runs, network.depth).rows }
  }
  const { rows, bands } =
    runs.length > 1 ? overSeeds(runs, network.depth) : { rows: runs[0]!, bands: null }
  const timing = { ...times, total: performance.now() - start }
  yield { kind: 'finished', rows, bands, runs, summary: summarize(rows, network), timing }
}

/** How far all passes over all seeds have come. */
class ProgressCounter {
  private done = 0
  private readonly total: number

  constructor(network: Network, { config, spectra }: Simulation) {
    this.total = 2 * network.depth * config.seeds + (spectra.at(-1) ?? 0)
  }

  count(event: ExperimentEvent): Progress | undefined {
    if (event.kind !== 'layers') return undefined
    this.done += event.steps
    return { pass: event.pass, done: this.done, total: this.total }
  }
}

/** Lets a run go by and only reports how far it is. */
async function* counted(
  run: ExperimentRun,
  counter: ProgressCounter,
): AsyncGenerator<SimulationEvent> {
  for await (const event of run.events) {
    const progress = counter.count(event)
    if (progress) yield { kind: 'progress', ...progress }
  }
}

/** Passes a run on: close-ups at once, rows gathered to one message a frame. */
async function* streamed(
  run: ExperimentRun,
  counter: ProgressCounter,
): AsyncGenerator<SimulationEvent> {
  const gathered = new GatheredRows(run.rows)
  for await (const event of run.events) {
    // Nobody should wait for the last rows of both passes until the spectra are done.
    if (event.kind === 'spectrum' || isOfSpectra(event)) yield* gathered.flush()
    if (event.kind === 'spectrum' || event.kind === 'picture') yield event
    if (event.kind !== 'layers') continue
    const progress = counter.count(event)
    const rows = event.pass === 'spectra' ? undefined : gathered.add(event.first, event.last)
    if (rows) yield rows
    if (progress && (rows || event.pass === 'spectra')) yield { kind: 'progress', ...progress }
  }
  yield* gathered.flush()
}

const isOfSpectra = (event: ExperimentEvent) => event.kind === 'layers' && event.pass === 'spectra'

/** The range of layers that has changed since the last message. */
class GatheredRows {
  private readonly rows: LayerRows
  private first = Infinity
  private last = -Infinity
  private sentAt = -Infinity

  constructor(rows: LayerRows) {
    this.rows = rows
  }

  add(first: number, last: number): Extract<SimulationEvent, { kind: 'rows' }> | undefined {
    this.first = Math.min(this.first, first)
    this.last = Math.max(this.last, last)
    if (performance.now() - this.sentAt < STREAM_INTERVAL_MS) return undefined
    return this.take()
  }

  *flush(): Generator<SimulationEvent> {
    if (this.last >= this.first) yield this.take()
  }

  private take(): Extract<SimulationEvent, { kind: 'rows' }> {
    const { first, last } = this
    const rows = Object.fromEntries(
      statisticIds.map((id) => [id, this.rows[id].slice(first, last + 1)]),
    ) as RowSlices
    this.sentAt = performance.now()
    this.first = Infinity
    this.last = -Infinity
    return { kind: 'rows', first, rows }
  }
}
