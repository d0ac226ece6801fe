import type { NetworkConfig } from '../model/config.ts'
import type { EngineId } from './backend.ts'
import { type Experiment, type PhaseTimes, startExperiment } from './propagate.ts'
import type { Part, PartEvent } from './protocol.ts'

/** What the experiments of all seeds of a run have in common. */
export type Common = Omit<Experiment, 'seed' | 'spectra' | 'pictures'>

/** The seed of the network with a place in the run. */
export const seedAt = ({ seed }: NetworkConfig, index: number): number => (seed + index) % 2 ** 32

export const noTimes = (): PhaseTimes => ({ weights: 0, forward: 0, backward: 0, spectra: 0 })

/** A run that would take so much longer on one worker is shared; below that, messages cost more than they win. */
const WORTHWHILE_MS = 20
/** Multiply-adds a millisecond in the passes, and while the Jacobian is followed (one core of an AMD EPYC). */
const rates: Readonly<Record<EngineId, { readonly passes: number; readonly spectra: number }>> = {
  wasm: { passes: 7e6, spectra: 1e6 },
  webgpu: { passes: 7e6, spectra: 1e6 },
  reference: { passes: 2e5, spectra: 2e5 },
}

/** Is there enough to do for more workers than one? */
export function isWorthSharing({ network, backend }: Common, spectra: readonly number[]): boolean {
  const { config, width, depth, batch } = network
  const work = 3 * batch * width ** 2 * depth * (config.seeds - 1)
  const hasManySeeds = work >= WORTHWHILE_MS * rates[backend.id].passes
  return hasManySeeds || hasLongChain({ network, backend }, spectra)
}

/** Is the Jacobian followed for so long that somebody else might do it? */
export function hasLongChain(
  { network, backend }: Pick<Common, 'network' | 'backend'>,
  spectra: readonly number[],
): boolean {
  const work = (spectra.at(-1) ?? 0) * network.width ** 3
  return spectra.length > 1 && work >= WORTHWHILE_MS * rates[backend.id].spectra
}

/**
 * The upper third of the spectra, for a helper, who has to follow the whole Jacobian to come there: it takes
 * about as long as the passes and the lower ones. None where that is soon done.
 */
export function upperSpectra(common: Common, spectra: readonly number[]): readonly number[] {
  return hasLongChain(common, spectra) ? spectra.slice(Math.ceil((2 * spectra.length) / 3)) : []
}

/** Does a part of a run: everything it says, in no other order than alone on a worker. */
export async function* runPart(
  common: Common,
  part: Part,
  spectra: readonly number[],
): AsyncGenerator<PartEvent> {
  if (part.kind === 'seeds') {
    for (let i = part.first; i < part.first + part.count; i++) yield* runSeed(common, i)
    return
  }
  const seed = seedAt(common.network.config, 0)
  const atSpectrum = (layer: number) => (part.layers.includes(layer) ? 'read' : 'skip')
  yield* experiment({
    ...{ ...common, seed, spectra, pictures: [] },
    ...{ atSpectrum, isSpectraOnly: true },
  })
}

async function* runSeed(common: Common, index: number): AsyncGenerator<PartEvent> {
  const seed = seedAt(common.network.config, index)
  const rows = yield* experiment({ ...common, seed, spectra: [], pictures: [] })
  yield { kind: 'seed', index, rows }
}

/** Lets an experiment go by and tells how far it is; its rows. */
async function* experiment(order: Experiment) {
  const run = startExperiment(order)
  for await (const event of run.events) {
    if (event.kind === 'layers' && event.steps > 0)
      yield { kind: 'steps' as const, pass: event.pass, steps: event.steps }
    if (event.kind === 'spectrum') yield event
  }
  yield { kind: 'times' as const, times: run.times }
  return run.rows
}
