import { beforeEach, describe, expect, it } from 'vitest'
import { defaultConfig } from '../../src/model/config.ts'
import { changeNetwork, changeView, followLink } from '../../src/state/actions.ts'
import { defaultLink, MAX_PINS } from '../../src/state/fields.ts'
import {
  canPin,
  differingKeys,
  pinName,
  pinPresent,
  swapPin,
  unpin,
} from '../../src/state/pinned.ts'
import { type Session, startSession } from '../../src/state/session.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { encode } from '../../src/state/url.ts'
import { FakeClock, FakeWorker } from './fakes.ts'

let store: PageStore
let worker: FakeWorker
let clock: FakeClock
let session: Session

function begin(hash = ''): void {
  store = createPageStore(defaultLink)
  if (hash !== '') followLink(store, hash)
  worker = new FakeWorker()
  clock = new FakeClock()
  session = startSession({ store, connect: worker.connect, clock, dataUrl: '', cores: 2 })
}

function complete(value: number): void {
  const run = worker.newest
  worker.begin(run)
  worker.finish(run, value)
}

const pins = () => store.getState().link.view.pin
const firstValueOf = (sw: number) =>
  store.getState().pinned[pinName({ ...defaultConfig, sw })]?.rows.log10_activation_rms[0]

beforeEach(() => {
  begin()
})

describe('pinPresent(store)', () => {
  it('keeps the run on show and computes nothing', () => {
    complete(7)
    pinPresent(store)
    expect(pins()).toEqual([defaultConfig])
    expect(firstValueOf(1)).toBe(7)
    expect(worker.runs).toHaveLength(1)
  })

  it('takes the run under way when it is through, once', () => {
    pinPresent(store)
    expect(firstValueOf(1)).toBeUndefined()
    complete(8)
    expect(firstValueOf(1)).toBe(8)
    expect(worker.runs).toHaveLength(1)
  })

  it('pins a network once, and no more than there are places', () => {
    complete(1)
    for (const sw of [1, 1, 2, 3, 4, 5, 6]) {
      changeNetwork(store, { sw })
      pinPresent(store)
    }
    expect(pins().map(({ sw }) => sw)).toEqual([1, 2, 3, 4])
    expect(pins()).toHaveLength(MAX_PINS)
    expect(canPin(store.getState())).toBe(false)
  })
})

describe('a link with pinned networks', () => {
  it('shows its own network first, then runs the pinned ones one by one, without close-ups', () => {
    begin('pin=sw:2,sw:3')
    expect(worker.runs.map(({ config }) => config.sw)).toEqual([1])
    complete(1)
    expect(worker.newest).toMatchObject({ config: { sw: 2 }, spectra: [], pictures: [] })
    expect(store.getState().activity.kind).toBe('idle')
    complete(2)
    complete(3)
    expect(worker.runs.map(({ config }) => config.sw)).toEqual([1, 2, 3])
    expect([firstValueOf(2), firstValueOf(3)]).toEqual([2, 3])
    expect(store.getState().shown?.config.sw).toBe(1)
  })

  it('never shows a pinned one, however long it takes', () => {
    begin('pin=sw:2')
    const run = worker.newest
    worker.begin(run)
    const spectrum = { layer: 1, log10SingularValues: Float64Array.of(0) }
    worker.reply({ kind: 'spectrum', runId: run.runId, spectrum })
    worker.finish(run, 1)
    worker.begin(worker.newest)
    clock.pass(5000)
    expect(store.getState().shown?.config.sw).toBe(1)
  })

  it('lets a change of the settings go first, at once', () => {
    begin('pin=sw:2')
    complete(1)
    worker.begin(worker.newest)
    changeNetwork(store, { sw: 5 })
    expect(worker.newest.config.sw).toBe(5)
    complete(5)
    expect(worker.newest.config.sw).toBe(2)
    complete(2)
    expect(firstValueOf(2)).toBe(2)
    expect(store.getState().shown?.config.sw).toBe(5)
  })

  it('gives up on one that fails and goes on', () => {
    begin('pin=sw:2,sw:3')
    complete(1)
    const { runId } = worker.newest
    worker.reply({ kind: 'failed', runId, code: 'out-of-memory', message: 'too large' })
    expect(store.getState().activity.kind).toBe('idle')
    expect(worker.newest.config.sw).toBe(3)
    complete(3)
    expect(worker.runs).toHaveLength(3)
  })

  it('stops the run of one that is unpinned', () => {
    begin('pin=sw:2')
    complete(1)
    const { runId } = worker.newest
    unpin(store, pins()[0]!)
    expect(worker.requests.at(-1)).toEqual({ kind: 'cancel', runId })
    expect(pins()).toEqual([])
  })

  it('is not cancelled with the run on show', () => {
    begin('pin=sw:2')
    complete(1)
    session.cancel()
    complete(2)
    expect(firstValueOf(2)).toBe(2)
  })
})

describe('swapPin(store, network)', () => {
  it('exchanges the present network and the pinned one, in its place, and keeps both runs', () => {
    begin('pin=sw:2,sw:3&layer=5')
    complete(1)
    complete(2)
    complete(3)
    swapPin(store, pins()[0]!)
    expect(encode(store.getState().link)).toBe('sw=2&layer=5&pin=default,sw:3')
    expect(firstValueOf(1)).toBe(1)
    complete(2)
    expect(worker.runs.map(({ config }) => config.sw)).toEqual([1, 2, 3, 2])
  })

  it('leaves no network pinned twice', () => {
    begin('sw=3&pin=sw:2,sw:3')
    swapPin(store, pins()[0]!)
    expect(store.getState().link.network.sw).toBe(2)
    expect(pins().map(({ sw }) => sw)).toEqual([3])
  })
})

describe('differingKeys(one, other)', () => {
  it('are the keys that a legend has to name', () => {
    expect(differingKeys(defaultConfig, { ...defaultConfig, depth: 9, act: 'relu' })).toEqual([
      'depth',
      'act',
    ])
    expect(differingKeys(defaultConfig, { ...defaultConfig })).toEqual([])
  })
})

describe('pinned runs', () => {
  it('are forgotten when they are pinned no more', () => {
    complete(1)
    pinPresent(store)
    changeView(store, { pin: [] })
    changeNetwork(store, { sw: 2 })
    complete(2)
    pinPresent(store)
    expect([firstValueOf(1), firstValueOf(2)]).toEqual([undefined, 2])
  })
})
