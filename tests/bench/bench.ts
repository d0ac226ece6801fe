// How fast the engines and the page are: npm run bench [-- chain phases deep page]. Prints a table and writes
// it to bench-results/bench.json.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { referenceBackend } from '../../src/engine/reference/runner.ts'
import type { Engine } from '../../src/engine/select.ts'
import { simulate, type SimulationResult } from '../../src/engine/simulate.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { GradedProduct } from '../../src/math/gradedProduct.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { type Chain, chainFlops, fastest, wasmChain } from './chain.ts'
import { measurePage } from './page.ts'
import { tfjsChain } from './tfjsChain.ts'

interface Row {
  readonly what: string
  readonly ms: number
  readonly note: string
}

const rows: Row[] = []
const say = (what: string, ms: number, note = '') => {
  rows.push({ what, ms, note })
  process.stdout.write(`${what.padEnd(58)} ${ms.toFixed(1).padStart(10)} ms  ${note}\n`)
}

const wasm: Engine = { ...(await loadWasm()), reason: 'bench' }
const reference: Engine = {
  backend: referenceBackend,
  newProduct: (n) => new GradedProduct(n),
  reason: 'bench',
}

async function run(config: Partial<NetworkConfig>, engine: Engine, spectra: readonly number[]) {
  let result: SimulationResult | undefined
  for await (const event of simulate({
    config: { ...defaultConfig, ...config },
    engine,
    loadDigits: () => Promise.reject(new Error('bench: no digits')),
    spectra,
    pictures: [],
  }))
    if (event.kind === 'finished') result = event
  if (!result) throw new Error('bench: the run must finish')
  return result.timing
}

const depths32 = Array.from({ length: 32 }, (_, i) => Math.round(((i + 1) * 100) / 32))

/** Every phase of a whole run, all statistics included. */
async function phases(width: number, batch: number, depth: number, engine: Engine) {
  const name = `${engine.backend.id} ${width} wide, batch ${batch}, depth ${depth}`
  const flops = 2 * batch * width * width * depth
  if (engine === wasm) await run({ width, batch, depth, seed: 2 }, engine, depths32)
  const timing = await run({ width, batch, depth, seed: 1 }, engine, depths32)
  const rate = (ms: number, work: number) =>
    `${(work / ms / 1e6).toFixed(2)} GFLOP/s of matrix products`
  say(`${name}: weights`, timing.weights)
  say(`${name}: forward`, timing.forward, rate(timing.forward, flops))
  say(`${name}: backward`, timing.backward, rate(timing.backward, 2 * flops))
  say(`${name}: 32 spectra`, timing.spectra)
  return timing
}

async function phaseTable() {
  for (const width of [64, 128, 256]) {
    const fast = await phases(width, 64, 100, wasm)
    const slow = await phases(width, 64, 100, reference)
    const ratio = (slow.forward + slow.backward) / (fast.forward + fast.backward)
    say(`reference / wasm at width ${width}, forward and backward`, ratio, 'times (not ms)')
  }
}

function torchMs({ width, batch, depth }: Chain): number | undefined {
  const script = fileURLToPath(new URL('torchChain.py', import.meta.url))
  const found = spawnSync('python3', [script, ...[width, batch, depth].map(String)])
  return found.status === 0 ? Number(found.stdout.toString()) : undefined
}

/** The bare chain, the same work in each program. */
async function chainTable() {
  const chain = { width: 128, batch: 64, depth: 100 }
  const own = await fastest(20, await wasmChain(chain))
  say('bare chain, wasm kernels', own, `${(chainFlops(chain) / own / 1e6).toFixed(1)} GFLOP/s`)
  for (const backend of ['wasm', 'cpu'] as const) {
    const theirs = await fastest(3, await tfjsChain(backend, chain))
    say(`bare chain, tfjs-${backend} op by op`, theirs, `${(theirs / own).toFixed(1)} x ours`)
  }
  const torch = torchMs(chain)
  if (torch === undefined)
    process.stdout.write('bare chain, PyTorch: python3 with torch is not here\n')
  else say('bare chain, PyTorch, one thread', torch, `ours takes ${(own / torch).toFixed(2)} of it`)
}

async function deepRuns() {
  const thousand = await run({ depth: 1000, width: 128, batch: 64 }, wasm, [])
  say('depth 1000, width 128, batch 64', thousand.total)
  const twice = await run({ depth: 2000, width: 128, batch: 64 }, wasm, [])
  say(
    'depth 2000, the same',
    twice.total,
    `${(twice.total / thousand.total).toFixed(2)} x depth 1000`,
  )
  const config = { depth: 50_000, width: 64, batch: 16, mix: 'orthogonal', tie: 'depth' } as const
  const deep = await run(config, wasm, [])
  const mb = (process.resourceUsage().maxRSS / 1024).toFixed(0)
  say('depth 50,000, width 64, batch 16, orthogonal mixing', deep.total, `peak memory ${mb} MB`)
  say('  of which drawing weights', deep.weights)
}

async function pageTable() {
  for (const { what, ms, note } of await measurePage()) say(what, ms, note)
}

const sections = { chain: chainTable, phases: phaseTable, deep: deepRuns, page: pageTable }
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !Object.hasOwn(sections, name))
if (unknown.length > 0)
  throw new Error(
    `bench: a section must be one of ${Object.keys(sections).join(' ')}, got ${unknown.join(' ')}`,
  )

process.stdout.write(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}\n`)
for (const [name, table] of Object.entries(sections))
  if (chosen.length === 0 || chosen.includes(name)) await table()
mkdirSync('bench-results', { recursive: true })
writeFileSync('bench-results/bench.json', JSON.stringify({ node: process.version, rows }, null, 1))
