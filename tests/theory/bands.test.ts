import { describe, expect, it } from 'vitest'
import type { NetworkConfig } from '../../src/model/config.ts'
import { FIVE_STANDARD_ERRORS } from '../tolerances.ts'
import { copiedConfig, drawnNetworks, DRAWN_NETWORKS } from './copiedSample.ts'
import { predicted } from './prediction.ts'

const copied: Partial<NetworkConfig> = copiedConfig({})
const ONE_DIRECTION = { meanCosine: 1 }

describe.each([
  [{ act: 'relu', sw: Math.SQRT2 }],
  [{ act: 'linear' }],
  [{ act: 'leaky_relu', slope: 0.3, init: 'orthogonal', order: 'norm_act_linear' }],
] as const satisfies readonly (readonly [Partial<NetworkConfig>])[])(
  'between the bands of %o',
  async (config) => {
    const runs = await drawnNetworks(config)
    const { bands } = predicted({ ...copied, ...config }, ONE_DIRECTION)

    it.each([
      ['log10_activation_rms', 'up from the input', 0],
      ['log10_gradient_rms', 'down from the top', -1],
    ] as const)('%s of eight in ten networks lies, %s', (row, _, from) => {
      const { low, high } = bands[row]!
      const far = from === 0 ? low.length - 1 : 0
      // From where the signal or the gradient sets out, so that its own size adds nothing.
      const ends = runs.map((rows) => rows[row][far]! - rows[row].at(from)!)
      const inside = ends.filter((value) => value > low[far]! && value < high[far]!).length
      const standardError = Math.sqrt((0.8 * 0.2) / DRAWN_NETWORKS)
      expect(Math.abs(inside / DRAWN_NETWORKS - 0.8)).toBeLessThan(
        FIVE_STANDARD_ERRORS * standardError,
      )
    })
  },
)

describe.each([
  [{ act: 'relu', norm: 'layer' }],
  [{ act: 'gelu', norm: 'rms' }],
  [{ act: 'tanh', norm: 'layer', init: 'orthogonal' }],
] as const satisfies readonly (readonly [Partial<NetworkConfig>])[])(
  'with normalization, between the band of %o',
  async (config) => {
    const runs = await drawnNetworks({ ...config, depth: 40, width: 32 })
    const prediction = predicted({ ...copied, ...config, depth: 40, width: 32 }, ONE_DIRECTION)

    it('the gradient of eight in ten networks lies', () => {
      const { low, high } = prediction.bands.log10_gradient_rms!
      const inside = runs.filter(({ log10_gradient_rms: [bottom] }) => {
        return bottom! > low[0]! && bottom! < high[0]!
      }).length
      const standardError = Math.sqrt((0.8 * 0.2) / DRAWN_NETWORKS)
      expect(Math.abs(inside / DRAWN_NETWORKS - 0.8)).toBeLessThan(
        FIVE_STANDARD_ERRORS * standardError,
      )
    })
  },
)

describe('bands', () => {
  it('widen with the depth as a walk does', () => {
    const { bands } = predicted({ act: 'relu', sw: Math.SQRT2, depth: 40 })
    const { low, high } = bands.log10_activation_rms!
    const width = (layer: number) => high[layer]! - low[layer]!
    expect(width(0)).toBe(0)
    expect(width(40)).toBeGreaterThan(1.5 * width(10))
  })

  it('are known of no network that has a skip or something to restore its lengths', () => {
    expect(predicted({ act: 'tanh' }).bands).toEqual({})
    expect(predicted({ act: 'relu', norm: 'layer' }).bands.log10_activation_rms).toBeUndefined()
    expect(predicted({ act: 'relu', mix: 'orthogonal' }).bands).toEqual({})
  })
})
