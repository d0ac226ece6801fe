import { describe, expect, test } from 'vitest'
import { mean, variance } from '../../src/math/summary.ts'
import type { NetworkConfig } from '../../src/model/config.ts'
import { isLengthTypical, lengthFluctuation } from '../../src/theory/lengthFluctuation.ts'
import { LENGTH_FLUCTUATION, MIRRORED_FLUCTUATION } from '../tolerances.ts'
import { copiedForward, drawnNetworks, lnSquare } from './copiedSample.ts'

function fluctuationOf(config: Partial<NetworkConfig>) {
  const { network, forward } = copiedForward(config)
  return { network, forward, lengths: lengthFluctuation(network, forward) }
}

describe('lengthFluctuation(network, forward) is what 128 networks do', () => {
  test.each([
    [{ act: 'relu', sw: Math.SQRT2 }],
    [{ act: 'tanh', sw: 1.5, sb: 0.3 }],
    [{ act: 'tanh', sw: 1.5, sb: 0.3, order: 'norm_act_linear' }],
    [{ act: 'gelu', sw: 1.4 }],
    [{ act: 'gelu', sw: 1.4, sb: 1, init: 'orthogonal' }],
    [{ act: 'softplus', order: 'norm_act_linear', init: 'orthogonal' }],
    [{ act: 'mish', sb: 3, order: 'norm_act_linear', branch: 3 }],
    [{ act: 'relu', sb: 0.5, order: 'norm_act_linear' }],
    [{ act: 'linear', sb: 1, init: 'orthogonal' }],
    [{ act: 'selu', mix: 'skip', alpha: 0.5 }],
    [{ act: 'elu', mix: 'orthogonal', tie: 'sum', branch: 2 }],
    [{ act: 'relu', init: 'looks_linear' }],
    [{ act: 'tanh', init: 'looks_linear', gpn: 1 }],
  ] as const satisfies readonly (readonly [Partial<NetworkConfig>])[])('%o', async (config) => {
    const runs = await drawnNetworks(config)
    const { network, lengths } = fluctuationOf(config)
    const layers = Array.from({ length: network.depth }, (_, l) => l + 1)
    const lnRatios = layers.map((l) => {
      const seen = variance(runs.map((run) => lnSquare(run.log10_activation_rms[l]!)))
      return Math.log(seen / lengths.ofNetworks[l]!)
    })
    const isMirrored = network.config.init === 'looks_linear'
    expect(Math.abs(mean(lnRatios))).toBeLessThan(
      Math.log(isMirrored ? MIRRORED_FLUCTUATION : LENGTH_FLUCTUATION),
    )
  })
})

test('lengthFluctuation(normalized network) is zero: every layer starts afresh', () => {
  const { lengths } = fluctuationOf({ act: 'gelu', norm: 'layer' })
  expect([...lengths.ofNetworks, ...lengths.ofSamples].every((v) => v === 0)).toBe(true)
})

test('lengthFluctuation(network) of copies: a sample does not differ from itself', () => {
  const { lengths } = fluctuationOf({ act: 'gelu', sw: 1.4 })
  expect(lengths.ofSamples.every((v) => v === 0)).toBe(true)
})

test('isLengthTypical(network, forward, lengths) gives up where the length map is unstable', () => {
  const typical = (config: Partial<NetworkConfig>) => {
    const { network, forward, lengths } = fluctuationOf(config)
    return isLengthTypical(network, forward, lengths)
  }
  expect(typical({ act: 'gelu', sw: 1.4, depth: 16 })).toBe(false)
  expect(typical({ act: 'gelu', sw: 1.4, depth: 6 })).toBe(true)
  expect(typical({ act: 'gelu', sw: 1.4, depth: 100, norm: 'rms' })).toBe(true)
})
