import { beforeAll, describe, expect, it } from 'vitest'
import { fitsFloat32, type Given } from '../../src/engine/given.ts'
import { networkArrays } from '../../src/engine/networkArrays.ts'
import type { Engine } from '../../src/engine/select.ts'
import { statisticIds, statistics } from '../../src/engine/statistics.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { importNetwork } from '../../src/export/importNetwork.ts'
import { encodeNpz } from '../../src/export/npy.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { ENGINES, GIVEN_SAME } from '../tolerances.ts'
import { referenceEngine, run, type TestRun } from './run.ts'

let wasm: Engine

beforeAll(async () => {
  wasm = { ...(await loadWasm()), reason: 'test' }
})

const small = { depth: 6, width: 12, batch: 5, seed: 3 }

/** Networks whose arrays come from every place that arrays can come from. */
const cases: Readonly<Record<string, Partial<NetworkConfig>>> = {
  plain: {},
  'biases and a scale': { sw: 1.7, sb: 0.4, act: 'relu' },
  'small weights': { sw: 1e-4, act: 'linear' },
  'mirrored weights': { init: 'looks_linear', act: 'relu' },
  'filters of blocks': { mix: 'orthogonal', branch: 2, init: 'orthogonal' },
  'shared weights': { tied: 1, sb: 0.2 },
  'a circle, batch norm': { data: 'circle', norm: 'batch' },
}

/** Draws a network, writes it to a file, and reads it again. */
async function throughFile({ backend }: Engine, config: NetworkConfig): Promise<Given> {
  const network = resolveNetwork(config)
  const opening = { network, seed: config.seed, weightBytes: 2 ** 20 }
  const file = importNetwork(encodeNpz({ ...(await networkArrays(backend, opening)) }))
  return { weights: { ...file, id: 1 }, x0: file.inputs?.x }
}

function disagreement(one: TestRun, other: TestRun): number {
  const gaps = statisticIds.flatMap((id) => {
    const scale = statistics[id].isLog10 || id.includes('cosine') ? 1 : 10
    return Array.from(one.rows[id], (v, l) => {
      const w = other.rows[id][l]!
      return Object.is(v, w) ? 0 : Math.abs(v - w) / scale
    })
  })
  return Math.max(...gaps.map((gap) => (Number.isNaN(gap) ? Infinity : gap)))
}

describe.each(Object.entries(cases))('a network from a file: %s', (_, changes) => {
  const config = { ...defaultConfig, ...small, ...changes }
  // The laws of the settings must not matter once the arrays are given.
  const others = { init: 'uniform', sw: 3, sb: 2, data: 'repeated' } as const
  const spectra = [resolveNetwork(config).depth]

  it.each(['reference', 'wasm'])('gives the statistics of the drawn one, %s', async (id) => {
    const engine = id === 'wasm' ? wasm : referenceEngine
    const given = await throughFile(engine, config)
    const drawn = await run(config, { engine, spectra })
    const taken = await run({ ...config, ...others }, { engine, spectra, given })
    expect(disagreement(drawn, taken)).toBeLessThan(GIVEN_SAME)
    expect(taken.spectra[0]?.log10SingularValues.length).toBe(small.width)
  })

  it('gives the same on both engines', async () => {
    const given = await throughFile(referenceEngine, config)
    const [one, other] = [await run(config, { given }), await run(config, { engine: wasm, given })]
    expect(disagreement(one, other)).toBeLessThan(ENGINES)
  })
})

it('another file in the place of one is not taken for it', async () => {
  const config = { ...defaultConfig, ...small }
  const first = await throughFile(wasm, config)
  const second = await throughFile(wasm, { ...config, seed: 4 })
  const given = { ...second, weights: second.weights && { ...second.weights, id: 2 } }
  await run(config, { engine: wasm, given: first })
  const taken = await run(config, { engine: wasm, given })
  const alone = await run(config, { engine: referenceEngine, given })
  expect(disagreement(taken, alone)).toBeLessThan(ENGINES)
})

it('numbers that float32 has no room for are told from those that fit', async () => {
  const { weights } = await throughFile(referenceEngine, { ...defaultConfig, ...small })
  if (!weights) throw new Error('the file must hold weights')
  const scaled = (factor: number, from = 0) => {
    const w = weights.w.map((v, i) => (i < from ? v : v * factor))
    return fitsFloat32({ weights: { ...weights, w } }, small.width)
  }
  const last = 5 * small.width ** 2
  expect([scaled(1), scaled(1e-4), scaled(0)]).toEqual([true, true, true])
  expect([scaled(1e-9), scaled(1e-9, last), scaled(1e20, last)]).toEqual([false, false, false])
  expect(fitsFloat32({ x0: Float64Array.of(1, 1e30) }, 2)).toBe(false)
})

it('the reference engine takes numbers of any size that a file may hold', async () => {
  const config = { ...defaultConfig, ...small, act: 'linear' } as const
  const { weights, x0 } = await throughFile(referenceEngine, config)
  if (!weights || !x0) throw new Error('the file must hold weights and inputs')
  const tiny = { weights: { ...weights, w: weights.w.map((v) => v * 1e-90) }, x0 }
  const huge = { weights, x0: x0.map((v) => v * 1e90) }
  const [drawn, small90, large90] = [
    await run(config, {}),
    await run(config, { given: tiny }),
    await run(config, { given: huge }),
  ]
  const [signal, first] = [drawn.rows.log10_activation_rms, drawn.rows.log10_gradient_rms]
  expect(small90.rows.log10_activation_rms[6]! + 540).toBeCloseTo(signal[6]!, 9)
  expect(small90.rows.log10_gradient_rms[0]! + 540).toBeCloseTo(first[0]!, 9)
  expect(large90.rows.log10_activation_rms[6]! - 90).toBeCloseTo(signal[6]!, 9)
})

it('a file with too few layers, or other inputs than the batch, is refused', async () => {
  const config = { ...defaultConfig, ...small }
  const given = await throughFile(referenceEngine, config)
  await expect(run({ ...config, depth: 7 }, { given })).rejects.toThrow('7 matrices')
  await expect(run({ ...config, batch: 6 }, { given })).rejects.toThrow('72 entries')
})
