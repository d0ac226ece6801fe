import { drawNetwork } from './drawNetwork.ts'
import { digitImages } from './digitImages.ts'
import { EngineError } from './errors.ts'
import { loadDigits } from './loadDigits.ts'
import type {
  CardRequest,
  DrawReply,
  DrawRequest,
  EngineChoice,
  Forecast,
  MapRequest,
  PredictRequest,
  Reply,
  Request,
  RunRequest,
  TheoryReply,
  TheoryRequest,
  WeightsRequest,
} from './protocol.ts'
import { prepareGpu, selectEngine, selectForGiven } from './select.ts'
import { simulate } from './simulate.ts'
import { weightSpectrum } from './weightSpectrum.ts'
import { inputs } from '../model/inputs.ts'
import { resolveNetwork } from '../model/network.ts'
import { activationCard } from '../theory/activationCard.ts'
import { cobwebs } from '../theory/cobweb.ts'
import { growthRow } from '../theory/growthMap.ts'
import { meanFieldPoint } from '../theory/meanFieldPoint.ts'
import { predictRows } from '../theory/prediction.ts'
import { predictSpectra } from '../theory/spectrumForecast.ts'
import { predictWeights } from '../theory/weightLaw.ts'

/** The newest request; a run that finds another number here stops. */
let newest = -1

const reply = (message: Reply | TheoryReply | DrawReply) => {
  self.postMessage(message)
}

/** Engines hold one run at a time: the next one starts when the last has stopped. */
let running: Promise<void> = Promise.resolve()

self.onmessage = ({ data }: MessageEvent<Request | TheoryRequest | DrawRequest>) => {
  if (data.kind === 'predict') predict(data)
  else if (data.kind === 'map') void drawMap(data)
  else if (data.kind === 'card') describe(data)
  else if (data.kind === 'weights') void weigh(data)
  else if (data.kind === 'draw') void draw(data)
  else order(data)
}

function order(data: Request): void {
  newest = data.kind === 'run' ? data.runId : -1
  if (data.kind !== 'run') return
  running = running.then(() => serve(data))
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
    const nothing = new Float32Array(sws.length).fill(NaN)
    const lnGrowth = unlessBroken(() => growthRow(config, sws, sb, start), nothing)
    reply({ kind: 'map-row', mapId, row, lnGrowth })
    await breathe()
    if (mapId !== newestMap) return
  }
}

function predict({ runId, config, start, isometryGap, ...wanted }: PredictRequest): void {
  const network = resolveNetwork(config)
  const layers = wanted.spectra ?? []
  const spectra = unlessBroken(() => predictSpectra(network, start, layers), [])
  const rows = unlessBroken<Forecast>(
    () => predictRows(network, { ...start, isometryGap }),
    NO_ROWS,
  )
  const forecast = { ...rows, spectra: spectra.filter((spectrum) => spectrum !== null) }
  const point = unlessBroken(() => meanFieldPoint(network), null)
  reply({ kind: 'predicted', runId, forecast, point })
}

const NO_ROWS: Forecast = { rows: {}, gradientGrowth: null, gscGrowth: null }

/** A theory that breaks has no prediction: the page goes on, and the browser's console has the error. */
function unlessBroken<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    reportError(error)
    return otherwise
  }
}

function describe({ cardId, config, start }: CardRequest): void {
  const [card, maps] = [activationCard(config), cobwebs(resolveNetwork(config), start)]
  reply({ kind: 'card', cardId, card, maps })
}

async function weigh(request: WeightsRequest): Promise<void> {
  const { weightsId, config, given } = request
  try {
    const log10SingularValues = await weightSpectrum(request)
    const theory = given ? null : predictWeights(config)
    reply({ kind: 'weights', weightsId, spectrum: { log10SingularValues, theory } })
  } catch (error) {
    reportError(error)
    reply({ kind: 'weights', weightsId, spectrum: null })
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

async function runThrough({ runId, config, engine: choice, dataUrl, ...rest }: RunRequest) {
  const { given } = rest
  const engine = await (given ? selectForGiven(choice, given, config.width) : selectEngine(choice))
  const { depth, alpha, beta, a, b } = resolveNetwork(config)
  const { backend, reason } = engine
  const isDigits = inputs[config.data].needsDigits && !given?.x0
  const images = isDigits ? digitImages(await loadDigits(dataUrl), config) : undefined
  reply({ kind: 'started', runId, engine: backend.id, reason, depth, alpha, beta, a, b, images })
  const events = simulate({ config, engine, loadDigits: () => loadDigits(dataUrl), ...rest })
  const breathe = breathing()
  for await (const event of events) {
    await breathe()
    if (runId !== newest) {
      reply({ kind: 'cancelled', runId })
      return
    }
    if (event.kind === 'finished') {
      const { runs: _, ...result } = event
      reply({ ...result, runId })
    } else reply({ ...event, runId })
  }
}

/** Lets waiting messages in, at most every few milliseconds, through a channel that no timer throttles. */
function breathing(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel()
  let last = performance.now()
  return () => {
    if (performance.now() - last < BREATH_MS) return Promise.resolve()
    last = performance.now()
    return new Promise((resolve) => {
      port1.onmessage = () => {
        resolve()
      }
      port2.postMessage(null)
    })
  }
}

const BREATH_MS = 8
