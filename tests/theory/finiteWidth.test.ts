import { describe, expect, test } from 'vitest'
import { mean, standardError, variance } from '../../src/math/summary.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { type FiniteWidth, finiteWidth } from '../../src/theory/finiteWidth.ts'
import { beyondFirstOrder, slopesOf } from '../../src/theory/homogeneousSum.ts'
import { relativeError } from '../math/relativeError.ts'
import { EXACT, FIVE_STANDARD_ERRORS, SECOND_ORDER_WALK } from '../tolerances.ts'
import { COPIED, copiedForward, drawnNetworks, DRAWN_NETWORKS, lnSquare } from './copiedSample.ts'

const SW = Math.SQRT2
const { width: WIDTH, depth: DEPTH } = COPIED

function walkOf(config: Partial<NetworkConfig>): FiniteWidth | null {
  const { network, forward } = copiedForward(config)
  return finiteWidth(network, forward)
}

describe('finiteWidth(network, forward) of one sample', () => {
  // Hanin 2018, arXiv:1801.03744, theorem 3: 5 / n a layer for ReLU; 3 / n of them are not the weights' own.
  test.each([
    ['relu', 'gaussian', 5],
    ['relu', 'orthogonal', 3],
    ['linear', 'gaussian', 2],
    ['linear', 'orthogonal', 0],
    ['abs', 'gaussian', 2],
  ] as const)('walks through %s with %s weights by %d / n a layer', (act, init, perLayer) => {
    const { signalVariance, signalDrift } = walkOf({ act, init })!
    const expected = (perLayer * DEPTH) / WIDTH
    expect(relativeError(signalVariance![DEPTH]!, expected)).toBeLessThan(EXACT)
    const isRotation = init === 'orthogonal'
    const slopes = slopesOf({ ...defaultConfig, act })
    const beyond = DEPTH * beyondFirstOrder(slopes, WIDTH, isRotation)
    expect(relativeError(signalDrift[DEPTH]!, beyond - expected / 2)).toBeLessThan(EXACT)
  })

  test('is a walk of the signal only where nothing restores lengths', () => {
    for (const config of [{ act: 'tanh' }, { act: 'relu', norm: 'layer' }, { act: 'relu', sb: 1 }])
      expect(walkOf(config as Partial<NetworkConfig>)!.signalVariance).toBeNull()
  })

  test('does not exist behind batch normalization', () => {
    expect(walkOf({ norm: 'batch', batch: 8, data: 'gaussian' })).toBeNull()
  })
})

describe.each([
  [{ act: 'relu', sw: SW }],
  [{ act: 'relu', sw: SW, init: 'orthogonal' }],
  [{ act: 'abs', order: 'norm_act_linear' }],
  [{ act: 'leaky_relu', slope: 0.3, sw: 1.3 }],
  [{ act: 'linear' }],
  [{ act: 'relu', sw: SW, mix: 'orthogonal', alpha: 0.5, branch: 2 }],
  [{ act: 'leaky_relu', slope: 0.5, init: 'orthogonal', mix: 'skip', tie: 'sum' }],
] as const satisfies readonly (readonly [Partial<NetworkConfig>])[])(
  'finiteWidth(%o) is what 128 networks do',
  async (config) => {
    const runs = await drawnNetworks(config)
    const walk = walkOf(config)!
    const { forward } = copiedForward(config)
    // From layer 0 up and from the top down, so that neither input nor cotangent adds anything.
    const signal = runs.map(({ log10_activation_rms: row }) => lnSquare(row[DEPTH]! - row[0]!))
    const gradient = runs.map(({ log10_gradient_rms: row }) => lnSquare(row[0]! - row[DEPTH]!))
    const ofVariance = Math.sqrt(2 / (DRAWN_NETWORKS - 1))

    test.each([
      ['signal', signal, walk.signalVariance![DEPTH]!],
      ['gradient', gradient, walk.gradientVariance![0]!],
    ] as const)('in variance, %s', (_name, values, expected) => {
      const allowed = FIVE_STANDARD_ERRORS * ofVariance + (SECOND_ORDER_WALK * DEPTH) / WIDTH
      expect(Math.abs(Math.log(variance(values) / expected))).toBeLessThan(allowed)
    })

    test('in drift, signal', () => {
      const expected = forward.lnX[DEPTH]! + walk.signalDrift[DEPTH]!
      const allowed = FIVE_STANDARD_ERRORS * standardError(signal)
      expect(Math.abs(mean(signal) - expected)).toBeLessThan(allowed)
    })
  },
)
