import { defaultConfig } from '../model/config.ts'
import { resolveNetwork } from '../model/network.ts'
import type { Backend } from './backend.ts'
import { emptyRows } from './statistics.ts'

/** A network as the page shows them, and runs of it: the first warms up. */
const config = { ...defaultConfig, depth: 100 }
const RUNS = 3
const WEIGHT_BYTES = 2 ** 24

/** Milliseconds of the fastest of a few runs, forward and backward, weights drawn anew in each. */
export async function timeBackend(backend: Backend): Promise<number> {
  let fastest = Infinity
  for (let seed = 1; seed <= RUNS; seed++) {
    const start = performance.now()
    await runOnce(backend, seed)
    if (seed > 1) fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest
}

async function runOnce(backend: Backend, seed: number): Promise<void> {
  const network = resolveNetwork(config)
  const rows = emptyRows(network.depth)
  const span = { from: 0, to: network.depth }
  const runner = await backend.open({ network, seed, rows, weightBytes: WEIGHT_BYTES })
  try {
    await runner.forward(span, { record: true, measure: true })
    await runner.startBackward()
    await runner.backward(span)
  } finally {
    runner.dispose()
  }
}
