import { describe, expect, it } from 'vitest'
import type { StableProduct } from '../../src/engine/chain.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import { GradedProduct } from '../../src/math/gradedProduct.ts'
import { haarOrthogonal } from '../../src/math/haar.ts'
import { fillNormals } from '../../src/math/random.ts'
import { digamma } from '../../src/math/special.ts'
import golden from '../golden/product_spectrum.json' with { type: 'json' }
import { EXACT_PRODUCT, GOLDEN_SPECTRUM, LYAPUNOV_SPREAD } from '../tolerances.ts'

const { newProduct } = await loadWasm()
const makers: readonly (readonly [string, (n: number) => StableProduct])[] = [
  ['in TypeScript', (n) => new GradedProduct(n)],
  ['in WebAssembly', newProduct],
]

function gaussian(n: number, layer: number): Float64Array {
  const out = new Float64Array(n * n)
  fillNormals(out, { seed: 1, role: 1, layer }, 1 / Math.sqrt(n))
  return out
}

const transposed = (m: Float64Array, n: number) =>
  m.map((_, at) => m[(at % n) * n + Math.floor(at / n)]!)

function largestDifference(a: Float64Array, b: Float64Array): number {
  return Math.max(...Array.from(a, (v, i) => (v === b[i] ? 0 : Math.abs(v - b[i]!))))
}

/** log10 growth per layer of the i-th singular value of products of W_ij ~ N(0, 1 / n), i = 1 ... n. */
const lyapunov = (n: number, i: number) =>
  (0.5 * (Math.log(2 / n) + digamma((n - i + 1) / 2))) / Math.LN10

describe.each(makers)('a graded product %s', (_, make) => {
  it('has the singular values that 120-digit arithmetic gives', () => {
    const product = make(8)
    golden.w.forEach((w, i) => {
      product.advance(Float64Array.from(w.flat()), 0)
      const wanted = (golden.log10_singular_values as Record<string, string[]>)[String(i + 1)]
      if (!wanted) return
      const found = product.log10SingularValues()
      expect(largestDifference(found, Float64Array.from(wanted, Number))).toBeLessThan(
        GOLDEN_SPECTRUM,
      )
    })
  })

  it.each([
    [32, 200],
    [8, 20_000],
  ])('follows the Lyapunov exponents of Gaussian products at width %i, depth %i', (n, depth) => {
    const product = make(n)
    for (let layer = 1; layer <= depth; layer++) product.advance(gaussian(n, layer), 0)
    const found = product.log10SingularValues()
    // Each exponent fluctuates like 1 / sqrt(chi-square degrees) a layer.
    for (let i = 1; i <= n; i++) {
      const spread = LYAPUNOV_SPREAD * Math.sqrt(depth / (n - i + 1))
      expect(Math.abs(found[i - 1]! - depth * lyapunov(n, i))).toBeLessThan(spread)
    }
  })

  it('gives exact zeros where factors lose rank, and only there', () => {
    const n = 24
    const product = make(n)
    for (let layer = 1; layer <= 30; layer++) {
      const masked = gaussian(n, layer).map((v, at) =>
        (Math.floor(at / n) * 7 + layer) % 3 ? v : 0,
      )
      product.advance(masked, 0)
    }
    const found = product.log10SingularValues()
    expect(found.filter((v) => v === -Infinity)).toHaveLength(8)
    expect(found.slice(0, 16).every(Number.isFinite)).toBe(true)
  })

  it('finds nothing left where a factor kills exactly what the one before let through', () => {
    const n = 6
    const direction = haarOrthogonal(n, { seed: 2, role: 1, layer: 0 }).subarray(0, n)
    const onto = Float64Array.from(
      { length: n * n },
      (_, at) => direction[Math.floor(at / n)]! * direction[at % n]!,
    )
    const away = onto.map((v, at) => (Math.floor(at / n) === at % n ? 1 : 0) - v)
    const product = make(n)
    product.advance(onto, 0)
    product.advance(away, 0)
    expect(product.log10SingularValues().every((v) => v === -Infinity)).toBe(true)
  })

  it('keeps orthogonal products at 1, clusters and all', () => {
    const product = make(16)
    for (let layer = 0; layer < 100; layer++)
      product.advance(haarOrthogonal(16, { seed: 1, role: 1, layer }), 0)
    for (const value of product.log10SingularValues())
      expect(Math.abs(value)).toBeLessThan(EXACT_PRODUCT)
  })

  it('gives the same values for the transposed factors in reverse order', () => {
    const [n, depth] = [12, 80]
    const forward = make(n)
    for (let layer = 1; layer <= depth; layer++) forward.advance(gaussian(n, layer), 0)
    const values = forward.log10SingularValues()
    const reverse = make(n)
    for (let layer = depth; layer >= 1; layer--)
      reverse.advance(transposed(gaussian(n, layer), n), 0)
    expect(largestDifference(values, reverse.log10SingularValues())).toBeLessThan(GOLDEN_SPECTRUM)
  })

  it('keeps rows of very different size (saturated units) apart', () => {
    const n = 10
    const product = make(n)
    const graded = gaussian(n, 1).map((v, at) => v * 10 ** (-9 * Math.floor(at / n)))
    product.advance(graded, 0)
    product.advance(gaussian(n, 2), 0)
    const found = product.log10SingularValues()
    for (let i = 0; i < n; i++) expect(Math.abs(found[i]! + 9 * i)).toBeLessThan(2.5)
  })

  it('reads more factors without keeping them, and scales without limit', () => {
    const product = make(5)
    product.advance(gaussian(5, 1), 100_000)
    const before = product.log10SingularValues()
    const more = [2, 3].map((seed) => ({ values: gaussian(5, seed), exponent: -7 }))
    const after = product.log10SingularValuesAfter(more)
    expect(product.log10SingularValues()).toEqual(before)
    for (const { values, exponent } of more) product.advance(values, exponent)
    expect(product.log10SingularValues()).toEqual(after)
    expect(before[0]).toBeGreaterThan(30_000)
  })
})
