import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/select.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { mean } from '../../src/math/summary.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { freeProductLaw, type SlopeLaw } from '../../src/theory/freeProduct.ts'
import { fussCatalanEdge, fussCatalanQuantile } from '../../src/theory/fussCatalan.ts'
import { finiteWidthShift } from '../../src/theory/gaussianProduct.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { slopeLaw } from '../../src/theory/slopeLaw.ts'
import { slopeSpread } from '../../src/theory/slopeSpread.ts'
import { predictSpectra } from '../../src/theory/spectrumForecast.ts'
import { survivalShift } from '../../src/theory/survivingVolumes.ts'
import { run } from '../engine/run.ts'
import { FREE_PRODUCT, SLOPE_LAW, SPECTRUM_OF_LAYERS, SURVIVING_SPECTRUM } from '../tolerances.ts'

let engine: Engine
beforeAll(async () => {
  engine = { ...(await loadWasm()), reason: 'test' }
})

/** Largest distance in share between a law and the quantiles it should have. */
function distance(law: ReturnType<typeof freeProductLaw>, quantile: (above: number) => number) {
  const shareAt = (ln: number) => law.above[law.ln.findIndex((value) => value <= ln)]!
  const shares = [0.02, 0.1, 0.3, 0.5, 0.7, 0.9]
  return Math.max(...shares.map((above) => Math.abs(shareAt(quantile(above)) - above)))
}

const relu: SlopeLaw = { values: Float64Array.of(0, 2), shares: Float64Array.of(0.5, 0.5) }

describe('a product of free matrices', () => {
  it.each([1, 2, 5, 20])('follows the Fuss-Catalan law of %i Gaussian factors', (gaussians) => {
    const options = { from: fussCatalanEdge(gaussians) + 1, step: 0.02 * gaussians, share: 0.95 }
    const law = freeProductLaw({ diagonals: [], gaussians }, options)
    const off = distance(law, (above) => fussCatalanQuantile(gaussians, above))
    expect(off).toBeLessThan(FREE_PRODUCT)
  })

  it('of L orthogonal ReLU layers of one kind leaves one half alive', () => {
    const factors = { diagonals: [{ law: relu, count: 3 }], gaussians: 0 }
    const law = freeProductLaw(factors, { from: 4, step: 0.1, share: 0.49 })
    expect(law.above.at(-1)!).toBeGreaterThan(0.49)
    expect(law.above.at(-1)!).toBeLessThan(0.51)
  })

  it('does not depend on how equal factors are written', () => {
    const options = { from: 4, step: 0.05, share: 0.4 }
    const together = freeProductLaw({ diagonals: [{ law: relu, count: 2 }], gaussians: 2 }, options)
    const one = { law: relu, count: 1 }
    const apart = freeProductLaw({ diagonals: [one, one], gaussians: 2 }, options)
    expect(apart.ln).toEqual(together.ln)
    apart.above.forEach((above, i) => {
      expect(above).toBeCloseTo(together.above[i]!, 9)
    })
  })
})

describe('the law of slopes', () => {
  it.each(['tanh', 'relu', 'hard_tanh', 'gelu', 'selu'] as const)(
    'has the moments of %s',
    (act) => {
      for (const q of [0.01, 1, 9]) {
        const { values, shares } = slopeLaw(act, 0.01, Math.log(q))
        const mean = values.reduce((sum, v, i) => sum + v * shares[i]!, 0)
        const square = values.reduce((sum, v, i) => sum + v * v * shares[i]!, 0)
        expect(mean).toBeCloseTo(1, 12)
        const wanted = 1 + slopeSpread(plain(act), Math.log(q))
        expect(Math.abs(square / wanted - 1)).toBeLessThan(SLOPE_LAW)
      }
    },
  )
})

describe('predicted spectra', () => {
  it.each<readonly [string, Partial<NetworkConfig>]>([
    ['tanh, Gaussian', { act: 'tanh' }],
    ['tanh, orthogonal, critical', { act: 'tanh', init: 'orthogonal', sw: 1.2, sb: 0.1 }],
    ['relu, Gaussian', { act: 'relu', sw: Math.SQRT2 }],
    ['hard_tanh, orthogonal', { act: 'hard_tanh', init: 'orthogonal' }],
    ['erf behind layer norm', { act: 'erf', norm: 'layer' }],
    ['relu behind batch norm', { act: 'relu', norm: 'batch', batch: 32 }],
    ['elu before the weights', { act: 'elu', order: 'norm_act_linear' }],
    ['tanh with fading gain', { act: 'tanh', gain_decay: 0.3, init: 'orthogonal' }],
  ])('are those of the engine over all ranks: %s', async (_, overrides) => {
    const config = { ...defaultConfig, width: 256, depth: 16, batch: 8, ...overrides }
    const { spectra } = await run(config, { engine, spectra: [2, 16] })
    const start = { log10Rms: 0, meanCosine: 0 }
    const forecasts = predictSpectra(resolveNetwork(config), start, [2, 16])
    for (const [at, { log10SingularValues: found, layer }] of spectra.entries()) {
      const predicted = forecasts[at]!.log10SingularValues!
      const both = [...found.keys()].filter(
        (i) => found[i]! > -Infinity && predicted[i]! > -Infinity,
      )
      // Units that happen to be dead: a matter of a few, of sqrt(n p (1 - p)) = 8.
      expect(both.length).toBeGreaterThan(found.filter(Number.isFinite).length - 24)
      expect(both.length).toBeGreaterThan(predicted.filter(Number.isFinite).length - 24)
      const off = both.reduce((sum, i) => sum + Math.abs(found[i]! - predicted[i]!), 0)
      expect(off / both.length).toBeLessThan(SPECTRUM_OF_LAYERS * Math.sqrt(layer))
    }
  })
})

describe('survivalShift(survivors)', () => {
  it('is the shift of Lyapunov exponents where all units survive, and nothing for rotations', () => {
    const whole = { width: 24, share: 1, alive: 24 }
    const shifts = survivalShift({ ...whole, isGaussian: true })
    for (const [i, shift] of shifts.entries())
      expect(shift).toBeCloseTo(finiteWidthShift(24, i), 12)
    for (const shift of survivalShift({ ...whole, isGaussian: false }))
      expect(shift).toBeCloseTo(0, 12)
  })

  it.each<readonly [string, Partial<NetworkConfig>]>([
    ['Gaussian', { sw: Math.SQRT2 }],
    ['orthogonal', { sw: Math.SQRT2, init: 'orthogonal' }],
    ['layer norm', { norm: 'layer' }],
  ])('puts the directions that ReLU leaves where the engine has them: %s', async (_, overrides) => {
    const relu = { ...defaultConfig, act: 'relu', width: 64, depth: 100, batch: 8 } as const
    const config: NetworkConfig = { ...relu, ...overrides }
    const start = { log10Rms: 0, meanCosine: 0 }
    const [predicted] = predictSpectra(resolveNetwork(config), start, [100])
    const theory = predicted!.log10SingularValues!.filter(Number.isFinite)
    const found: Float64Array[] = []
    for (const seed of [1, 2, 3]) {
      const { spectra } = await run({ ...config, seed }, { engine, spectra: [100] })
      found.push(spectra[0]!.log10SingularValues.filter(Number.isFinite))
    }
    const ranks = Math.min(theory.length, ...found.map(({ length }) => length))
    let off = 0
    for (let i = 0; i < ranks; i++) off += Math.abs(theory[i]! - mean(found.map((one) => one[i]!)))
    expect(off / ranks).toBeLessThan(SURVIVING_SPECTRUM)
  })
})
