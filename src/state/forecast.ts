import type { ForecastClient } from '../engine/client.ts'
import type { PredictReply, PredictRequest } from '../engine/protocol.ts'
import type { Run } from './run.ts'
import type { PageStore } from './store.ts'

interface ForecastOptions {
  readonly store: PageStore
  readonly connect: (onReply: (reply: PredictReply) => void) => ForecastClient
}

/**
 * Keeps the forecast of the run on show: asks as soon as its layer 0 is measured. One question is out
 * at a time, and of those that wait only the newest is asked.
 */
export function startForecasts({ store, connect }: ForecastOptions): () => void {
  let asked: PredictRequest | undefined
  let waiting: PredictRequest | undefined
  let lastRunId = -1
  const ask = () => {
    asked = waiting
    waiting = undefined
    if (asked) client.send(asked)
  }
  const client = connect(({ runId, forecast }) => {
    const depth = (forecast.rows.log10_activation_rms?.length ?? 0) - 1
    store.setState({ forecast: { ...forecast, runId, depth } })
    ask()
  })
  const unsubscribe = store.subscribe(({ shown }) => {
    const request = shown && shown.runId !== lastRunId ? questionOf(shown) : undefined
    if (!request) return
    lastRunId = request.runId
    waiting = request
    if (!asked) ask()
  })
  return () => {
    unsubscribe()
    client.close()
  }
}

/** What to ask for a run; nothing while its layer 0 is not measured, or is zero. */
function questionOf({ runId, config, rows }: Run): PredictRequest | undefined {
  const [log10Rms, meanCosine] = [rows.log10_activation_rms[0]!, rows.mean_cosine[0]!]
  if (!Number.isFinite(log10Rms) || Number.isNaN(meanCosine)) return undefined
  return { kind: 'predict', runId, config, start: { log10Rms, meanCosine } }
}
