import { beforeEach, expect, it } from 'vitest'
import type { MapRequest, TheoryRequest } from '../../src/engine/protocol.ts'
import { changeNetwork, changeView } from '../../src/state/actions.ts'
import { defaultLink } from '../../src/state/fields.ts'
import { GrowthMaps } from '../../src/state/growthMap.ts'
import { beginRun } from '../../src/state/run.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { FakeClock, startedOf } from './fakes.ts'

const REST_MS = 250

let store: PageStore
let clock: FakeClock
let maps: GrowthMaps
let asked: MapRequest[]

beforeEach(() => {
  store = createPageStore(defaultLink)
  clock = new FakeClock()
  asked = []
  const send = (request: TheoryRequest) => {
    if (request.kind === 'map') asked.push(request)
  }
  maps = new GrowthMaps(store, { send }, clock)
})

function show(): void {
  const { network } = store.getState().link
  store.setState({ shown: beginRun(network, startedOf(network, 1), null) })
}

const answer = ({ mapId, sbs, sws }: MapRequest) => {
  for (const row of sbs.keys())
    maps.receive({ kind: 'map-row', mapId, row, lnGrowth: new Float32Array(sws.length).fill(row) })
}

it('asks once the settings rest, coarse first and then finer', () => {
  show()
  clock.pass(REST_MS)
  expect(asked).toHaveLength(1)
  answer(asked[0]!)
  expect(asked).toHaveLength(2)
  expect(asked[1]!.sws.length).toBeGreaterThan(asked[0]!.sws.length)
  expect(store.getState().growthMap?.sws).toEqual(asked[0]!.sws)
  answer(asked[1]!)
  expect(store.getState().growthMap?.sws).toEqual(asked[1]!.sws)
  expect(asked).toHaveLength(2)
})

it('asks again for another network, but not for another place on the map', () => {
  show()
  clock.pass(REST_MS)
  changeNetwork(store, { sw: 2, sb: 0.1 })
  clock.pass(REST_MS)
  expect(asked).toHaveLength(1)
  changeNetwork(store, { act: 'relu' })
  clock.pass(REST_MS)
  expect(asked).toHaveLength(2)
})

it('asks where the only panel that is named has nothing to show, and all others stand in for it', () => {
  changeView(store, { charts: ['digits'] })
  show()
  clock.pass(REST_MS)
  expect(asked).toHaveLength(1)
})
