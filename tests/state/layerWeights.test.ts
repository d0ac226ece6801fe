import { expect, test } from 'vitest'
import type { TheoryRequest, WeightsRequest } from '../../src/engine/protocol.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { changeView } from '../../src/state/actions.ts'
import { moveCursor } from '../../src/state/cursor.ts'
import { defaultView, type View } from '../../src/state/fields.ts'
import { type Files, NO_FILES } from '../../src/state/files.ts'
import { areWeightsFresh, LayerWeights, MAX_WEIGHTS_WIDTH } from '../../src/state/layerWeights.ts'
import { changeLook, lookOf } from '../../src/state/look.ts'
import { beginRun } from '../../src/state/run.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { startedOf } from './fakes.ts'

const LOOK: Partial<View> = { look: ['spectrum:weights'], layer: 5 }
let lastRunId = 0

/** Shows a run of a network, as if it had just been measured. */
function show(
  store: PageStore,
  changes: Partial<NetworkConfig> = {},
  files: Files = NO_FILES,
): void {
  const { link } = store.getState()
  const network = { ...link.network, ...changes }
  store.setState({
    link: { ...link, network },
    shown: beginRun(network, startedOf(network, ++lastRunId), null, files),
  })
}

/** A worker that answers when told to, with the number of its question as every singular value. */
function open(view: Partial<View> = LOOK) {
  const store = createPageStore({ network: defaultConfig, view: { ...defaultView, ...view } })
  const asked: WeightsRequest[] = []
  let connections = 0
  const send = (request: TheoryRequest) => {
    if (request.kind === 'weights') asked.push(request)
  }
  const weights = new LayerWeights(store, () => {
    connections++
    return { send }
  })
  const answer = (weightsId = asked.at(-1)!.weightsId) => {
    const log10SingularValues = new Float64Array(2).fill(weightsId)
    weights.receive({ kind: 'weights', weightsId, spectrum: { log10SingularValues, theory: null } })
  }
  const layers = () => asked.map(({ drawnLayer }) => drawnLayer)
  return { store, asked, layers, answer, connections: () => connections }
}

test('LayerWeights ask for the layer at the cursor once somebody looks, over a worker of their own', () => {
  const { store, layers, answer, connections } = open({ layer: 5 })
  show(store)
  expect([connections(), areWeightsFresh(store.getState())]).toEqual([0, true])
  changeLook(store, 'spectrum', 'weights')
  expect([connections(), layers()]).toEqual([1, [5]])
  expect(areWeightsFresh(store.getState())).toBe(false)
  answer()
  expect(store.getState().weights).toMatchObject({ layer: 5 })
  expect(areWeightsFresh(store.getState())).toBe(true)
})

test('LayerWeights have one question out, and then ask for where the cursor is', () => {
  const { store, layers, answer } = open()
  show(store)
  for (const layer of [6, 7, 8]) moveCursor(store, layer)
  expect(layers()).toEqual([5])
  answer()
  expect(layers()).toEqual([5, 8])
  answer()
  expect(store.getState().weights?.layer).toBe(8)
  expect(layers()).toHaveLength(2)
})

test('LayerWeights ignore an answer to an older question', () => {
  const { store, asked, answer } = open()
  show(store)
  answer()
  moveCursor(store, 9)
  answer(asked[0]!.weightsId)
  expect(store.getState().weights?.layer).toBe(5)
})

test('LayerWeights know what they have asked before: nothing is computed again', () => {
  const { store, layers, answer } = open()
  show(store)
  answer()
  moveCursor(store, 6)
  answer()
  moveCursor(store, 5)
  expect(store.getState().weights?.layer).toBe(5)
  expect(layers()).toEqual([5, 6])
})

test('LayerWeights stay as they are when only the activation, the mixing, the batch or the view changes', () => {
  const { store, asked, answer } = open()
  show(store)
  answer()
  show(store, { act: 'relu', gain: 2, norm: 'batch', mix: 'orthogonal', alpha: 0.5, batch: 8 })
  changeView(store, { theme: 'dark' })
  expect(asked).toHaveLength(1)
  expect(areWeightsFresh(store.getState())).toBe(true)
  const changes = [{ sw: 2 }, { seed: 9 }, { width: 64 }, { init: 'orthogonal' }] as const
  for (const [i, change] of changes.entries()) {
    show(store, change)
    expect(asked).toHaveLength(i + 2)
    expect(asked.at(-1)!.config).toMatchObject(change)
    answer()
  }
})

test('LayerWeights are those of layer 1 at the input, and of all layers where they share their weights', () => {
  const { store, layers, answer } = open({ ...LOOK, layer: 0 })
  show(store)
  answer()
  show(store, { tied: 1 })
  moveCursor(store, 30)
  expect(layers()).toEqual([1])
  expect(areWeightsFresh(store.getState())).toBe(true)
})

test('LayerWeights are cut out of a file, one matrix at a time', () => {
  const { store, asked, answer } = open({ ...LOOK, layer: 2 })
  const w = Float64Array.from({ length: 12 }, (_, i) => i)
  const weights = { id: 7, name: 'w.npz', width: 2, depth: 3, w }
  show(store, { width: 2, depth: 3 }, { weights, inputs: null })
  expect(asked.at(-1)!.given).toEqual(Float64Array.of(4, 5, 6, 7))
  answer()
  show(store, { width: 2, depth: 3, sw: 3 }, { weights, inputs: null })
  expect(asked).toHaveLength(1)
  show(store, { width: 2, depth: 3 }, { weights: { ...weights, id: 8 }, inputs: null })
  expect(asked).toHaveLength(2)
})

test('LayerWeights ask nothing above the width that takes a second, nor where the chart is hidden', () => {
  const wide = open()
  show(wide.store, { width: MAX_WEIGHTS_WIDTH + 1 })
  expect([wide.connections(), areWeightsFresh(wide.store.getState())]).toEqual([0, true])
  for (const view of [{ charts: ['norms'] }, { embed: 1 as const }]) {
    const hidden = open({ ...LOOK, ...view })
    show(hidden.store)
    expect(hidden.connections()).toBe(0)
    changeView(hidden.store, { charts: ['spectrum'] })
    expect(hidden.connections()).toBe(1)
  }
})

test('LayerWeights go on after a layer that could not be computed, and ask for it again later', () => {
  const store = createPageStore({ network: defaultConfig, view: { ...defaultView, ...LOOK } })
  const asked: TheoryRequest[] = []
  const weights = new LayerWeights(store, () => ({ send: (request) => asked.push(request) }))
  show(store)
  weights.receive({ kind: 'weights', weightsId: 1, spectrum: null })
  expect(store.getState().weights).toMatchObject({ layer: 5, spectrum: null })
  expect(areWeightsFresh(store.getState())).toBe(true)
  moveCursor(store, 6)
  expect(asked).toHaveLength(2)
  weights.receive({ kind: 'weights', weightsId: 2, spectrum: null })
  moveCursor(store, 5)
  expect(asked).toHaveLength(3)
})

test('changeLook writes one word a chart, and none for its first look', () => {
  const store = createPageStore({ network: defaultConfig, view: defaultView })
  changeLook(store, 'spectrum', 'weights')
  changeLook(store, 'gsc', 'gap')
  changeLook(store, 'spectrum', 'rank')
  const { view } = store.getState().link
  expect(view.look).toEqual(['gsc:gap', 'spectrum:rank'])
  expect([lookOf(view, 'spectrum'), lookOf(view, 'gsc')]).toEqual(['rank', 'gap'])
  expect(lookOf(view, 'norms')).toBeNull()
  changeLook(store, 'gsc', null)
  expect(store.getState().link.view.look).toEqual(['spectrum:rank'])
})
