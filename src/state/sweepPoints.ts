import type { Band, EngineChoice, Finished, Forecast, PredictRequest } from '../engine/protocol.ts'
import { statisticIds } from '../engine/statistics.ts'
import type { NetworkConfig, NetworkKey } from '../model/config.ts'
import { type Files, filesInUse } from './files.ts'
import { pinnedNetwork } from './pins.ts'
import { conflictWords, type Sweep, sweptNetwork, type SweptValue } from './sweepField.ts'
import {
  needsSpectrum,
  type Outcome,
  quantities,
  type QuantityId,
  quantityIds,
} from './sweepQuantities.ts'

/** Every quantity of one network; NaN where it does not exist or nobody knows it. */
export type Quantities = Readonly<Record<QuantityId, number>>

/** The network with one value of the sweep, and what has become of it. */
export interface SweepPoint {
  readonly value: SweptValue
  readonly config: NetworkConfig
  readonly stage: 'waiting' | 'running' | 'done' | 'failed' | 'illegal'
  /** Why it failed, or what would be legal. */
  readonly words: string
  /** How much of its run is done, 0 ... 1. */
  readonly progress: number
  readonly measured: Quantities | null
  /** 10 % and 90 % over the seeds; null with one seed. */
  readonly band: { readonly low: Quantities; readonly high: Quantities } | null
  /** Layer 0 as measured, from which theory starts; null where it is not known, or zero. */
  readonly origin: PredictRequest['start'] | null
  /** null until theory has been heard. */
  readonly predicted: Quantities | null
  /** Are the numbers those of the settings before? */
  readonly isOld: boolean
}

/** A sweep as far as it has come. */
export interface SweepRun {
  readonly key: NetworkKey
  readonly stage: 'waiting' | 'running' | 'done' | 'cancelled'
  readonly points: readonly SweepPoint[]
}

/** What has to be computed: the same text, the same numbers. */
export interface SweepPlan extends Pick<Sweep, 'key' | 'values'> {
  readonly network: NetworkConfig
  readonly engine: EngineChoice
  /** What the visitor has opened; each network takes of it what has its sizes. */
  readonly files: Files
  readonly hasSpectra: boolean
}

type Surroundings = Pick<SweepPlan, 'network' | 'engine' | 'files'>

export function planOf({ key, values, quantity }: Sweep, surroundings: Surroundings): SweepPlan {
  return { key, values, ...surroundings, hasSpectra: needsSpectrum(quantity) }
}

/** What makes the numbers of a network differ from those of another. */
function identity(config: NetworkConfig, { engine, files, hasSpectra }: SweepPlan): string {
  const { weights, inputs } = filesInUse(files, config)
  const names = `${weights?.id ?? ''} ${inputs?.name ?? ''}`
  return `${pinnedNetwork.format(config)} ${engine} ${hasSpectra} ${names}`
}

const identities = (plan: SweepPlan) =>
  plan.values.map((value) => identity(sweptNetwork(plan.network, plan.key, value), plan))

/** Do two plans ask for the same numbers? The present value of the swept key does not matter. */
export function isSamePlan(one: SweepPlan | null, other: SweepPlan | null): boolean {
  if (!one || !other) return one === other
  return one.key === other.key && identities(one).join() === identities(other).join()
}

/** The points of a plan: those that an older one knows are done, others show old numbers until they have their own. */
export function pointsOf(
  plan: SweepPlan,
  before: SweepPlan | null,
  old: readonly SweepPoint[],
): readonly SweepPoint[] {
  return plan.values.map((value) => {
    const config = sweptNetwork(plan.network, plan.key, value)
    const own = identity(config, plan)
    const known =
      before &&
      old.find((point) => point.stage === 'done' && identity(point.config, before) === own)
    // It may have been a point of another key: tanh among activations is the default among weight scales.
    if (known) return { ...known, value }
    const words = conflictWords(config)
    if (words !== null) return { ...blank(value, config), stage: 'illegal', words }
    const place = before?.key === plan.key ? old.find((point) => point.value === value) : undefined
    const { measured = null, predicted = null } = place ?? {}
    return { ...blank(value, config), measured, predicted, isOld: measured !== null }
  })
}

function blank(value: SweptValue, config: NetworkConfig): SweepPoint {
  const numbers = { measured: null, band: null, origin: null, predicted: null, isOld: false }
  return { value, config, stage: 'waiting', words: '', progress: 0, ...numbers }
}

/** What theory says where there is nothing to start from. */
export const UNPREDICTED: Outcome = { rows: {}, gradientGrowth: null, gscGrowth: null }

/** A forecast as an outcome; the spectrum is that of the last layer, where theory knows all of it. */
export function predictedOutcome({ spectra, ...forecast }: Forecast): Outcome {
  const log10SingularValues = spectra?.at(-1)?.log10SingularValues
  return { ...forecast, spectrum: log10SingularValues ? { log10SingularValues } : undefined }
}

export const quantitiesOf = (outcome: Outcome): Quantities =>
  Object.fromEntries(quantityIds.map((id) => [id, quantities[id].of(outcome)])) as Quantities

/** The bands of rows as the quantities of two networks; those of quantities that are single entries are theirs. */
export function bandOf(bands: NonNullable<Finished['bands']>): SweepPoint['band'] {
  const side = (end: keyof Band) => {
    const rows = Object.fromEntries(statisticIds.map((id) => [id, bands[id][end]]))
    return quantitiesOf({ ...UNPREDICTED, rows })
  }
  return { low: side('low'), high: side('high') }
}

/** How much of a sweep is done, 0 ... 1. */
export function sweepProgress({ points }: SweepRun): number {
  const runs = points.filter(({ stage }) => stage !== 'illegal')
  const done = (point: SweepPoint) =>
    point.stage === 'done' || point.stage === 'failed' ? 1 : point.progress
  return runs.length === 0 ? 1 : runs.reduce((sum, point) => sum + done(point), 0) / runs.length
}
