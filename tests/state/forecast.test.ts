import { beforeEach, describe, expect, it } from 'vitest'
import type { PredictReply, PredictRequest, TheoryRequest } from '../../src/engine/protocol.ts'
import { emptyRows } from '../../src/engine/statistics.ts'
import type { NetworkConfig } from '../../src/model/config.ts'
import { changeNetwork } from '../../src/state/actions.ts'
import { defaultLink } from '../../src/state/fields.ts'
import { Forecasts } from '../../src/state/forecast.ts'
import { beginRun, type Run } from '../../src/state/run.ts'
import { forecastOf, isTold } from '../../src/state/shownForecast.ts'
import { createPageStore, type PageStore } from '../../src/state/store.ts'
import { startedOf } from './fakes.ts'

let store: PageStore
let forecasts: Forecasts
let asked: PredictRequest[]
let runId = 0

const newest = () => asked.at(-1)!
const network = () => store.getState().link.network
const drawn = () => forecastOf(store.getState())
const told = () => isTold(store.getState())

beforeEach(() => {
  store = createPageStore(defaultLink)
  asked = []
  forecasts = new Forecasts(store, {
    send: (request: TheoryRequest) => {
      if (request.kind === 'predict') asked.push(request)
    },
  })
})

/** Puts a run of the settings on show, whose layer 0 has this rms. */
function measure(log10Rms = 0, config: NetworkConfig = network()): Run {
  const rows = emptyRows(config.depth)
  rows.log10_activation_rms[0] = log10Rms
  rows.mean_cosine[0] = 0
  const shown = { ...beginRun(config, startedOf(config, ++runId), null), rows, isComplete: true }
  store.setState({ shown })
  return shown
}

const spectra = { kind: 'predicted-spectra', spectra: [] } as const
const rowsOf = ({ config }: PredictRequest) => ({ mean_cosine: new Float64Array(config.depth + 1) })

function answer(question = newest(), more: Partial<PredictReply> = {}): void {
  const { forecastId } = question
  const forecast = { rows: rowsOf(question), gradientGrowth: network().sw, gscGrowth: null }
  const words = { kind: 'predicted', point: null, spectraFollow: false } as const
  forecasts.receive({ ...words, forecastId, forecast, ...more })
}

describe('Forecasts', () => {
  it('asks once layer 0 is measured, and of the same inputs as soon as a setting moves', () => {
    expect(asked).toEqual([])
    measure(0.25)
    expect(asked).toHaveLength(1)
    answer()
    changeNetwork(store, { sw: 1.5 })
    expect(asked).toHaveLength(2)
    expect(newest()).toMatchObject({ config: { sw: 1.5 }, start: { log10Rms: 0.25 } })
  })

  it('waits for a run where the inputs are others', () => {
    measure(0.25)
    answer()
    changeNetwork(store, { seed: 7 })
    expect(asked).toHaveLength(1)
    measure(0.5)
    expect(newest()).toMatchObject({ config: { seed: 7 }, start: { log10Rms: 0.5 } })
  })

  it('has one question out, and asks next for what is set by then', () => {
    measure()
    for (const sw of [1.1, 1.2, 1.3]) changeNetwork(store, { sw })
    expect(asked).toHaveLength(1)
    answer()
    expect(asked.map(({ config }) => config.sw)).toEqual([1, 1.3])
  })

  it('leaves spectra until the hand rests', () => {
    measure()
    answer()
    changeNetwork(store, { sw: 1.1 }, 'drag')
    expect(newest().spectra).toEqual([])
    measure(0, network())
    expect(told()).toBe(false)
    answer()
    expect(told()).toBe(true)
    changeNetwork(store, { sw: 1.1 }, 'commit')
    expect(newest().spectra).not.toEqual([])
    expect(asked).toHaveLength(3)
    expect(told()).toBe(false)
    answer()
    expect(told()).toBe(true)
  })

  it('goes on with the next question once the rows are there', () => {
    measure()
    const first = newest()
    answer(first, { spectraFollow: true })
    expect(told()).toBe(false)
    forecasts.receiveSpectra({ ...spectra, forecastId: first.forecastId })
    expect(drawn()?.spectra).toEqual([])
    expect(told()).toBe(true)
    changeNetwork(store, { sw: 1.1 })
    expect(asked).toHaveLength(2)
    // What comes of the first one now is late.
    forecasts.receiveSpectra({ ...spectra, forecastId: first.forecastId })
    expect(store.getState().forecast?.config.sw).toBe(1)
    answer()
    expect(store.getState().forecast?.config.sw).toBe(1.1)
  })

  it('predicts nothing of inputs that are zero', () => {
    const shown = measure(-Infinity)
    expect(asked).toEqual([])
    expect(drawn()).toMatchObject({ config: shown.config, rows: {} })
  })
})

describe('forecastOf(state)', () => {
  it('leads the run that is on its way', () => {
    measure()
    answer()
    changeNetwork(store, { sw: 1.5 })
    expect(drawn()?.gradientGrowth).toBe(1)
    answer()
    expect(drawn()?.gradientGrowth).toBe(1.5)
    measure()
    expect(drawn()?.gradientGrowth).toBe(1.5)
  })

  it('is not that of another network beside a run that is through', () => {
    measure()
    answer()
    changeNetwork(store, { sw: 1.5 })
    measure()
    expect(drawn()).toBeNull()
  })

  it('is never that of another depth', () => {
    measure()
    answer()
    changeNetwork(store, { depth: 12 })
    answer()
    expect(drawn()).toBeNull()
    measure()
    expect(drawn()?.config.depth).toBe(12)
  })
})
