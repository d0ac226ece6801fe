import type { NetworkConfig } from '../model/config.ts'
import type { InitializationId } from '../model/initializations.ts'
import { fussCatalanQuantile } from './fussCatalan.ts'

/** Singular values of an n x n matrix of one law. */
interface Law {
  /** ln of number i = 0 ... n - 1 of them in units of sw, largest first; -Infinity = exact zero. */
  readonly ln: (n: number, i: number) => number
  /** For a legend. */
  readonly name: string
}

/** Independent entries of any law with a variance: the product of one factor. */
const quarterCircle: Law = {
  ln: (n, i) => fussCatalanQuantile(1, (i + 0.5) / n) / 2,
  name: 'quarter circle law',
}

/** TABLE: the law of each initialization. */
const laws: Readonly<Record<InitializationId, Law>> = {
  gaussian: quarterCircle,
  uniform: quarterCircle,
  orthogonal: { ln: () => 0, name: 'exactly alike: orthogonal weights' },
  // [[O, -O], [-O, O]] takes (x, -x) to 2 (O x, -O x), and (x, x) to zero.
  looks_linear: {
    ln: (n, i) => (i < n / 2 ? Math.LN2 : -Infinity),
    name: 'exactly alike, or zero: mirrored orthogonal blocks',
  },
}

/**
 * log10 of the n singular values of a drawn W, largest first, at the quantiles (i + 1/2) / n of its law.
 *
 *   independent entries of variance sw^2 / n:  density sqrt(4 sw^2 - s^2) / (pi sw^2) on 0 ... 2 sw, as n grows
 *   orthogonal:  all sw         looks linear:  half of them 2 sw, half of them zero
 *
 * Accuracy: of the quantiles 1e-9 (tests/theory/weightLaw); of one matrix see tests/engine/weightSpectrum.
 * Source: Marchenko and Pastur 1967, of the squares of a square matrix; for one factor as in fussCatalan.ts.
 */
export function predictWeights({ init, width, sw }: NetworkConfig) {
  const { ln, name } = laws[init]
  const log10SingularValues = Float64Array.from(
    { length: width },
    (_, i) => Math.log10(sw) + ln(width, i) / Math.LN10,
  )
  return { log10SingularValues, law: name }
}
