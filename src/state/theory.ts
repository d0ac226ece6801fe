import type { TheoryClient } from '../engine/client.ts'
import type { TheoryReply } from '../engine/protocol.ts'
import { Cards } from './card.ts'
import type { Clock } from './clock.ts'
import { Forecasts } from './forecast.ts'
import { GrowthMaps } from './growthMap.ts'
import { LayerWeights } from './layerWeights.ts'
import type { PageStore } from './store.ts'

interface TheoryOptions {
  readonly store: PageStore
  readonly connect: (onReply: (reply: TheoryReply) => void) => TheoryClient
  readonly clock: Clock
}

/** Everything that theory adds to the page, over workers of its own. */
export function startPredictions({ store, connect, clock }: TheoryOptions): void {
  const client = connect((reply) => {
    if (reply.kind === 'predicted') forecasts.receive(reply)
    else if (reply.kind === 'predicted-spectra') forecasts.receiveSpectra(reply)
    else if (reply.kind === 'map-row') maps.receive(reply)
  })
  const forecasts = new Forecasts(store, client)
  const maps = new GrowthMaps(store, client, clock)
  // A worker apart: what moves with a slider may not wait for a prediction that takes a second.
  const cards = new Cards(store, () =>
    connect((reply) => {
      if (reply.kind === 'card' || reply.kind === 'no-card') cards.receive(reply)
    }),
  )
  const weights = new LayerWeights(store, () =>
    connect((reply) => {
      if (reply.kind === 'weights') weights.receive(reply)
    }),
  )
}
