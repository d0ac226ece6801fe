import { describe, expect, it } from 'vitest'
import { gaussLegendre, compositeRule } from '../../src/theory/gaussLegendre.ts'
import {
  fussCatalanEdge,
  fussCatalanPoint,
  fussCatalanQuantile,
} from '../../src/theory/fussCatalan.ts'
import { run } from '../engine/run.ts'
import { CENTRAL_DIFFERENCES, QUADRATURE, SPECTRUM_OF_ONE_DRAW } from '../tolerances.ts'

const RULE = gaussLegendre(40)

/** E[lambda^k] by quadrature in t; a geometric mesh reaches the singular end. */
function moment(factors: number, k: number): number {
  const end = Math.PI / (factors + 1)
  const mesh = Array.from({ length: 56 }, (_, i) => end * (1 - 2 ** (i - 55)))
  const { nodes, weights } = compositeRule(
    [...mesh.reverse(), end * (1 - 2 ** -56)].sort((a, b) => a - b),
    RULE,
  )
  return nodes.reduce((sum, t, i) => {
    const { ln, density } = fussCatalanPoint(factors, t)
    return sum + weights[i]! * density * Math.exp(k * ln) * -slopeOfLn(factors, t)
  }, 0)
}

/** d ln lambda / d t */
const slopeOfLn = (factors: number, t: number) =>
  (factors + 1) ** 2 / Math.tan((factors + 1) * t) -
  1 / Math.tan(t) -
  factors ** 2 / Math.tan(factors * t)

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k
}

describe('the Fuss-Catalan law', () => {
  it.each([1, 2, 5, 10])(
    'of %i factors has mass 1 and the Fuss-Catalan numbers as moments',
    (factors) => {
      for (const k of [0, 1, 2, 3]) {
        const number = binomial((factors + 1) * k, k) / (factors * k + 1)
        expect(Math.abs(moment(factors, k) / number - 1)).toBeLessThan(QUADRATURE)
      }
    },
  )

  it.each([
    [1, 4],
    [2, 6.75],
    [5, 14.92992],
  ])('of %i factors ends at %f', (factors, edge) => {
    expect(Math.exp(fussCatalanEdge(factors))).toBeCloseTo(edge, 6)
    expect(Math.exp(fussCatalanPoint(factors, 1e-6).ln)).toBeCloseTo(edge, 6)
  })

  it('of one factor is the quarter circle law', () => {
    const density = (s: number) => Math.sqrt(4 - s * s) / Math.PI
    for (const t of [0.1, 0.7, 1.5]) {
      const { ln, density: byLn } = fussCatalanPoint(1, t)
      const s = Math.exp(ln / 2)
      expect(Math.abs((2 * byLn) / s - density(s))).toBeLessThan(QUADRATURE)
    }
  })

  it.each([1, 4, 20, 100])(
    'of %i factors: quantile and share above are inverse, and agree with the density',
    (factors) => {
      for (const above of [1e-3, 0.2, 0.5, 0.9, 0.999]) {
        const ln = fussCatalanQuantile(factors, above)
        const step = 1e-4
        const [more, less] = [
          above + step * above * (1 - above),
          above - step * above * (1 - above),
        ]
        const slope =
          (fussCatalanQuantile(factors, less) - fussCatalanQuantile(factors, more)) / (more - less)
        const t = placeOf(factors, ln)
        const point = fussCatalanPoint(factors, t)
        expect(Math.abs(point.above - above)).toBeLessThan(QUADRATURE)
        expect(Math.abs(slope * point.density - 1)).toBeLessThan(CENTRAL_DIFFERENCES)
      }
    },
  )

  it('refuses shares and numbers of factors that mean nothing', () => {
    expect(() => fussCatalanQuantile(2, 1)).toThrow('fussCatalanQuantile')
    expect(() => fussCatalanQuantile(0, 0.5)).toThrow('fussCatalanQuantile')
  })

  it.each([1, 2, 5])('is what %i Gaussian layers of width 256 show', async (layer) => {
    const config = { act: 'linear', width: 256, depth: layer, batch: 2 } as const
    const { spectra } = await run(config, { spectra: [layer] })
    const found = spectra[0]!.log10SingularValues
    // Quantiles away from zero, where a single draw of 256 values settles.
    for (const rank of [4, 32, 64, 128, 192]) {
      const wanted = fussCatalanQuantile(layer, (rank - 0.5) / 256) / 2 / Math.LN10
      expect(Math.abs(found[rank - 1]! - wanted)).toBeLessThan(SPECTRUM_OF_ONE_DRAW)
    }
  })
})

/** t at which ln lambda has a value, by bisection. */
function placeOf(factors: number, ln: number): number {
  let [low, high] = [0, Math.PI / (factors + 1)]
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (fussCatalanPoint(factors, middle).ln > ln) low = middle
    else high = middle
  }
  return low
}
