import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slope } from '../../src/math/summary.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { growthOf } from '../../src/model/growth.ts'
import { fittedLayers, resolveNetwork } from '../../src/model/network.ts'
import { relativeError } from '../math/relativeError.ts'
import { EXACT } from '../tolerances.ts'

const networkOf = (config: Partial<NetworkConfig>) =>
  resolveNetwork({ ...defaultConfig, ...config })

const rowOf = (depth: number, value: (layer: number) => number) =>
  Float64Array.from({ length: depth + 1 }, (_, l) => value(l))

describe('growthOf(row, network)', () => {
  it('is the factor a layer of a straight line, downwards', () => {
    for (const depth of [5, 6, 64, 1001])
      expect(
        growthOf(
          rowOf(depth, (l) => 3 - 0.05 * l),
          networkOf({ depth }),
        ),
      ).toBeCloseTo(10 ** 0.05, 12)
  })

  it('is the least-squares line over the fitted layers, block ends alone where blocks are mixed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 400 }),
        fc.constantFrom(1, 2, 3, 8),
        fc.constantFrom('none' as const, 'skip' as const),
        fc.integer({ min: 0, max: 1000 }),
        (depth, branch, mix, phase) => {
          const network = networkOf({ depth, branch, mix })
          const row = rowOf(network.depth, (l) => 1000 - 0.2 * l + Math.sin(l * l + phase))
          const layers = fittedLayers(network)
          const growth = growthOf(row, network)
          if (network.depth < 5 || layers.length < 2) expect(growth).toBeNull()
          else {
            const values = layers.map((l) => row[l]!)
            expect(relativeError(growth!, 10 ** -slope(layers, values))).toBeLessThan(100 * EXACT)
          }
        },
      ),
    )
  })

  it('does not exist of shallow networks, and where a fitted value is no number', () => {
    expect(
      growthOf(
        rowOf(4, (l) => l),
        networkOf({ depth: 4 }),
      ),
    ).toBeNull()
    const network = networkOf({ depth: 20 })
    for (const value of [NaN, Infinity, -Infinity])
      expect(
        growthOf(
          rowOf(20, (l) => (l === 9 ? value : l)),
          network,
        ),
      ).toBeNull()
    expect(
      growthOf(
        rowOf(20, (l) => (l === 1 ? NaN : l)),
        network,
      ),
    ).not.toBeNull()
  })
})
