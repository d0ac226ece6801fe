import { describe, expect, it } from 'vitest'
import { activationIds } from '../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { initializationIds } from '../../src/model/initializations.ts'
import { normalizationIds } from '../../src/model/normalizations.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { predictSpectra } from '../../src/theory/spectrumForecast.ts'
import { run } from '../engine/run.ts'
import { EXACT_PRODUCT, UNIVERSAL_SPECTRUM } from '../tolerances.ts'

const start = { log10Rms: 0, meanCosine: 0 }
const predict = (overrides: Partial<NetworkConfig>, layers: readonly number[]) =>
  predictSpectra(resolveNetwork({ ...defaultConfig, ...overrides }), start, layers)

/** Largest distance over the ranks. */
const distance = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, v, i) => (v === b[i] ? most : Math.max(most, Math.abs(v - b[i]!))), 0)

describe('the spectrum of a network without chance', () => {
  it.each<readonly [string, Partial<NetworkConfig>]>([
    ['linear, orthogonal', { act: 'linear', init: 'orthogonal', sw: 1.3, gain_decay: 0.4 }],
    ['the same with one matrix', { act: 'linear', init: 'orthogonal', tied: 1, sw: 0.7 }],
    ['weights last', { act: 'linear', init: 'orthogonal', order: 'norm_act_linear', gain: 2 }],
    ['looks-linear ReLU', { act: 'relu', init: 'looks_linear' }],
    ['looks-linear leaky ReLU', { act: 'leaky_relu', slope: 0.3, init: 'looks_linear', sw: 0.9 }],
    ['looks-linear identity', { act: 'linear', init: 'looks_linear' }],
    ['looks-linear modulus', { act: 'abs', init: 'looks_linear' }],
  ])('is known exactly: %s', async (_, overrides) => {
    const config = { width: 16, depth: 7, batch: 3, ...overrides }
    const forecasts = predict(config, [1, 2, 7])
    const { spectra } = await run(config, { spectra: [1, 2, 7] })
    spectra.forEach(({ layer, log10SingularValues }, i) => {
      expect(forecasts[i]!.layer).toBe(layer)
      const predicted = forecasts[i]!.log10SingularValues!
      expect(predicted).toHaveLength(16)
      expect(distance(log10SingularValues, predicted)).toBeLessThan(EXACT_PRODUCT * 10)
    })
  })
})

describe('the spectrum of a linear network with independent weights', () => {
  it.each(['gaussian', 'uniform'] as const)(
    'is the same for every law of them: %s',
    async (init) => {
      const config = {
        act: 'linear',
        init,
        width: 128,
        depth: 8,
        batch: 2,
        sw: 1.5,
        gain: 0.8,
      } as const
      const [forecast] = predict(config, [8])
      const { spectra } = await run(config, { spectra: [8] })
      const [found, predicted] = [spectra[0]!.log10SingularValues, forecast!.log10SingularValues!]
      const off = found.map((value, i) => Math.abs(value - predicted[i]!))
      expect(off.reduce((sum, v) => sum + v, 0) / 128).toBeLessThan(UNIVERSAL_SPECTRUM)
    },
  )

  it('grows by Lyapunov exponents in the long run', () => {
    const [shallow, deep] = predict({ act: 'linear', width: 8, depth: 4000 }, [2000, 4000])
    expect(deep!.law).toBe('Lyapunov exponents')
    const growth = (deep!.log10SingularValues![7]! - shallow!.log10SingularValues![7]!) / 2000
    // (ln 2 + psi(1 / 2) - ln 8) / 2
    expect(growth * Math.LN10).toBeCloseTo((-1.9635100260214235 - Math.log(4)) / 2, 2)
  })
})

describe('a predicted spectrum', () => {
  it.each(normalizationIds)('is one, for every activation and initialization: norm=%s', (norm) => {
    // Uncentred batches are described without a bias.
    const sb = norm === 'batch_uncentered' ? 0 : 0.1
    let known = 0
    for (const act of activationIds) {
      for (const init of initializationIds) {
        const config = { act, init, norm, width: 32, batch: 8, depth: 6, sb }
        const values = predict(config, [6])[0]?.log10SingularValues
        if (!values) continue
        known++
        expect(values).toHaveLength(32)
        values.forEach((value, i) => {
          expect(value).toBeLessThan(3)
          if (i > 0) expect(value).toBeLessThanOrEqual(values[i - 1]!)
        })
      }
    }
    expect(known).toBeGreaterThan(5)
  })
})

describe('no prediction', () => {
  it.each<readonly [string, Partial<NetworkConfig>]>([
    ['one matrix for all layers', { act: 'tanh', tied: 1 }],
    ['one Gaussian matrix', { act: 'linear', tied: 1 }],
    ['a looks-linear network with a bias', { act: 'relu', init: 'looks_linear', sb: 0.1 }],
    ['a batch as large as the layer', { act: 'relu', norm: 'batch', batch: 128 }],
    ['moments that a few directions decide', { act: 'tanh', width: 16 }],
    ['means that add up along a skip', { act: 'relu', mix: 'skip', norm: 'layer', tie: 'sum' }],
  ])('of %s', (_, overrides) => {
    expect(predict({ depth: 64, ...overrides }, [64])).toEqual([null])
  })

  it('costs nothing where nobody asks', () => {
    expect(predict({ act: 'tanh', depth: 50_000 }, [])).toEqual([])
  })
})
