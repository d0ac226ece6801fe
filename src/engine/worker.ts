import { breathing } from './breathing.ts'
import { Crew } from './crew.ts'
import { drawNetwork } from './drawNetwork.ts'
import { digitImages } from './digitImages.ts'
import { EngineError } from './errors.ts'
import { loadDigits } from './loadDigits.ts'
import { newNestedWorker } from './nestedWorker.ts'
import { NO_FORECAST, noTheory } from './noTheory.ts'
import type {
  CardRequest,
  DrawReply,
  DrawRequest,
  EngineChoice,
  Forecast,
  MapRequest,
  PartEvent,
  PartReply,
  PartRequest,
  PredictRequest,
  Reply,
  Request,
  RunRequest,
  SpectrumForecast,
  TheoryReply,
  TheoryRequest,
  TheoryTrouble,
  WeightsRequest,
} from './protocol.ts'
import { prepareGpu, selectEngine, selectForGiven } from './select.ts'
import { simulate, simulatePart, type SimulationEvent } from './simulate.ts'
import { weightSpectrum } from './weightSpectrum.ts'
import { inputs } from '../model/inputs.ts'
import { resolveNetwork } from '../model/network.ts'
import { activationCard } from '../theory/activationCard.ts'
import { cobwebs } from '../theory/cobweb.ts'
import { growthRow } from '../theory/growthMap.ts'
import { meanFieldPoint } from '../theory/meanFieldPoint.ts'
import { predictRows } from '../theory/prediction.ts'
import { spectrumPredictor } from '../theory/spectrumForecast.ts'
import { predictWeights } from '../theory/weightLaw.ts'

/** The newest request; a run that finds another number here stops. */
let newest = -1

const reply = (message: TheoryTrouble | Reply | PartReply | TheoryReply | DrawReply) => {
  self.postMessage(message)
}

/** Engines hold one run at a time: the next one starts when the last has stopped. */
let running: Promise<void> = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<Request | PartRequest | TheoryRequest | DrawRequest>) => {
  if (data.kind === 'predict') void predict(data)
  else if (data.kind === 'map') void drawMap(data)
  else if (data.kind === 'card') describe(data)
  else if (data.kind === 'weights') void weigh(data)
  else if (data.kind === 'draw') void draw(data)
  else order(data)
}

const crew = new Crew(newNestedWorker)

function order(data: Request | PartRequest): void {
  newest = data.kind === 'cancel' ? -1 : data.runId
  crew.stop()
  if (data.kind === 'cancel') return
  running = running.then(() => (data.kind === 'run' ? serve(data) : servePart(data)))
  // Where an engine was named nobody will ask which is fastest: workers of a sweep leave the GPU alone.
  if (data.engine === 'auto') running = running.then(lookForGpu)
}

/** After the first run, so that it does not wait; and beside the next ones. */
function lookForGpu(): void {
  void prepareGpu()
}

async function draw(request: DrawRequest): Promise<void> {
  try {
    reply({ kind: 'drawn', arrays: await drawNetwork(request) })
  } catch (error) {
    reply({ kind: 'not-drawn', message: error instanceof Error ? error.message : String(error) })
  }
}

/** The newest map; an older one stops after its row. */
let newestMap = -1

async function drawMap({ mapId, config, start, sws, sbs }: MapRequest): Promise<void> {
  newestMap = mapId
  const breathe = breathing()
  for (const [row, sb] of sbs.entries()) {
    await telling
    if (mapId !== newestMap) return
    const nothing = new Float32Array(sws.length).fill(NaN)
    const lnGrowth = unlessBroken(() => growthRow(config, sws, sb, start), nothing)
    reply({ kind: 'map-row', mapId, row, lnGrowth })
    await breathe()
  }
}

/** The newest forecast; the spectra of an older one stop. */
let newestForecast = -1
/** Its spectra: maps, which are about other networks, wait until they are told. */
let telling: Promise<unknown> = Promise.resolve()

/** Rows first: curves are what the eye waits for, and spectra take longer. */
async function predict(request: PredictRequest): Promise<void> {
  const { forecastId, config, start, spectra: layers = [] } = request
  newestForecast = forecastId
  const breathe = breathing()
  const network = resolveNetwork(config)
  const forecast = unlessBroken<Forecast>(() => predictRows(network, start), NO_FORECAST)
  const point = unlessBroken(() => meanFieldPoint(network), null)
  const spectraFollow = layers.length > 0
  const answer = { kind: 'predicted', forecastId, forecast, point, spectraFollow } as const
  self.postMessage(answer satisfies TheoryReply, { transfer: buffersOf(forecast) })
  if (spectraFollow) await (telling = tellSpectra(request, breathe))
}

/** The memory of the rows of a forecast: of fifty thousand layers it is megabytes, which need not be copied. */
function buffersOf({ rows, bands = {} }: Forecast): ArrayBuffer[] {
  const ofBands = Object.values(bands).flatMap(({ low, high }) => [low, high])
  const all = [...Object.values(rows), ...ofBands].filter((row) => row !== null)
  return [...new Set(all.map(({ buffer }) => buffer as ArrayBuffer))]
}

/** Nothing is told where another question has come meanwhile. */
async function tellSpectra(
  { forecastId, config, start, spectra: layers = [] }: PredictRequest,
  breathe: () => Promise<void>,
): Promise<void> {
  const found: SpectrumForecast[] = []
  await breathe()
  if (forecastId !== newestForecast) return
  const predictAt = unlessBroken(
    () => spectrumPredictor(resolveNetwork(config), start),
    () => null,
  )
  for (const layer of layers) {
    await breathe()
    if (forecastId !== newestForecast) return
    const spectrum = unlessBroken(() => predictAt(layer), null)
    if (spectrum) found.push(spectrum)
  }
  reply({ kind: 'predicted-spectra', forecastId, spectra: found })
}

/** A theory that breaks has no prediction: the page goes on, and the browser's console has the error. */
function unlessBroken<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    complain(error)
    return otherwise
  }
}

/** Told to the page: an error event would look like the death of this worker. */
function complain(error: unknown): void {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  reply({ kind: 'trouble', message })
}

function describe(request: CardRequest): void {
  const { cardId, config, start } = request
  const card = unlessBroken(() => {
    const [constants, maps] = [activationCard(config), cobwebs(resolveNetwork(config), start)]
    return { kind: 'card', cardId, card: constants, maps } as const
  }, null)
  for (const message of card ? [card] : noTheory(request)) reply(message)
}

async function weigh(request: WeightsRequest): Promise<void> {
  const { weightsId, config, given } = request
  try {
    const log10SingularValues = await weightSpectrum(request)
    const theory = given ? null : predictWeights(config)
    reply({ kind: 'weights', weightsId, spectrum: { log10SingularValues, theory } })
  } catch (error) {
    complain(error)
    for (const message of noTheory(request)) reply(message)
  }
}

/** A run whose GPU is lost starts again: once as it was asked for, then on whatever engine there is. */
async function serve(
  request: RunRequest,
  again: readonly EngineChoice[] = [request.engine, 'auto'],
) {
  const { runId } = request
  if (runId !== newest) return
  try {
    await runThrough(request)
  } catch (error) {
    const [engine, ...later] = again
    if (engine !== undefined && error instanceof EngineError && error.code === 'device-lost') {
      await serve({ ...request, engine }, later)
      return
    }
    const code = error instanceof EngineError ? error.code : 'unexpected'
    const message = error instanceof Error ? error.message : String(error)
    if (runId === newest) reply({ kind: 'failed', runId, code, message })
  }
}

async function runThrough(request: RunRequest) {
  const { runId, config, engine: choice, dataUrl, given, helpers = 0, ...rest } = request
  const engine = await (given ? selectForGiven(choice, given, config.width) : selectEngine(choice))
  const { depth, alpha, beta, a, b } = resolveNetwork(config)
  const { backend, reason } = engine
  const isDigits = inputs[config.data].needsDigits && !given?.x0
  const images = isDigits ? digitImages(await loadDigits(dataUrl), config) : undefined
  reply({ kind: 'started', runId, engine: backend.id, reason, depth, alpha, beta, a, b, images })
  // A GPU is one for all workers; and arrays from a file may be too large to be sent about.
  const isOne = backend.id === 'webgpu' || given !== undefined
  const order = { config, engine: backend.id, spectra: rest.spectra, dataUrl }
  const events = simulate({
    ...{ config, engine, given, ...rest },
    loadDigits: () => loadDigits(dataUrl),
    helpers: crew.helpers(isOne ? 0 : helpers, order),
  })
  try {
    await relay(runId, events)
  } finally {
    crew.stop()
  }
}

async function servePart(request: PartRequest): Promise<void> {
  const { runId, engine: choice, dataUrl, part, ...rest } = request
  if (runId !== newest) return
  try {
    const engine = await selectEngine(choice)
    reply({ kind: 'begun', runId })
    const order = { ...rest, engine, loadDigits: () => loadDigits(dataUrl) }
    if (await relay(runId, simulatePart(order, part))) reply({ kind: 'finished', runId })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    reply({ kind: 'failed', runId, message })
  }
}

/** Posts what is said of a run; stops, says so and gives false when a newer one is wanted. */
async function relay(runId: number, events: AsyncGenerator<SimulationEvent | PartEvent>) {
  const breathe = breathing()
  for await (const event of events) {
    await breathe()
    if (runId !== newest) {
      reply({ kind: 'cancelled', runId })
      return false
    }
    if (event.kind === 'finished') {
      const { runs: _, ...result } = event
      reply({ ...result, runId })
    } else reply({ ...event, runId })
  }
  return true
}
