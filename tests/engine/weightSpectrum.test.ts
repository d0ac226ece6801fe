import { describe, expect, it } from 'vitest'
import { drawWeight } from '../../src/engine/draw.ts'
import type { WeightsRequest } from '../../src/engine/protocol.ts'
import { weightSpectrum } from '../../src/engine/weightSpectrum.ts'
import { symmetricEigenvalues } from '../../src/math/eigen.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { initializationIds } from '../../src/model/initializations.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { predictWeights } from '../../src/theory/weightLaw.ts'
import { FLOAT64_SPECTRUM, WEIGHT_SPECTRUM_OF_ONE_DRAW } from '../tolerances.ts'

function requestOf(overrides: Partial<NetworkConfig>, drawnLayer = 3): WeightsRequest {
  const config = { ...defaultConfig, width: 48, sw: 1.5, seed: 11, ...overrides }
  return { kind: 'weights', weightsId: 1, config, drawnLayer }
}

/** log10 of singular values by way of W W^T, largest first. */
function throughGram(w: Float64Array, n: number): readonly number[] {
  const gram = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      for (let k = 0; k < n; k++) gram[i * n + j]! += w[i * n + k]! * w[j * n + k]!
  return [...symmetricEigenvalues(gram, n)].reverse().map((value) => Math.log10(value) / 2)
}

describe('weightSpectrum(request)', () => {
  it.each(['gaussian', 'uniform', 'orthogonal'] as const)(
    '%s: equals the square roots of the eigenvalues of W W^T of the matrix that engines draw',
    async (init) => {
      const request = requestOf({ init })
      const { config, drawnLayer } = request
      const w = drawWeight(resolveNetwork(config), config.seed, drawnLayer)
      const found = await weightSpectrum(request)
      throughGram(w, config.width).forEach((value, i) => {
        expect(Math.abs(found[i]! - value)).toBeLessThan(FLOAT64_SPECTRUM)
      })
    },
  )

  it.each(initializationIds)('%s: lies on its law, exact zeros included', async (init) => {
    const request = requestOf({ init, width: 256 })
    const found = await weightSpectrum(request)
    const { log10SingularValues } = predictWeights(request.config)
    // The smallest few have a law of their own.
    const shown = found.subarray(0, 240)
    shown.forEach((value, i) => {
      const predicted = log10SingularValues[i]!
      if (predicted === -Infinity) expect(value).toBe(-Infinity)
      else expect(Math.abs(value - predicted)).toBeLessThan(WEIGHT_SPECTRUM_OF_ONE_DRAW)
    })
  })

  it('takes a given matrix in place of a drawn one', async () => {
    const given = Float32Array.of(0, -2, 0.5, 0)
    const found = await weightSpectrum({ ...requestOf({ width: 2 }), given })
    expect([...found].map((value) => 10 ** value)).toEqual([2, 0.5])
  })

  it('of zeros is zero', async () => {
    expect([...(await weightSpectrum(requestOf({ sw: 0, width: 4 })))]).toEqual(
      new Array(4).fill(-Infinity),
    )
  })
})
