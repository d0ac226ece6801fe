import { beforeEach, describe, expect, it, vi } from 'vitest'
import { changeNetwork, changeView } from '../../src/state/actions.ts'
import { defaultLink } from '../../src/state/fields.ts'
import { NO_FILES } from '../../src/state/files.ts'
import { type Session, startSession } from '../../src/state/session.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { FakeClock, FakeWorker } from './fakes.ts'

vi.mock('react', () => ({}))

const firstValue = (store: PageStore) => store.getState().shown?.rows.log10_activation_rms[0]

let store: PageStore
let worker: FakeWorker
let clock: FakeClock
let session: Session

beforeEach(() => {
  store = createPageStore(defaultLink)
  worker = new FakeWorker()
  clock = new FakeClock()
  session = startSession({
    store,
    connect: worker.connect,
    clock,
    dataUrl: 'https://host/',
    cores: 2,
  })
})

function complete(value: number): void {
  const run = worker.newest
  worker.begin(run)
  worker.rows(run, value)
  worker.finish(run, value)
}

/** Theory has told of the present settings. */
function foretell(): void {
  const { network } = store.getState().link
  const rows = { rows: {}, gradientGrowth: null, gscGrowth: null, point: null, isWhole: true }
  store.setState({ forecast: { ...rows, config: network, files: NO_FILES } })
}

/** A very deep run that theory has gone ahead of. */
function beginVeryDeep() {
  complete(1)
  changeNetwork(store, { depth: 50_000 })
  foretell()
  const deep = worker.newest
  worker.begin(deep)
  return deep
}

describe('startSession(options)', () => {
  it('runs the settings of the link at once, with close-ups of the first and the last layer', () => {
    expect(worker.runs).toHaveLength(1)
    const { config, spectra, pictures } = worker.newest
    expect(config).toBe(defaultLink.network)
    expect([spectra[0], spectra.at(-1), spectra.length]).toEqual([1, 64, 32])
    expect([pictures[0], pictures.at(-1)]).toEqual([0, 64])
  })

  it('lets other workers help on other cores, but not under the hand', () => {
    expect(worker.newest.helpers).toBe(1)
    complete(1)
    changeNetwork(store, { sw: 2 }, 'drag')
    expect(worker.newest.helpers).toBe(0)
    complete(2)
    changeNetwork(store, { sw: 2 }, 'commit')
    expect(worker.newest.helpers).toBe(1)
  })

  it('numbers its runs, and drops what an older one still says', () => {
    const old = worker.newest
    complete(1)
    changeNetwork(store, { sw: 2 })
    expect(worker.newest.runId).toBeGreaterThan(old.runId)
    worker.rows(old, 7)
    worker.finish(old, 7)
    expect(firstValue(store)).toBe(1)
    complete(2)
    expect(firstValue(store)).toBe(2)
  })

  it('keeps the old run on show until the new one has been through both passes', () => {
    complete(1)
    changeNetwork(store, { sw: 2 })
    worker.begin(worker.newest)
    worker.rows(worker.newest, 2, [1, 64])
    expect(firstValue(store)).toBe(1)
    worker.rows(worker.newest, 2, [0, 0])
    expect(firstValue(store)).toBe(2)
  })

  it('shows a slow run as far as it has come', () => {
    complete(1)
    changeNetwork(store, { sw: 2 })
    worker.begin(worker.newest)
    worker.progress(worker.newest, 0.1)
    clock.pass(90)
    worker.rows(worker.newest, 2, [1, 5])
    expect(store.getState().shown?.config.sw).toBe(1)
    clock.pass(30)
    worker.rows(worker.newest, 2, [1, 10])
    clock.pass(0)
    expect(store.getState().shown?.config.sw).toBe(2)
    expect(firstValue(store)).toBeNaN()
  })
})

describe('a session whose settings change while it runs', () => {
  it('lets a run finish its passes while a slider moves, then runs only the newest setting', () => {
    complete(1)
    for (const sw of [2, 3, 4]) changeNetwork(store, { sw }, 'drag')
    expect(worker.runs.map(({ config }) => config.sw)).toEqual([1, 2])
    worker.begin(worker.newest)
    worker.rows(worker.newest, 2)
    expect(firstValue(store)).toBe(2)
    expect(worker.runs.map(({ config }) => config.sw)).toEqual([1, 2, 4])
  })

  it('does not flash half of a run that is nearly done', () => {
    complete(1)
    changeNetwork(store, { sw: 2 })
    worker.begin(worker.newest)
    worker.progress(worker.newest, 0.8)
    clock.pass(300)
    worker.rows(worker.newest, 2, [1, 50])
    expect(store.getState().shown?.config.sw).toBe(1)
  })

  it('asks for close-ups only when the slider is let go', () => {
    complete(1)
    changeNetwork(store, { sw: 2 }, 'drag')
    expect(worker.newest).toMatchObject({ spectra: [], pictures: [64] })
    complete(2)
    changeNetwork(store, { sw: 2 }, 'commit')
    expect(worker.newest.config.sw).toBe(2)
    expect([worker.newest.spectra.length, worker.newest.pictures.length]).toEqual([32, 65])
  })

  it('does not wait at all for a run that has only begun', () => {
    complete(1)
    changeNetwork(store, { sw: 2 })
    worker.begin(worker.newest)
    worker.progress(worker.newest, 0.02)
    clock.pass(120)
    changeNetwork(store, { sw: 3 })
    clock.pass(0)
    expect(worker.newest.config.sw).toBe(3)
  })

  it('shows a very deep run from its first layers on, and goes on to the newest setting then', () => {
    const deep = beginVeryDeep()
    changeNetwork(store, { sw: 2 })
    changeNetwork(store, { sw: 3 })
    expect(worker.newest).toBe(deep)
    worker.rows(deep, 5, [0, 10])
    expect(firstValue(store)).toBe(5)
    foretell()
    expect(worker.newest.config.sw).toBe(3)
    worker.begin(worker.newest)
    worker.rows(worker.newest, 6, [0, 10])
    expect(firstValue(store)).toBe(6)
    changeNetwork(store, { sw: 4 })
    foretell()
    expect(worker.newest.config.sw).toBe(4)
  })

  it('lets theory go ahead of a very deep run, but does not wait for what does not come', () => {
    complete(1)
    const before = worker.newest
    changeNetwork(store, { depth: 50_000 })
    expect(store.getState().activity.kind).toBe('running')
    changeNetwork(store, { sw: 2 })
    clock.pass(149)
    expect(worker.newest).toBe(before)
    clock.pass(1)
    expect(worker.newest.config).toMatchObject({ depth: 50_000, sw: 2 })
  })

  it('does not make a shallow run wait for what a very deep one waited for', () => {
    complete(1)
    changeNetwork(store, { depth: 50_000 })
    changeNetwork(store, { depth: 10 })
    expect(worker.newest.config.depth).toBe(10)
  })

  it('stops a very deep run on show for the sake of theory about newer settings', () => {
    const deep = beginVeryDeep()
    worker.rows(deep, 5, [0, 10])
    changeNetwork(store, { sw: 2 })
    expect(worker.requests.at(-1)).toEqual({ kind: 'cancel', runId: deep.runId })
    worker.rows(deep, 7, [0, 10])
    expect(firstValue(store)).toBe(5)
  })

  it('begins nothing that was cancelled before its turn came', () => {
    complete(1)
    const before = worker.newest
    changeNetwork(store, { depth: 50_000 })
    session.cancel()
    expect(store.getState().activity.kind).toBe('cancelled')
    foretell()
    clock.pass(1000)
    expect(worker.newest).toBe(before)
  })

  it('does not wait for a slow run longer than its patience', () => {
    complete(1)
    changeNetwork(store, { sw: 2 }, 'drag')
    changeNetwork(store, { sw: 3 }, 'drag')
    clock.pass(599)
    expect(worker.newest.config.sw).toBe(2)
    clock.pass(1)
    expect(worker.newest.config.sw).toBe(3)
  })

  it('takes the newest setting up when the run under way fails', () => {
    changeNetwork(store, { sw: 2 }, 'drag')
    const { runId } = worker.newest
    worker.reply({ kind: 'failed', runId, code: 'out-of-memory', message: 'too large' })
    expect(worker.newest.config.sw).toBe(2)
    expect(store.getState().activity.kind).toBe('running')
  })
})

describe('a session in trouble', () => {
  it('reports a failure and runs again when the settings change', () => {
    const { runId } = worker.newest
    worker.reply({ kind: 'failed', runId, code: 'no-webassembly', message: 'none' })
    expect(store.getState().activity).toMatchObject({ kind: 'failed', code: 'no-webassembly' })
    changeNetwork(store, { sw: 2 })
    expect(worker.newest.config.sw).toBe(2)
  })

  it('starts another worker after one that died', () => {
    worker.crash('script error')
    expect(store.getState().activity).toMatchObject({ kind: 'failed', code: 'no-worker' })
    session.retry()
    expect(worker.connections).toBe(2)
    complete(3)
    expect(firstValue(store)).toBe(3)
  })

  it('reports that there is no worker instead of throwing', () => {
    const lone = createPageStore(defaultLink)
    const connect = () => {
      throw new Error('no workers here')
    }
    startSession({ store: lone, connect, clock, dataUrl: '', cores: 2 })
    expect(lone.getState().activity).toMatchObject({ kind: 'failed', code: 'no-worker' })
  })
})

describe('a session and its close-ups, cancelling and views', () => {
  it('gathers close-ups to one change a frame', () => {
    const run = worker.newest
    worker.begin(run)
    worker.rows(run, 1)
    const changes = vi.fn()
    store.subscribe(changes)
    for (const layer of [9, 3, 6]) {
      const spectrum = { layer, log10SingularValues: Float64Array.of(0) }
      worker.reply({ kind: 'spectrum', runId: run.runId, spectrum })
    }
    expect(changes).not.toHaveBeenCalled()
    clock.pass(20)
    expect(changes).toHaveBeenCalledTimes(1)
    expect(store.getState().shown?.spectra.map(({ layer }) => layer)).toEqual([3, 6, 9])
  })

  it('cancels: the worker is told, what came stays on show, later replies are dropped', () => {
    const run = worker.newest
    worker.begin(run)
    worker.rows(run, 1, [0, 10])
    session.cancel()
    expect(worker.requests.at(-1)).toEqual({ kind: 'cancel', runId: run.runId })
    worker.finish(run, 5)
    expect(firstValue(store)).toBe(1)
    expect(store.getState().activity.kind).toBe('cancelled')
  })

  it('computes nothing when only the view changes, and everything when the engine does', () => {
    complete(1)
    changeView(store, { layer: 3 })
    expect(worker.runs).toHaveLength(1)
    changeView(store, { engine: 'reference' })
    expect(worker.newest.engine).toBe('reference')
  })
})
