import type {
  Band,
  Finished,
  LayerPicture,
  RowsReply,
  Spectrum,
  Started,
  Summary,
  Timing,
} from '../engine/protocol.ts'
import { emptyRows, type LayerRows, type StatisticId, statisticIds } from '../engine/statistics.ts'
import type { NetworkConfig } from '../model/config.ts'
import { type Files, NO_FILES } from './files.ts'

/** What is known so far of one run. A new record each time something is added; arrays may be shared. */
export interface Run {
  readonly runId: number
  readonly config: NetworkConfig
  /** The files that took the place of drawn numbers. */
  readonly files: Files
  /** What the engine said at the start: its name, the resolved depth and constants. */
  readonly start: Started
  readonly rows: LayerRows
  /** Have both passes gone through every layer? */
  readonly isComplete: boolean
  readonly bands: Readonly<Record<StatisticId, Band>> | null
  /** Ascending by layer. */
  readonly spectra: readonly Spectrum[]
  /** Spectra of the run before, on show until there are new ones. */
  readonly oldSpectra: readonly Spectrum[]
  readonly pictures: readonly LayerPicture[]
  readonly summary: Summary | null
  readonly timing: Timing | null
}

/** What is kept of the run of a pinned network. */
export interface PinnedRun {
  readonly depth: number
  readonly rows: LayerRows
}

/** By the text of the network; null where its run failed. */
export type PinnedRuns = Readonly<Record<string, PinnedRun | null>>

export function beginRun(
  config: NetworkConfig,
  start: Started,
  previous: Run | null,
  files: Files = NO_FILES,
): Run {
  return {
    runId: start.runId,
    config,
    files,
    start,
    rows: emptyRows(start.depth),
    isComplete: false,
    bands: null,
    spectra: [],
    oldSpectra: previous?.start.depth === start.depth ? shownSpectra(previous) : [],
    pictures: [],
    summary: null,
    timing: null,
  }
}

/** The spectra to look at: new ones as soon as there are any. */
export function shownSpectra({ spectra, oldSpectra }: Run): readonly Spectrum[] {
  return spectra.length > 0 ? spectra : oldSpectra
}

/** Writes the slice into the run's arrays (they may be long) and hands out a new record around them. */
export function withRows(run: Run, { first, rows: slices }: RowsReply): Run {
  for (const id of statisticIds) {
    const slice = slices[id]
    if (slice && first + slice.length <= run.rows[id].length) run.rows[id].set(slice, first)
  }
  // The backward pass ends at layer 0: once its gradient is there (or known to be zero), all is.
  const isComplete = run.isComplete || !Number.isNaN(run.rows.log10_gradient_rms[0])
  return { ...run, rows: { ...run.rows }, isComplete }
}

interface AtLayer {
  readonly layer: number
}

function inserted<T extends AtLayer>(items: readonly T[], item: T): readonly T[] {
  const rest = items.filter(({ layer }) => layer !== item.layer)
  return [...rest, item].sort((p, q) => p.layer - q.layer)
}

export const withSpectrum = (run: Run, spectrum: Spectrum): Run => ({
  ...run,
  spectra: inserted(run.spectra, spectrum),
})

export const withPicture = (run: Run, picture: LayerPicture): Run => ({
  ...run,
  pictures: inserted(run.pictures, picture),
})

export const withResult = (run: Run, { rows, bands, summary, timing }: Finished): Run => ({
  ...run,
  rows,
  bands,
  summary,
  timing,
  isComplete: true,
})
