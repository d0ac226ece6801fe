import { describe, expect, it } from 'vitest'
import { GradedProduct } from '../../src/math/gradedProduct.ts'
import { fillNormals } from '../../src/math/random.ts'
import { gaussianProduct } from '../../src/theory/gaussianProduct.ts'
import { lyapunovExponent } from '../../src/theory/lyapunov.ts'
import { EXACT, LYAPUNOV_SPREAD } from '../tolerances.ts'

/** ln of the singular values of a product of Gaussian matrices, at the depths named. */
function measured(width: number, depths: readonly number[], seed: number): readonly Float64Array[] {
  const product = new GradedProduct(width)
  const w = new Float64Array(width * width)
  const found: Float64Array[] = []
  for (let layer = 1; layer <= depths.at(-1)!; layer++) {
    fillNormals(w, { seed, role: 1, layer }, 1 / Math.sqrt(width))
    product.advance(w, 0)
    if (depths.includes(layer))
      found.push(product.log10SingularValues().map((value) => value * Math.LN10))
  }
  return found
}

describe('Lyapunov exponents', () => {
  it('are those of 20,000 Gaussian layers of width 8', () => {
    const [width, depth] = [8, 20_000]
    const [found] = measured(width, [depth], 5)
    for (let i = 1; i <= width; i++) {
      const spread = LYAPUNOV_SPREAD * Math.LN10 * Math.sqrt(depth / (width - i + 1))
      expect(Math.abs(found![i - 1]! - depth * lyapunovExponent(width, i))).toBeLessThan(spread)
    }
  })

  it('of one unit are E ln|N(0, 1)|', () => {
    const eulerGamma = 0.5772156649015329
    expect(Math.abs(lyapunovExponent(1, 1) + (eulerGamma + Math.LN2) / 2)).toBeLessThan(EXACT)
  })

  it('do not exist for ranks beyond the width', () => {
    expect(() => lyapunovExponent(4, 5)).toThrow('lyapunovExponent')
    expect(() => lyapunovExponent(4, 0)).toThrow('lyapunovExponent')
  })
})

describe('singular values of a Gaussian product', () => {
  const [width, seeds] = [24, 12]
  const depths = [1, 4, 16, 64, 128]
  /** Mean distance over the ranks that is allowed, nats: twice what 30 seeds showed. */
  const allowed = [0.08, 0.12, 0.25, 0.5, 0.8]
  const runs = Array.from({ length: seeds }, (_, seed) => measured(width, depths, seed))

  it.each(depths.map((depth, at) => [depth, at] as const))(
    'of %i factors are what the two limits together say',
    (depth, at) => {
      const wanted = gaussianProduct(width, depth)
      const distances = wanted.map((value, i) => {
        const mean = runs.reduce((sum, run) => sum + run[at]![i]!, 0) / seeds
        return Math.abs(mean - value)
      })
      expect(distances.reduce((sum, d) => sum + d, 0) / width).toBeLessThan(allowed[at]!)
    },
  )
})
