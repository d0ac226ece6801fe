import { expect, it } from 'vitest'
import { changeNetwork } from '../../src/state/actions.ts'
import { defaultLink } from '../../src/state/fields.ts'
import {
  fileInPlaceOf,
  filesInUse,
  fileWords,
  type InputsFile,
  NO_FILES,
  type WeightsFile,
} from '../../src/state/files.ts'
import { Forecasts } from '../../src/state/forecast.ts'
import { closeFile, fitToFile, openFiles } from '../../src/state/openFiles.ts'
import { pinPresent } from '../../src/state/pinned.ts'
import { startSession } from '../../src/state/session.ts'
import { createPageStore } from '../../src/state/store.ts'
import { verdictOf } from '../../src/state/verdict.ts'
import { FakeClock, FakeWorker } from './fakes.ts'

const weights: WeightsFile = {
  ...{ id: 1, name: 'net.npz', width: 4, depth: 6 },
  w: new Float32Array(6 * 16).fill(0.5),
}
const inputs: InputsFile = { name: 'rows.csv', batch: 3, width: 4, x: new Float64Array(12).fill(1) }
const both = { weights, inputs }

/** The newest run goes through. */
function land(worker: FakeWorker): void {
  worker.begin(worker.newest)
  worker.finish(worker.newest, 0)
}

function opened() {
  const [store, worker, clock] = [createPageStore(defaultLink), new FakeWorker(), new FakeClock()]
  startSession({ store, connect: worker.connect, clock, dataUrl: 'http://host/', cores: 2 })
  land(worker)
  return { store, worker }
}

it('openFiles gives the network the sizes of its files, and the next run their numbers', () => {
  const { store, worker } = opened()
  openFiles(store, both)
  const { width, depth, batch } = store.getState().link.network
  expect([width, depth, batch]).toEqual([4, 6, 3])
  expect(worker.newest.given).toMatchObject({ weights: { id: 1, w: weights.w }, x0: inputs.x })
  land(worker)
  expect(fileWords(store.getState().shown?.files ?? NO_FILES)).toBe(
    'weights from net.npz, inputs from rows.csv',
  )
})

it('a file is set aside while the network has other sizes, and comes back with them', () => {
  const { store, worker } = opened()
  openFiles(store, both)
  changeNetwork(store, { depth: 7 })
  land(worker)
  expect(filesInUse(store.getState().files, store.getState().link.network)).toEqual({
    weights: null,
    inputs,
  })
  expect(worker.newest.given).toEqual({ weights: undefined, x0: inputs.x })
  land(worker)
  fitToFile(store, 'weights')
  expect(store.getState().link.network.depth).toBe(6)
  expect(worker.newest.given?.weights?.id).toBe(1)
})

it('the first layers of a deeper file are a shallower network', () => {
  const { store, worker } = opened()
  openFiles(store, { weights })
  land(worker)
  changeNetwork(store, { depth: 5 })
  expect(worker.newest.given?.weights?.id).toBe(1)
})

it('one matrix serves all layers that share it; more of them part the layers', () => {
  const shared = { ...defaultLink.network, tied: 1, width: 4, depth: 50, branch: 8 } as const
  const store = createPageStore({ ...defaultLink, network: shared })
  openFiles(store, { weights: { ...weights, depth: 1, w: weights.w.subarray(0, 16) } })
  expect(store.getState().link.network).toEqual(shared)
  expect(filesInUse(store.getState().files, shared).weights).not.toBeNull()
  openFiles(store, { weights })
  expect(store.getState().link.network).toMatchObject({ tied: 0, depth: 6, branch: 6 })
})

it('closeFile draws again', () => {
  const { store, worker } = opened()
  openFiles(store, both)
  land(worker)
  closeFile(store, 'weights')
  expect(worker.newest.given).toEqual({ weights: undefined, x0: inputs.x })
})

it('settings whose place a file takes are told from the others', () => {
  const network = { ...defaultLink.network, width: 4, depth: 6, batch: 3 }
  expect(fileInPlaceOf(both, network, 'sw')).toBe(weights)
  expect(fileInPlaceOf(both, network, 'data')).toBe(inputs)
  expect(fileInPlaceOf(both, network, 'act')).toBeNull()
  expect(fileInPlaceOf(both, { ...network, width: 5 }, 'sw')).toBeNull()
})

it('a pinned network is the drawn one: its run is not that of a file', () => {
  const { store, worker } = opened()
  openFiles(store, { weights })
  land(worker)
  pinPresent(store)
  expect(store.getState().pinned).toEqual({})
  expect(worker.newest.given).toBeUndefined()
})

it('nothing is predicted and no remedy offered for weights of a file', () => {
  const { store, worker } = opened()
  const asked: unknown[] = []
  new Forecasts(store, { send: (request) => asked.push(request) })
  openFiles(store, { weights })
  asked.length = 0
  worker.begin(worker.newest)
  worker.rows(worker.newest, 1)
  expect(asked).toEqual([])
  const { shown, forecast } = store.getState()
  expect(forecast).toMatchObject({ config: shown?.config, rows: {}, gradientGrowth: null })
  if (!shown) throw new Error('there must be a run')
  const rows = { ...shown.rows, log10_gradient_rms: Float64Array.of(9, 7, 6, 5, 3, 2, 0) }
  expect(verdictOf({ ...shown, rows }, null)).toMatchObject({ tone: 'bad', remedy: null })
  expect(verdictOf({ ...shown, rows, files: NO_FILES }, null)?.remedy).not.toBeNull()
})
