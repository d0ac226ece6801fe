import { beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/engine/select.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { gaussianExpectation } from '../../src/math/quadrature.ts'
import { activationIds, activations } from '../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { batchLaw } from '../../src/theory/batchLaw.ts'
import { columnSlopes } from '../../src/theory/columnSlopes.ts'
import { forwardTrajectory } from '../../src/theory/forwardTrajectory.ts'
import { jacobianMoments } from '../../src/theory/jacobianMoments.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import { pairClasses } from '../../src/theory/pairClasses.ts'
import { slopeSpread } from '../../src/theory/slopeSpread.ts'
import { run } from '../engine/run.ts'
import { EXACT, JACOBIAN_MEAN, JACOBIAN_SPREAD, QUADRATURE, SLOPE_SPREAD } from '../tolerances.ts'

let engine: Engine
beforeAll(async () => {
  engine = { ...(await loadWasm()), reason: 'test' }
})

const momentsOf = (overrides: Partial<NetworkConfig>) => {
  const config = { ...defaultConfig, ...overrides }
  const network = resolveNetwork(config)
  return jacobianMoments(network, forwardTrajectory(network, 0, pairClasses(config, 0) ?? []))
}

describe('the spread of slopes', () => {
  it.each(activationIds)('of %s is that of its moments, between knots too', (act) => {
    const { dphi, kinks } = activations[act]
    for (const q of [1e-4, 0.037, 1, 9.3, 211]) {
      const root = Math.sqrt(q)
      const power = (p: number) =>
        gaussianExpectation(
          (z) => dphi(root * z, 0.01) ** p,
          kinks.map((kink) => kink / root),
        )
      const ratio = power(4) / power(2) ** 2
      const found = 1 + slopeSpread(plain(act), Math.log(q))
      expect(Math.abs(found / ratio - 1)).toBeLessThan(SLOPE_SPREAD)
    }
  })

  it('behind batch normalization gives the mean that the law of the batch gives', () => {
    const shape = { batch: 24, centred: true }
    for (const act of ['tanh', 'erf', 'arctan'] as const) {
      const slope = Math.exp(columnSlopes(plain(act), shape).lnSlope)
      // alone = E[f'^2] (1 - 1 / m) - E[z^2 f'^2] / m, and these slopes are steepest where z is small.
      const { alone } = batchLaw(plain(act), shape)
      const atLarge = (slope * (1 - 1 / shape.batch) - alone) * shape.batch
      expect(atLarge).toBeGreaterThan(0)
      expect(atLarge).toBeLessThan(slope)
    }
    expect(Math.abs(columnSlopes(plain('relu'), shape).lnSlope + Math.LN2)).toBeLessThan(QUADRATURE)
    expect(Math.abs(columnSlopes(plain('relu'), shape).spread - 1)).toBeLessThan(QUADRATURE)
  })
})

describe('moments of the Jacobian', () => {
  it('of Gaussian linear networks are those of the Fuss-Catalan law: mean 1, variance L', () => {
    const moments = momentsOf({ act: 'linear', depth: 12 })
    moments.forEach(({ lnMean, spread }, layer) => {
      expect(Math.abs(lnMean)).toBeLessThan(EXACT)
      expect(Math.abs(spread - layer)).toBeLessThan(EXACT * 12)
    })
  })

  it('of ReLU have variance 2 L with Gaussian and L with orthogonal weights', () => {
    const sw = Math.SQRT2
    const [gaussian, orthogonal] = (['gaussian', 'orthogonal'] as const).map((init) =>
      momentsOf({ act: 'relu', sw, init, depth: 10 }).at(-1),
    )
    expect(gaussian!.spread).toBeCloseTo(20, 9)
    expect(orthogonal!.spread).toBeCloseTo(10, 9)
    expect(gaussian!.lnMean).toBeCloseTo(0, 9)
  })

  it('keep to alpha^2 + beta^2 of the branch where blocks are mixed', () => {
    const moments = momentsOf({ act: 'linear', mix: 'skip', tie: 'sum', branch: 2, depth: 6 })
    expect(moments[6]!.lnMean).toBeCloseTo(3 * Math.LN2, 9)
    // A block: (2 alpha^2 beta^2 a + beta^4 a^2 spread) / mean^2 = (2 + 2) / 4.
    expect(moments[2]!.spread).toBeCloseTo(1, 9)
  })

  it.each<readonly [string, Partial<NetworkConfig>]>([
    ['tanh, Gaussian', { act: 'tanh' }],
    ['tanh, orthogonal', { act: 'tanh', init: 'orthogonal', sw: 1.2, sb: 0.1 }],
    ['relu, orthogonal', { act: 'relu', init: 'orthogonal', sw: Math.SQRT2 }],
    ['hard_tanh, uniform', { act: 'hard_tanh', init: 'uniform', sw: 1.3 }],
    ['selu behind layer norm', { act: 'selu', norm: 'layer' }],
    ['tanh behind batch norm', { act: 'tanh', norm: 'batch', batch: 32, init: 'orthogonal' }],
    ['tanh, filtered', { act: 'tanh', mix: 'orthogonal', alpha: 0.7 }],
    ['tanh in residual blocks', { act: 'tanh', mix: 'skip', tie: 'sum', branch: 2 }],
    ['erf before the weights', { act: 'erf', order: 'norm_act_linear', sw: 1.2 }],
  ])('are those of the engine at width 512: %s', async (_, overrides) => {
    const config = { batch: 8, depth: 6, ...overrides }
    const moments = momentsOf(config)
    const { spectra } = await run({ ...config, width: 512 }, { engine, spectra: [2, 6] })
    for (const { layer, log10SingularValues } of spectra) {
      const squares = log10SingularValues.map((value) => 100 ** value)
      const mean = squares.reduce((sum, s) => sum + s, 0) / squares.length
      const spread = squares.reduce((sum, s) => sum + (s / mean - 1) ** 2, 0) / squares.length
      const { lnMean, spread: predicted } = moments[layer]!
      expect(Math.abs(Math.log(mean) - lnMean)).toBeLessThan(JACOBIAN_MEAN)
      expect(Math.abs(Math.log((1 + spread) / (1 + predicted)))).toBeLessThan(JACOBIAN_SPREAD)
    }
  })
})
