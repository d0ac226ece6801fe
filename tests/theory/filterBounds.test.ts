import { describe, expect, it } from 'vitest'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { filterBounds } from '../../src/theory/filterBounds.ts'
import { semicircleQuantiles } from '../../src/theory/filteredSpectrum.ts'
import { predictSpectra } from '../../src/theory/spectrumForecast.ts'
import { steepestSlope } from '../../src/theory/steepestSlope.ts'
import { run } from '../engine/run.ts'
import { EXACT, FILTERED_SPECTRUM, SEARCHED_MAXIMUM } from '../tolerances.ts'

const base = {
  ...defaultConfig,
  mix: 'orthogonal',
  tie: 'depth',
  width: 64,
  depth: 100,
  batch: 2,
} as const
const boundsOf = (overrides: Partial<NetworkConfig>, layer: number) =>
  filterBounds(resolveNetwork({ ...base, ...overrides }), layer)

describe('the steepest slope', () => {
  it.each([
    ['tanh', 1],
    ['relu', 1],
    ['sigmoid', 0.25],
    ['selu', 1.7580993408473766],
    ['gelu', 1.1289],
    ['silu', 1.09984],
  ] as const)('of %s is %f', (act, wanted) => {
    const found = steepestSlope(act, 0.01)
    expect(found).toBeGreaterThanOrEqual(wanted)
    expect(found / wanted - 1).toBeLessThan(SEARCHED_MAXIMUM)
  })
})

describe('bounds of filtered networks', () => {
  it('are (alpha -+ beta s)^L', () => {
    const { lnLow, lnHigh } = boundsOf({ init: 'orthogonal', c: 1 }, 100)!
    expect(lnHigh).toBeCloseTo(100 * Math.log(1), 3)
    expect(lnLow).toBeCloseTo(100 * Math.log(0.98), 3)
  })

  it('multiply slopes and norms within a block', () => {
    const tie = {
      tie: 'free',
      alpha: 1,
      beta: 0.1,
      branch: 2,
      depth: 4,
      init: 'orthogonal',
      sw: 2,
    } as const
    const { lnHigh } = boundsOf(tie, 4)!
    expect(lnHigh).toBeCloseTo(2 * Math.log(1 + 0.1 * 4), 5)
    expect(boundsOf(tie, 3)).toBeNull()
  })

  it('leave nothing to hold on to where the branch can outweigh the filter', () => {
    expect(boundsOf({ tie: 'convex', alpha: 0.5 }, 10)!.lnLow).toBe(-Infinity)
  })

  it('are not known for what they do not describe', () => {
    expect(boundsOf({ mix: 'none' }, 1)).toBeNull()
    expect(boundsOf({ norm: 'layer' }, 1)).toBeNull()
    expect(boundsOf({ init: 'uniform' }, 1)).toBeNull()
  })
})

describe('filtered networks', () => {
  it.each<readonly [string, Partial<NetworkConfig>]>([
    ['tanh, c = 1', {}],
    ['tanh, c = 3', { c: 3 }],
    ['relu, c = 2', { act: 'relu', c: 2 }],
    ['identity skip', { mix: 'skip' }],
    ['orthogonal weights', { init: 'orthogonal', c: 2 }],
    ['blocks of two layers', { branch: 2 }],
    ['a fixed share', { tie: 'convex', alpha: 0.99 }],
  ])('lie within their bounds, on a semicircle: %s', async (_, overrides) => {
    const config = { ...base, ...overrides }
    const { spectra } = await run(config, { spectra: [100] })
    const [forecast] = predictSpectra(resolveNetwork(config), { log10Rms: 0, meanCosine: 0 }, [100])
    const { bounds, log10SingularValues: predicted } = forecast!
    const found = spectra[0]!.log10SingularValues
    expect(found[0]!).toBeLessThan(bounds!.high)
    expect(found.at(-1)!).toBeGreaterThan(bounds!.low)
    found.forEach((value, i) => {
      expect(Math.abs(value - predicted![i]!)).toBeLessThan(FILTERED_SPECTRUM)
    })
  })

  it('have a mean and a variance that a semicircle has', () => {
    const values = semicircleQuantiles({ centre: -1, halfWidth: 0.5 }, 4000)
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length
    expect(Math.abs(mean + 1)).toBeLessThan(EXACT * 10)
    expect(variance).toBeCloseTo(0.25 / 4, 5)
  })
})
