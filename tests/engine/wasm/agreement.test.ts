import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../src/engine/select.ts'
import { statisticIds, statistics } from '../../../src/engine/statistics.ts'
import { loadWasm } from '../../../src/engine/wasm/backend.ts'
import type { NetworkConfig } from '../../../src/model/config.ts'
import { resolveNetwork } from '../../../src/model/network.ts'
import { anyNetwork } from '../../state/arbitraries.ts'
import { ENGINES, ENGINES_SPECTRUM } from '../../tolerances.ts'
import { run, type TestRun } from '../run.ts'

let wasm: Engine

beforeAll(async () => {
  wasm = { ...(await loadWasm()), reason: 'test' }
})

/** Numbers beside which nothing else matters are left out: what cancels would be compared with them. */
function withoutSpecks(config: NetworkConfig): NetworkConfig {
  const entries = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === 'number' && value < 1e-6 ? 0 : value,
  ])
  return Object.fromEntries(entries) as NetworkConfig
}

/** Small enough for plain loops, shallow enough that no chaos amplifies rounding beyond the tolerance. */
const smaller = (config: NetworkConfig): NetworkConfig => ({
  ...config,
  depth: 1 + (config.depth % 9),
  width: 12 + 2 * (config.width % 12),
  batch: 3 + (config.batch % 12),
  distinct: 3,
  seeds: 1 + (config.seeds % 2),
  gain: Math.min(Math.max(config.gain, 0.5), 1.5),
  // Without weights, gain or differences to speak of, rows are almost equal and float32 subtracts them.
  rho: Math.min(config.rho, 0.9),
  sw: Math.max(config.sw, 0.3),
  // Nor is a bias large against the weights, which float32 must subtract again in the normalization.
  sb: Math.min(config.sb, Math.max(config.sw, 0.3)),
})

/** The largest disagreement of two rows where both are numbers; kinds of absence must agree exactly. */
function disagreement(a: Float64Array, b: Float64Array): number {
  return Math.max(
    ...Array.from(a, (v, l) => {
      const w = b[l]!
      if (Object.is(v, w) || v === w) return 0
      return Number.isFinite(v) && Number.isFinite(w) ? Math.abs(v - w) : Infinity
    }),
  )
}

/** Statistics that float32 resolves where rows or columns have not collapsed onto each other. */
function isResolved(id: string, reference: TestRun): boolean {
  const nearlySingular = reference.rows.isometry_gap.some((gap) => gap > 8)
  if (id === 'isometry_gap') return !nearlySingular
  return id !== 'sign_diversity'
}

const compare = fc.asyncProperty(anyNetwork.map(withoutSpecks).map(smaller), async (config) => {
  const { depth } = resolveNetwork(config)
  const [a, b] = [
    await run(config, { spectra: [depth] }),
    await run(config, { spectra: [depth], engine: wasm }),
  ]
  for (const id of statisticIds) {
    if (!isResolved(id, a)) continue
    const scale = statistics[id].isLog10 || id.includes('cosine') ? 1 : 10
    expect(disagreement(a.rows[id], b.rows[id]), id).toBeLessThan(scale * ENGINES)
  }
  const [s, t] = [a.spectra[0]!.log10SingularValues, b.spectra[0]!.log10SingularValues]
  expect(disagreement(s, t), 'spectrum').toBeLessThan(ENGINES_SPECTRUM)
})

describe('the wasm engine agrees with the reference engine', () => {
  it('on random legal networks', async () => {
    await fc.assert(compare, { numRuns: 300, seed: 20261121 })
  })
})
