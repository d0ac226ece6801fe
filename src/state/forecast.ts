import type { TheoryClient } from '../engine/client.ts'
import type { PredictReply, SpectraReply } from '../engine/protocol.ts'
import type { NetworkConfig, NetworkKey } from '../model/config.ts'
import { closeUpsOf, NO_CLOSE_UPS } from './closeUps.ts'
import type { Files } from './files.ts'
import { type LayerZero, layerZeroOf } from './layerZero.ts'
import type { Run } from './run.ts'
import { isForecastOf, subjectOf } from './shownForecast.ts'
import type { ForecastSubject, PageState, PageStore } from './store.ts'

const NO_GROWTH = { gradientGrowth: null, gscGrowth: null } as const
const NO_FORECAST = { rows: {}, ...NO_GROWTH, point: null, isWhole: true } as const

/** All that the inputs depend on, where no file holds them. */
const INPUT_KEYS: readonly NetworkKey[] = ['data', 'rho', 'distinct', 'batch', 'width', 'seed']

interface Known {
  readonly config: NetworkConfig
  readonly files: Files
  readonly start: LayerZero
}

interface Asked {
  readonly subject: ForecastSubject
  readonly hasSpectra: boolean
}

const hasInputsOf = (known: Known, { config, files }: ForecastSubject): boolean =>
  known.files.inputs === files.inputs &&
  INPUT_KEYS.every((key) => known.config[key] === config[key])

/**
 * Keeps the forecast of the present settings. Theory starts from layer 0 as drawn: where a run has measured that of
 * the same inputs, it is asked as soon as a setting moves, else as soon as it is measured. One question is out at a
 * time; the next one is for what is set by then. Spectra wait until the hand rests.
 */
export class Forecasts {
  private readonly store: PageStore
  private readonly client: Pick<TheoryClient, 'send'>
  private known: Known | null = null
  private asked: Asked | null = null
  private isAsking = false
  private forecastId = 0

  constructor(store: PageStore, client: Pick<TheoryClient, 'send'>) {
    this.store = store
    this.client = client
    store.subscribe((state) => {
      this.remember(state.shown)
      if (!this.isAsking) this.consider(state)
    })
  }

  private remember(run: Run | null): void {
    if (!run || (this.known && hasInputsOf(this.known, run))) return
    const start = layerZeroOf(run.rows)
    if (start) this.known = { config: run.config, files: run.files, start }
  }

  private consider(state: PageState): void {
    const { gesture, shown } = state
    const subject = subjectOf(state)
    const hasSpectra = !gesture.isOpen
    if (this.asked && isForecastOf(this.asked.subject, subject)) {
      if (this.asked.hasSpectra || !hasSpectra) return
    }
    if (isBeyondTheory(subject, shown)) this.keepSilent(subject)
    else this.ask({ subject, hasSpectra })
  }

  private keepSilent(subject: ForecastSubject): void {
    this.asked = { subject, hasSpectra: true }
    this.store.setState({ forecast: { ...NO_FORECAST, ...subject } })
  }

  private ask(asked: Asked): void {
    const { config } = asked.subject
    if (!this.known || !hasInputsOf(this.known, asked.subject)) return
    const { spectra } = asked.hasSpectra ? closeUpsOf(config) : NO_CLOSE_UPS
    this.asked = asked
    this.isAsking = true
    const { start } = this.known
    this.client.send({ kind: 'predict', forecastId: ++this.forecastId, config, start, spectra })
  }

  receive({ forecastId, forecast, point, spectraFollow }: PredictReply): void {
    if (forecastId !== this.forecastId || !this.asked) return
    this.isAsking = false
    // What is set by now is asked for by the change of state that this is.
    const { subject, hasSpectra } = this.asked
    const isWhole = hasSpectra && !spectraFollow
    this.store.setState({ forecast: { ...forecast, point, isWhole, ...subject } })
  }

  receiveSpectra({ forecastId, spectra }: SpectraReply): void {
    const { forecast } = this.store.getState()
    if (forecastId === this.forecastId && !this.isAsking && forecast)
      this.store.setState({ forecast: { ...forecast, spectra, isWhole: true } })
  }
}

/** Theory is about drawn weights, and about inputs other than zero. */
function isBeyondTheory(subject: ForecastSubject, shown: Run | null): boolean {
  const isZero = shown?.rows.log10_activation_rms[0] === -Infinity
  return subject.files.weights !== null || (isZero && isForecastOf(subject, shown))
}
