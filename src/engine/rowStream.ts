import type { ExperimentEvent, ExperimentRun, LayersEvent } from './propagate.ts'
import type { LayerPicture, Pass, Progress, RowSlices, Spectrum, Steps } from './protocol.ts'
import { type LayerRows, statisticIds } from './statistics.ts'

export interface RowsEvent {
  readonly kind: 'rows'
  readonly first: number
  readonly rows: RowSlices
}

export type CloseUpEvent =
  | { readonly kind: 'spectrum'; readonly spectrum: Spectrum }
  | { readonly kind: 'picture'; readonly picture: LayerPicture }

/** What is said of a run before it is over. */
export type RunEvent = RowsEvent | CloseUpEvent | ({ readonly kind: 'progress' } & Progress)

/** Rows are sent at most this often: a frame. */
const STREAM_INTERVAL_MS = 16

/** Passes a run on: close-ups at once, rows gathered to one message a frame, and steps with them. */
export async function* streamed(
  run: ExperimentRun,
): AsyncGenerator<RowsEvent | CloseUpEvent | Steps> {
  const gathered = new GatheredRows(run.rows)
  for await (const event of run.events) {
    // Nobody should wait for the last rows of both passes until the spectra are done.
    if (event.kind === 'spectrum' || isOfSpectra(event)) yield* gathered.flush()
    if (event.kind === 'step') continue
    if (event.kind !== 'layers') yield event
    else if (event.pass !== 'spectra') yield* gathered.add(event)
    else yield { kind: 'steps', pass: event.pass, steps: event.steps }
  }
  yield* gathered.flush()
}

const isOfSpectra = (event: ExperimentEvent) => event.kind === 'layers' && event.pass === 'spectra'

/** The range of layers that has changed since the last message. */
class GatheredRows {
  private readonly rows: LayerRows
  private first = Infinity
  private last = -Infinity
  private pass: Pass = 'forward'
  private steps = 0
  private sentAt = -Infinity

  constructor(rows: LayerRows) {
    this.rows = rows
  }

  *add({ pass, first, last, steps }: LayersEvent): Generator<RowsEvent | Steps> {
    this.first = Math.min(this.first, first)
    this.last = Math.max(this.last, last)
    this.pass = pass
    this.steps += steps
    if (performance.now() - this.sentAt >= STREAM_INTERVAL_MS) yield* this.flush()
  }

  *flush(): Generator<RowsEvent | Steps> {
    const { first, last, pass, steps } = this
    if (last < first) return
    yield { kind: 'rows', first, rows: this.slices() }
    this.sentAt = performance.now()
    yield { kind: 'steps', pass, steps }
    this.steps = 0
    this.first = Infinity
    this.last = -Infinity
  }

  private slices(): RowSlices {
    const { first, last } = this
    return Object.fromEntries(statisticIds.map((id) => [id, this.rows[id].slice(first, last + 1)]))
  }
}
