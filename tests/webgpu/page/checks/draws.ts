import type { LayerWeights } from '../../../../src/engine/backend.ts'
import { drawBias, drawFilter, drawWeight, planLayer } from '../../../../src/engine/draw.ts'
import { emptyRows } from '../../../../src/engine/statistics.ts'
import { webGpuBackend } from '../../../../src/engine/webgpu/backend.ts'
import { gpuWords } from '../../../../src/engine/webgpu/selfTest.ts'
import { words } from '../../../../src/math/random.ts'
import { defaultConfig, type NetworkConfig } from '../../../../src/model/config.ts'
import { type InitializationId, initializationIds } from '../../../../src/model/initializations.ts'
import { resolveNetwork } from '../../../../src/model/network.ts'
import { F32_HAAR, F32_NORMAL } from '../../../tolerances.ts'
import { type Check, demand, demandClose } from '../bench.ts'

const streams = [
  { seed: 0, role: 0, layer: 0 },
  { seed: 1, role: 1, layer: 1 },
  { seed: 0xffffffff, role: 7, layer: 50_000 },
  { seed: 0x13198a2e, role: 3, layer: 0x243f6a88 },
]
const WORDS = 1500

const wordsAgree: Check = async ({ gpu }) => {
  for (const stream of streams) {
    const found = await gpuWords(gpu, stream, WORDS)
    words(stream, WORDS).forEach((word, i) => {
      demand(found[i] === word, `word ${i} of ${JSON.stringify(stream)}: ${found[i]}, not ${word}`)
    })
  }
}

/** Weights of some layers against the CPU's, entry by entry. */
const drawsAgree =
  (overrides: Partial<NetworkConfig>): Check =>
  async ({ gpu }) => {
    const network = resolveNetwork({ ...defaultConfig, ...overrides })
    const { seed } = network.config
    const rows = emptyRows(network.depth)
    const opening = { network, seed, rows, weightBytes: 2 ** 20 }
    const runner = await webGpuBackend(gpu).open(opening)
    for (const layer of [1, 2, network.depth]) {
      const found = await runner.weights(layer)
      const { weightLayer, filterLayer } = planLayer(network, layer)
      const tolerance = isHaar(network.config.init) ? F32_HAAR : F32_NORMAL
      demandEqual(found.w, drawWeight(network, seed, weightLayer), tolerance, `W ${layer}`)
      demandEqual(found.b, drawBias(network, seed, weightLayer), F32_NORMAL, `b ${layer}`)
      demand((found.s === undefined) === (filterLayer === undefined), `S of layer ${layer}`)
      if (filterLayer === undefined) continue
      demandEqual(found.s!, drawFilter(network, seed, filterLayer), F32_HAAR, `S ${layer}`)
    }
    runner.dispose()
  }

const isHaar = (init: InitializationId) => init === 'orthogonal' || init === 'looks_linear'

function demandEqual(
  found: LayerWeights['w'],
  expected: Float64Array,
  tolerance: number,
  what: string,
): void {
  demand(found.length === expected.length, `${what} has ${found.length} entries`)
  const largest = expected.reduce((max, v) => Math.max(max, Math.abs(v)), 0)
  expected.forEach((v, i) => {
    demandClose(found[i]!, v, { tolerance, floor: largest, what: `${what}[${i}]` })
  })
}

const small = { depth: 5, batch: 3, seed: 4_000_000_001 }
const widths = [2, 6, 34, 64]

export const drawChecks: Readonly<Record<string, Check>> = {
  "the generator's words equal the CPU's, bit for bit": wordsAgree,
  ...Object.fromEntries(
    initializationIds.flatMap((init) =>
      widths.map((width) => [
        `${init} weights of width ${width} equal the CPU's`,
        drawsAgree({ ...small, init, width, sw: 1.7, sb: 0.3 }),
      ]),
    ),
  ),
  "orthogonal filters, one a block, equal the CPU's": drawsAgree({
    ...small,
    depth: 8,
    width: 19,
    mix: 'orthogonal',
    branch: 2,
  }),
  "tied weights equal the CPU's": drawsAgree({ ...small, width: 20, mix: 'orthogonal', tied: 1 }),
  'tiny and large scales come through': drawsAgree({ ...small, width: 8, sw: 1e-30, sb: 10 }),
}
