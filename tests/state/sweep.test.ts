import { beforeEach, describe, expect, it, vi } from 'vitest'
import type {
  Forecast,
  SpectrumForecast,
  TheoryReply,
  TheoryRequest,
} from '../../src/engine/protocol.ts'
import { emptyRows } from '../../src/engine/statistics.ts'
import { changeNetwork, changeView, choosePreset } from '../../src/state/actions.ts'
import { defaultLink } from '../../src/state/fields.ts'
import { beginRun } from '../../src/state/run.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { startSweeps, type Sweeps } from '../../src/state/sweep.ts'
import type { Sweep } from '../../src/state/sweepField.ts'
import { type SweepRun, sweepProgress } from '../../src/state/sweepPoints.ts'
import { FakeClock, FakeWorker } from './fakes.ts'

vi.mock('react', () => ({}))

const DEPTHS: Sweep = { key: 'depth', values: [5, 10, 20], quantity: 'gradient_growth' }

let store: PageStore
let clock: FakeClock
let workers: FakeWorker[]
let questions: TheoryRequest[]
let tellTheory: (reply: TheoryReply) => void
let isTheoryClosed: boolean
let sweeps: Sweeps

beforeEach(() => {
  store = createPageStore(defaultLink)
  clock = new FakeClock()
  workers = []
  questions = []
  isTheoryClosed = false
  sweeps = startSweeps({
    store,
    clock,
    dataUrl: 'https://host/',
    cores: 3,
    connect: (onReply, onCrash) => {
      const worker = new FakeWorker()
      workers.push(worker)
      return worker.connect(onReply, onCrash)
    },
    connectTheory: (onReply) => {
      tellTheory = onReply
      return {
        send: (question) => {
          questions.push(question)
        },
        close: () => {
          isTheoryClosed = true
        },
      }
    },
  })
  rest()
})

/** The network's own run is over. */
function rest(): void {
  const { network } = store.getState().link
  const started = { kind: 'started', runId: 0, engine: 'wasm', reason: '', depth: 64 } as const
  const shown = beginRun(network, { ...started, alpha: 0, beta: 1, a: 1, b: 0 }, null)
  store.setState({ shown, activity: { kind: 'idle' } })
}

const work = () => {
  store.setState({ activity: { kind: 'running', runId: 1, progress: null } })
}

function open(sweep: Sweep = DEPTHS): void {
  changeView(store, { sweep })
  clock.pass(200)
}

function sweepNow(): SweepRun {
  const { sweep } = store.getState()
  if (!sweep) throw new Error('sweepNow: there is none')
  return sweep
}

const stages = () => sweepNow().points.map(({ stage }) => stage)
const depths = () => workers.map(({ runs }) => runs.map(({ config }) => config.depth))

function finish(worker: FakeWorker | undefined, value = 1): void {
  if (!worker) throw new Error('finish: there is no such worker')
  worker.begin(worker.newest)
  worker.finish(worker.newest, value)
}

/** Answers the newest question to theory. */
function predict(gradientGrowth: number, spectra: readonly SpectrumForecast[] = []): void {
  const question = questions.at(-1)
  if (question?.kind !== 'predict') throw new Error('predict: nothing was asked')
  const forecast: Forecast = { rows: emptyRows(1), gradientGrowth, gscGrowth: null }
  const { forecastId } = question
  // Rows come before the spectra do: a point waits for both.
  tellTheory({ kind: 'predicted', forecastId, point: null, forecast, spectraFollow: true })
  tellTheory({ kind: 'predicted-spectra', forecastId, spectra })
}

describe('startSweeps(options)', () => {
  it('does nothing while the link has no sweep, or hides it', () => {
    clock.pass(1000)
    expect(store.getState().sweep).toBeNull()
    changeView(store, { charts: ['norms'] })
    open()
    expect([workers.length, store.getState().sweep]).toEqual([0, null])
    changeView(store, { charts: ['norms', 'sweep'] })
    clock.pass(200)
    expect(workers).toHaveLength(2)
  })

  it('runs the network with each value, as many at a time as the machine has cores but one', () => {
    open()
    expect(depths()).toEqual([[5], [10]])
    finish(workers[0])
    expect(depths()).toEqual([[5, 20], [10]])
    expect(workers[0]?.newest).toMatchObject({ engine: 'wasm', spectra: [], pictures: [] })
    finish(workers[0])
    finish(workers[1])
    expect([sweepNow().stage, sweepProgress(sweepNow())]).toEqual(['done', 1])
    expect(sweepNow().points.map(({ measured }) => measured?.gradient_growth)).toEqual([1, 1, 1])
  })

  it('waits until the own run is over, and no slider is held', () => {
    work()
    open()
    expect([workers.length, sweepNow().stage]).toEqual([0, 'waiting'])
    rest()
    clock.pass(199)
    expect(workers).toHaveLength(0)
    clock.pass(1)
    expect(workers).toHaveLength(2)
    changeNetwork(store, { sw: 2 }, 'drag')
    clock.pass(1000)
    expect(sweepNow().stage).toBe('waiting')
    changeNetwork(store, { sw: 2 }, 'commit')
    clock.pass(200)
    expect(workers[0]?.newest.config.sw).toBe(2)
  })

  it('starts at once when asked to, whatever the own run does', () => {
    store.setState({ activity: { kind: 'cancelled' } })
    open()
    expect(workers).toHaveLength(0)
    sweeps.start()
    expect(depths()).toEqual([[5], [10]])
  })

  it('says how far it has come, not more often than can be seen', () => {
    open()
    const changes = vi.fn()
    store.subscribe(changes)
    const [worker] = workers
    if (!worker) throw new Error('no worker')
    worker.begin(worker.newest)
    for (const share of [0.1, 0.2, 0.6]) worker.progress(worker.newest, share)
    expect(changes).not.toHaveBeenCalled()
    clock.pass(100)
    expect(changes).toHaveBeenCalledTimes(1)
    expect(sweepProgress(sweepNow())).toBeCloseTo(0.2, 12)
  })
})

describe('a sweep whose question changes', () => {
  it('drops what is under way, and shows the old numbers as such until there are new ones', () => {
    open()
    finish(workers[0], 1)
    changeNetwork(store, { sw: 2 })
    expect(workers[1]?.requests.at(-1)?.kind).toBe('cancel')
    expect(sweepNow().points.map(({ isOld }) => isOld)).toEqual([true, false, false])
    const old = workers[1]?.runs[0]
    clock.pass(200)
    if (old) workers[1]?.finish(old, 7)
    expect(stages()).toEqual(['waiting', 'waiting', 'waiting'])
    finish(workers[0], 2)
    expect(sweepNow().points[0]).toMatchObject({ isOld: false, stage: 'done' })
  })

  it('keeps what it knows: other values, and another value of the swept key, run nothing anew', () => {
    open()
    for (const worker of [workers[0], workers[1], workers[0]]) finish(worker)
    changeNetwork(store, { depth: 10 })
    clock.pass(200)
    expect(sweepNow().stage).toBe('done')
    open({ ...DEPTHS, values: [40, 20, 5] })
    expect(stages()).toEqual(['waiting', 'done', 'done'])
    expect(workers.flatMap(({ runs }) => runs).map(({ config }) => config.depth)).toEqual([
      5, 20, 40, 10,
    ])
  })

  it('runs networks that fill the memory one at a time', () => {
    open({ ...DEPTHS, key: 'width', values: [64, 1024] })
    expect(workers).toHaveLength(1)
    finish(workers[0])
    expect(workers[0]?.newest.config.width).toBe(1024)
  })

  it('knows a network under the value of another key as well', () => {
    open({ ...DEPTHS, key: 'act', values: ['tanh'] })
    finish(workers[0], 3)
    open({ ...DEPTHS, key: 'sw', values: [1, 2] })
    expect(sweepNow().points[0]).toMatchObject({ value: 1, stage: 'done' })
    expect(stages()).toEqual(['done', 'waiting'])
  })

  it('asks for the Jacobian only for the quantity that needs it', () => {
    open({ ...DEPTHS, quantity: 'mean_cosine' })
    for (const worker of [workers[0], workers[1], workers[0]]) finish(worker)
    open()
    expect(sweepNow().stage).toBe('done')
    open({ ...DEPTHS, quantity: 'log10_condition' })
    const [worker] = workers
    if (!worker) throw new Error('no worker')
    expect(worker.newest.spectra).toEqual([5])
    const spectrum = { layer: 5, log10SingularValues: Float64Array.of(2, 1, -1) }
    worker.begin(worker.newest)
    worker.reply({ kind: 'spectrum', runId: worker.newest.runId, spectrum })
    worker.finish(worker.newest, 1)
    expect(sweepNow().points[0]?.measured?.log10_condition).toBe(3)
    // The question of the sweep before is still out.
    predict(9)
    expect(questions.at(-1)).toMatchObject({ spectra: [5] })
    predict(1, [{ ...spectrum, bounds: null, moments: null, law: '' }])
    clock.pass(100)
    expect(sweepNow().points[0]?.predicted?.log10_condition).toBe(3)
  })

  it('leaves out values that the other settings do not allow, and says so', () => {
    changeNetwork(store, { data: 'repeated', distinct: 8 })
    open({ key: 'batch', values: [4, 16], quantity: 'gradient_growth' })
    expect(sweepNow().points[0]).toMatchObject({
      stage: 'illegal',
      words: 'distinct: 1 ... 4 with batch=4',
    })
    expect(workers.flatMap(({ runs }) => runs).map(({ config }) => config.batch)).toEqual([16])
    finish(workers[0])
    expect(sweepNow().stage).toBe('done')
  })
})

describe('a sweep beside files that were opened', () => {
  const weights = { id: 1, name: 'w', width: 128, depth: 10, w: new Float32Array(0) }

  it('gives each network the files of its size, and predicts nothing of given weights', () => {
    store.setState({ files: { weights, inputs: null } })
    open()
    for (const worker of [workers[0], workers[1], workers[0]]) finish(worker)
    const runs = workers.flatMap((worker) => worker.runs)
    const given = new Map(runs.map((run) => [run.config.depth, run.given?.weights]))
    expect([5, 10, 20].map((depth) => given.get(depth))).toEqual([weights, weights, undefined])
    expect(questions.map((question) => 'config' in question && question.config.depth)).toEqual([20])
    expect(sweepNow().points[0]?.predicted?.gradient_growth).toBeNaN()
  })

  it('runs anew with other files', () => {
    open()
    for (const worker of [workers[0], workers[1], workers[0]]) finish(worker)
    store.setState({ files: { weights, inputs: null } })
    clock.pass(200)
    expect(stages()).toEqual(['waiting', 'waiting', 'done'])
  })
})

describe('a sweep in trouble, or stopped', () => {
  it('cancels: the workers are told, what is known stays, and start goes on with the rest', () => {
    open()
    finish(workers[0])
    sweeps.cancel()
    expect(workers.map(({ requests }) => requests.at(-1)?.kind)).toEqual(['cancel', 'cancel'])
    expect([sweepNow().stage, ...stages()]).toEqual(['cancelled', 'done', 'waiting', 'waiting'])
    clock.pass(1000)
    expect(sweepNow().stage).toBe('cancelled')
    sweeps.start()
    expect(depths()).toEqual([
      [5, 20, 10],
      [10, 20],
    ])
  })

  it('goes on without a value that fails, and gives its words', () => {
    open()
    const [worker] = workers
    const runId = worker?.newest.runId ?? NaN
    worker?.reply({ kind: 'failed', runId, code: 'out-of-memory', message: 'too large' })
    expect(sweepNow().points[0]).toMatchObject({ stage: 'failed', words: 'too large' })
    finish(workers[0])
    finish(workers[1])
    expect(sweepNow().stage).toBe('done')
  })

  it('replaces a worker that died', () => {
    open()
    workers[0]?.crash('script error')
    expect(workers).toHaveLength(3)
    expect([workers[0]?.isClosed, workers[2]?.newest.config.depth]).toEqual([true, 20])
  })

  it('closes its workers when nobody has needed them for a while', () => {
    open()
    for (const worker of [workers[0], workers[1], workers[0]]) finish(worker)
    for (let i = 0; i < 3; i++) predict(1)
    clock.pass(9_000)
    expect(workers.some(({ isClosed }) => isClosed)).toBe(false)
    clock.pass(1_000)
    expect([workers.every(({ isClosed }) => isClosed), isTheoryClosed]).toEqual([true, true])
    open({ ...DEPTHS, values: [7] })
    expect(workers).toHaveLength(3)
  })
})

describe('the predictions of a sweep', () => {
  it('are asked one at a time, from layer 0 as measured', () => {
    open()
    finish(workers[0], 0.25)
    finish(workers[1])
    expect(questions).toHaveLength(1)
    expect(questions[0]).toMatchObject({
      start: { log10Rms: 0.25, meanCosine: 0.25, isometryGap: 0.25 },
    })
    predict(1.5)
    predict(2.5)
    clock.pass(100)
    const growths = sweepNow().points.map(({ predicted }) => predicted?.gradient_growth)
    expect(growths).toEqual([1.5, 2.5, undefined])
  })

  it('are asked again where they were still open when the question changed', () => {
    open()
    finish(workers[0])
    finish(workers[1])
    open({ ...DEPTHS, values: [5, 10] })
    predict(9)
    clock.pass(200)
    expect(sweepNow().points.map(({ predicted }) => predicted)).toEqual([null, null])
    expect(
      questions.map((question) => question.kind === 'predict' && question.config.depth),
    ).toEqual([5, 5])
    predict(1.5)
    predict(2.5)
    clock.pass(100)
    const growths = sweepNow().points.map(({ predicted }) => predicted?.gradient_growth)
    expect(growths).toEqual([1.5, 2.5])
  })

  it('do not exist where layer 0 is zero', () => {
    open()
    finish(workers[0], -Infinity)
    expect(questions).toEqual([])
    expect(sweepNow().points[0]?.predicted?.gradient_growth).toBeNaN()
  })
})

describe('choosePreset(store, preset) with a sweep about', () => {
  it('leaves a sweep alone that was set by hand', () => {
    open()
    choosePreset(store, 'bsnn-tanh')
    expect(store.getState().link.view.sweep).toBe(DEPTHS)
  })
})
