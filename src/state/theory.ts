import type { TheoryClient } from '../engine/client.ts'
import type { TheoryReply } from '../engine/protocol.ts'
import type { Clock } from './clock.ts'
import { Forecasts } from './forecast.ts'
import { GrowthMaps } from './growthMap.ts'
import type { PageStore } from './store.ts'

interface TheoryOptions {
  readonly store: PageStore
  readonly connect: (onReply: (reply: TheoryReply) => void) => TheoryClient
  readonly clock: Clock
}

/** Everything that theory adds to the page, over one worker of its own. */
export function startPredictions({ store, connect, clock }: TheoryOptions): void {
  const client = connect((reply) => {
    if (reply.kind === 'predicted') forecasts.receive(reply)
    else maps.receive(reply)
  })
  const forecasts = new Forecasts(store, client)
  const maps = new GrowthMaps(store, client, clock)
}
