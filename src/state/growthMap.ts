import type { TheoryClient } from '../engine/client.ts'
import type { MapReply } from '../engine/protocol.ts'
import type { NetworkConfig } from '../model/config.ts'
import type { Clock } from './clock.ts'
import type { GrowthMap, PageState, PageStore } from './store.ts'

/** The corner of the plane that is mapped; the first cells lie off zero, where nothing is left of a network. */
export const MAP_RANGE = { sw: 4, sb: 2 } as const
/** Coarse first, for a picture at once; the last one stays. */
const SIZES = [
  [10, 6],
  [28, 16],
] as const
/** A map is asked for when the settings have rested this long. */
const REST_MS = 250

const centres = (cells: number, range: number) =>
  Array.from({ length: cells }, (_, i) => ((i + 0.5) * range) / cells)

/** Keeps the map of the present network: asks again when anything but sw, sb, depth and the seeds changes. */
export class GrowthMaps {
  private readonly store: PageStore
  private readonly client: Pick<TheoryClient, 'send'>
  private readonly clock: Clock
  private key = ''
  private mapId = 0
  private level = 0
  private cancelRest: () => void = () => undefined

  constructor(store: PageStore, client: Pick<TheoryClient, 'send'>, clock: Clock) {
    this.store = store
    this.client = client
    this.clock = clock
    store.subscribe((state) => {
      this.consider(state)
    })
  }

  private consider({ link, shown }: PageState): void {
    if (!shown) return
    const key = keyOf(link.network)
    if (key === this.key) return
    this.key = key
    this.cancelRest()
    this.cancelRest = this.clock.after(REST_MS, () => {
      this.level = 0
      this.ask()
    })
  }

  private ask(): void {
    const size = SIZES[this.level]
    const { shown, link } = this.store.getState()
    const meanCosine = shown?.rows.mean_cosine[0] ?? NaN
    if (!size) return
    const [sws, sbs] = [centres(size[0], MAP_RANGE.sw), centres(size[1], MAP_RANGE.sb)]
    const start = { log10Rms: 0, meanCosine: Number.isNaN(meanCosine) ? 0 : meanCosine }
    const mapId = ++this.mapId
    if (this.level === 0) this.store.setState({ growthMap: { sws, sbs, rows: [] } })
    this.client.send({ kind: 'map', mapId, config: link.network, start, sws, sbs })
    this.pending = { sws, sbs, rows: [] }
  }

  private pending: GrowthMap = { sws: [], sbs: [], rows: [] }

  receive({ mapId, row, lnGrowth }: MapReply): void {
    if (mapId !== this.mapId) return
    const rows = [...this.pending.rows]
    rows[row] = lnGrowth
    this.pending = { ...this.pending, rows }
    const isDone = rows.length === this.pending.sbs.length
    // A finer map replaces the coarse one when it is whole.
    if (this.level === 0 || isDone) this.store.setState({ growthMap: this.pending })
    if (!isDone) return
    this.level++
    this.ask()
  }
}

/** Keys that make no difference to the map. */
const UNMAPPED: ReadonlySet<string> = new Set(['sw', 'sb', 'depth', 'seed', 'seeds'])

function keyOf(network: NetworkConfig): string {
  return JSON.stringify(Object.entries(network).filter(([key]) => !UNMAPPED.has(key)))
}
