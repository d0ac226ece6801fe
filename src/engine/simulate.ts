import type { DigitSet } from '../model/digits.ts'
import type { NetworkConfig } from '../model/config.ts'
import { inputs } from '../model/inputs.ts'
import { resolveNetwork } from '../model/network.ts'
import type { Helper } from './crew.ts'
import { checkGiven, configOfGiven, type Given } from './given.ts'
import { defaultBudget, type MemoryBudget } from './memoryBudget.ts'
import { type Common, isWorthSharing, runPart } from './parts.ts'
import type { Band, Part, PartEvent, Summary, Timing } from './protocol.ts'
import type { RunEvent } from './rowStream.ts'
import type { Engine } from './select.ts'
import { SharedRun } from './sharedRun.ts'
import type { LayerRows } from './statistics.ts'
import { bandsOver, medianRows, summarize } from './summary.ts'

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
  /** Other workers that may do parts of it. */
  readonly helpers?: readonly Helper[]
}

export type SimulationEvent = RunEvent | ({ readonly kind: 'finished' } & SimulationResult)

export interface SimulationResult {
  readonly rows: LayerRows
  readonly bands: Readonly<Record<keyof LayerRows, Band>> | null
  /** The rows of each seed, in order. */
  readonly runs: readonly LayerRows[]
  readonly summary: Summary
  readonly timing: Timing
}

/**
 * Runs every seed of a config, streaming the first seed layer by layer and the medians as others come
 * through. Helpers take seeds and spectra off its hands; the numbers are the same to the bit without them.
 */
export async function* simulate(simulation: Simulation): AsyncGenerator<SimulationEvent> {
  const start = performance.now()
  const common = await prepare(simulation)
  const { network } = common
  const { spectra, pictures } = simulation
  const helpers = isWorthSharing(common, spectra) ? (simulation.helpers ?? []) : []
  const shared = new SharedRun({ common, spectra, pictures, helpers })
  yield* shared.events()
  const { runs, times } = shared
  const rows = runs.length > 1 ? medianRows(runs, network.depth) : runs[0]!
  const bands = runs.length > 1 ? bandsOver(runs, network.depth) : null
  const timing = { ...times, total: performance.now() - start }
  yield { kind: 'finished', rows, bands, runs, summary: summarize(rows, network), timing }
}

/** Does a part of a run for the worker that divides it. */
export async function* simulatePart(
  simulation: Omit<Simulation, 'pictures'>,
  part: Part,
): AsyncGenerator<PartEvent> {
  yield* runPart(await prepare(simulation), part, simulation.spectra)
}

async function prepare(simulation: Omit<Simulation, 'pictures'>): Promise<Common> {
  const { engine, given = {}, budget = defaultBudget } = simulation
  const config = configOfGiven(simulation.config, given)
  const network = resolveNetwork(config)
  checkGiven(network, given)
  const needsDigits = inputs[config.data].needsDigits && !given.x0
  const digits = needsDigits ? await simulation.loadDigits() : undefined
  const { backend, newProduct } = engine
  return { network, backend, newProduct, digits, given, budget }
}
