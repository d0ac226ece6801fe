import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { EngineError } from '../engine/errors.ts'
import { loadDigits } from '../engine/loadDigits.ts'
import { networkArrays, networkBytes } from '../engine/networkArrays.ts'
import { defaultBudget } from '../engine/memoryBudget.ts'
import type { Spectrum } from '../engine/protocol.ts'
import { type Engine, selectEngine } from '../engine/select.ts'
import { simulate, type SimulationResult } from '../engine/simulate.ts'
import { csvLines } from '../export/csv.ts'
import { reportJson, type TheoryReport } from '../export/json.ts'
import { encodeNpz } from '../export/npy.ts'
import type { NetworkConfig } from '../model/config.ts'
import { inputs } from '../model/inputs.ts'
import { type Network, resolveNetwork } from '../model/network.ts'
import { layerZeroOf } from '../state/layerZero.ts'
import { predictRows } from '../theory/prediction.ts'
import { type Job, type JobSweep, readJob, UsageError } from './arguments.ts'

const MAX_NETWORK_BYTES = 1e9
const PROGRESS_INTERVAL_MS = 1000

const dataUrl = new URL('../../public/', import.meta.url).href
const digits = () => loadDigits(dataUrl)

async function main(argv: readonly string[]): Promise<void> {
  const job = readJob(argv)
  for (const notice of job.notices) say(notice)
  const engine = await selectEngine(job.engine)
  if (job.networkFile !== undefined) await writeNetwork(job, engine, job.networkFile)
  await write(job, job.format === 'csv' ? csv(job, engine) : json(job, engine))
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

interface Outcome {
  readonly result: SimulationResult
  readonly spectra: readonly Spectrum[]
}

async function run(
  config: NetworkConfig,
  engine: Engine,
  layers: Job['spectra'],
): Promise<Outcome> {
  const spectra: Spectrum[] = []
  let saidAt = performance.now()
  for await (const event of simulate({
    config,
    engine,
    loadDigits: digits,
    spectra: layers,
    pictures: [],
  })) {
    if (event.kind === 'finished') return { result: event, spectra }
    if (event.kind === 'spectrum') spectra.push(event.spectrum)
    if (event.kind !== 'progress' || performance.now() - saidAt < PROGRESS_INTERVAL_MS) continue
    saidAt = performance.now()
    say(`${event.pass}: ${Math.round((100 * event.done) / event.total)} %`)
  }
  throw new Error('simulate: the run must end with a result')
}

/** The runs of a sweep, one by one, each under the text of its value. */
async function* sweptRuns({ key, values, configs }: JobSweep, engine: Engine, { spectra }: Job) {
  for (const [i, config] of configs.entries()) {
    const value = String(values[i])
    say(`${key}=${value} (${i + 1} of ${configs.length})`)
    yield { value, config, outcome: await run(config, engine, spectra) }
  }
}

async function* json(job: Job, engine: Engine): AsyncGenerator<string> {
  const { sweep, config, spectra } = job
  if (!sweep) {
    yield reportOf(config, engine, await run(config, engine, spectra))
    return
  }
  const { key, values } = sweep
  let opening = `{"sweep":${JSON.stringify({ key, values })},"runs":[`
  for await (const { config: swept, outcome } of sweptRuns(sweep, engine, job)) {
    yield opening + reportOf(swept, engine, outcome)
    opening = ','
  }
  yield ']}'
}

async function* csv(job: Job, engine: Engine): AsyncGenerator<string> {
  const { sweep, config, spectra } = job
  if (!sweep) {
    yield* linesOf(config, await run(config, engine, spectra))
    return
  }
  // The head of the first run alone is written, under the name of the key.
  let head: string | null = sweep.key
  for await (const { value, config: swept, outcome } of sweptRuns(sweep, engine, job)) {
    let column = head
    for (const line of linesOf(swept, outcome)) {
      if (column !== null) yield `${column},${line}`
      column = value
    }
    head = null
  }
}

const linesOf = ({ seed }: NetworkConfig, { result }: Outcome) =>
  csvLines(result.runs.map((rows, i) => ({ seed: (seed + i) % 2 ** 32, rows })))

function reportOf(config: NetworkConfig, engine: Engine, { result, spectra }: Outcome): string {
  const network = resolveNetwork(config)
  const theory = theoryOf(network, result)
  return JSON.stringify(reportJson({ network, engine: engine.backend.id, result, spectra, theory }))
}

/** What theory says from layer 0 as it was drawn; nothing where that layer is zero. */
function theoryOf(network: Network, { rows }: SimulationResult): TheoryReport {
  const start = layerZeroOf(rows)
  return start ? predictRows(network, start) : { rows: {}, gradientGrowth: null, gscGrowth: null }
}

async function write(job: Job, lines: AsyncIterable<string>): Promise<void> {
  const stream = job.outFile === undefined ? process.stdout : createWriteStream(job.outFile)
  for await (const line of lines) {
    if (!stream.write(`${line}\n`)) await once(stream, 'drain')
  }
  if (stream === process.stdout) return
  stream.end()
  await finished(stream)
}

/** Writes the first seed's network; refuses above the limit before anything is drawn. */
async function writeNetwork({ config }: Job, { backend }: Engine, file: string): Promise<void> {
  const network = resolveNetwork(config)
  const bytes = networkBytes(network, backend.id === 'reference' ? 8 : 4)
  if (bytes > MAX_NETWORK_BYTES)
    throw new UsageError(
      `--network: the arrays must stay under 1 GB, got ${(bytes / 1e9).toFixed(1)} GB; lower depth or width`,
    )
  const arrays = await networkArrays(backend, {
    network,
    seed: config.seed,
    digits: inputs[config.data].needsDigits ? await digits() : undefined,
    weightBytes: defaultBudget.weightBytes,
  })
  await writeFile(file, encodeNpz({ ...arrays }))
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = error instanceof UsageError || error instanceof EngineError
  say(isExpected ? error.message : error instanceof Error ? (error.stack ?? '') : String(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
})
