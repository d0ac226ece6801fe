import type { TheoryClient } from '../engine/client.ts'
import type { PredictReply, PredictRequest } from '../engine/protocol.ts'
import { closeUpsOf, NO_CLOSE_UPS } from './closeUps.ts'
import { layerZeroOf } from './layerZero.ts'
import type { Run } from './run.ts'
import type { PageStore } from './store.ts'

const NO_FORECAST = { rows: {}, gradientGrowth: null, gscGrowth: null, point: null } as const

/**
 * Keeps the forecast of the run on show: asks as soon as its layer 0 is measured. One question is out
 * at a time, and of those that wait only the newest is asked.
 */
export class Forecasts {
  private readonly store: PageStore
  private readonly client: Pick<TheoryClient, 'send'>
  private waiting: PredictRequest | undefined
  private isAsking = false
  private lastRunId = -1

  constructor(store: PageStore, client: Pick<TheoryClient, 'send'>) {
    this.store = store
    this.client = client
    store.subscribe(({ shown, gesture }) => {
      if (!shown || shown.runId === this.lastRunId) return
      if (shown.files.weights) this.keepSilent(shown)
      else this.want(questionOf(shown, gesture.isOpen))
    })
  }

  private want(question: PredictRequest | undefined): void {
    if (!question) return
    this.lastRunId = question.runId
    this.waiting = question
    if (!this.isAsking) this.ask()
  }

  /** Theory is about drawn weights. */
  private keepSilent({ runId, start }: Run): void {
    this.lastRunId = runId
    this.waiting = undefined
    this.store.setState({ forecast: { ...NO_FORECAST, runId, depth: start.depth } })
  }

  private ask(): void {
    this.isAsking = this.waiting !== undefined
    if (this.waiting) this.client.send(this.waiting)
    this.waiting = undefined
  }

  receive({ runId, forecast, point, spectraFollow }: PredictReply): void {
    const depth = (forecast.rows.log10_activation_rms?.length ?? 0) - 1
    const isLate = runId < (this.store.getState().forecast?.runId ?? runId)
    if (!isLate) this.store.setState({ forecast: { ...forecast, point, runId, depth } })
    if (!spectraFollow) this.ask()
  }
}

/** What to ask for a run; nothing while its layer 0 is not measured, or is zero. Spectra can wait until the hand rests. */
function questionOf({ runId, config, rows }: Run, isMoving: boolean): PredictRequest | undefined {
  const start = layerZeroOf(rows)
  if (!start) return undefined
  const { spectra } = isMoving ? NO_CLOSE_UPS : closeUpsOf(config)
  return { kind: 'predict', runId, config, start, spectra }
}
