import { digamma } from '../math/special.ts'

/** Layers of `width` units of which a share lets gradients through, and no fewer than `alive`. */
export interface Survivors {
  readonly width: number
  readonly share: number
  readonly alive: number
  /** Are the weights independent normal numbers, and not a rotation? */
  readonly isGaussian: boolean
}

/**
 * What a finite width adds to ln of the singular values i = 0 ... alive - 1 of a product of layers that pass on k of their
 * n units, k ~ Binomial(n, p), each layer:
 *
 *   (E psi((k - i) / 2) - ln(n / 2) - ln(p - x)) / 2                    Gaussian weights, x = (i + 1/2) / n
 *   (E psi((k - i) / 2) - psi((n - i) / 2) - ln((p - x) / (1 - x))) / 2     rotations
 *
 * In the long run the volume of any i + 1 directions is multiplied by that of as many columns of k rows.
 *
 * Accuracy: tests/theory/productSpectrum, against the engine. Source: Bartlett's decomposition (Gaussian weights) and
 * products of beta variables (rotations), Muirhead 1982, theorems 3.2.15 and 3.3.3; for p = 1 Newman 1986, eq. 7.
 */
export function survivalShift({ width: n, share: p, alive, isGaussian }: Survivors): Float64Array {
  const psi = Float64Array.from({ length: n + 1 }, (_, k) => (k === 0 ? NaN : digamma(k / 2)))
  const chances = binomial(n, p).map((chance, k) => (k < alive ? 0 : chance))
  const all = chances.reduce((sum, chance) => sum + chance, 0)
  return Float64Array.from({ length: alive }, (_, i) => {
    const x = (i + 0.5) / n
    let expected = 0
    for (let k = alive; k <= n; k++) expected += (chances[k]! / all) * psi[k - i]!
    const [finite, limit] = isGaussian
      ? [Math.log(n / 2), Math.log(p - x)]
      : [psi[n - i]!, Math.log((p - x) / (1 - x))]
    return (expected - finite - limit) / 2
  })
}

/** Probabilities of 0 ... n. */
function binomial(n: number, p: number): Float64Array {
  const chances = new Float64Array(n + 1)
  if (p === 1) return chances.fill(1, n)
  let ln = n * Math.log1p(-p)
  for (let k = 0; k <= n; k++) {
    chances[k] = Math.exp(ln)
    ln += Math.log(((n - k) / (k + 1)) * (p / (1 - p)))
  }
  return chances
}
