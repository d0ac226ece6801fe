import { describe, expect, test } from 'vitest'
import type { NetworkConfig } from '../../src/model/config.ts'
import { secondMoment, squaredSlope } from '../../src/theory/moments.ts'
import { plain } from '../../src/theory/nonlinearity.ts'
import type { Start } from '../../src/theory/trajectory.ts'
import { relativeError } from '../math/relativeError.ts'
import {
  BATCH_GROWTH_TABLE,
  COHERENT_SHARE,
  EXACT,
  FOUR_DIGITS,
  LARGE_BATCH,
  QUADRATURE,
  RANK_TABLE_NATS,
  THREE_DECIMALS,
  THREE_DIGITS,
} from '../tolerances.ts'
import { predicted } from './prediction.ts'

/** A width at which every correction of order 1 / n is out of sight. */
const WIDE = 2 ** 44
const rowsOf = (config: Partial<NetworkConfig>, start?: Partial<Start>) =>
  predicted({ width: WIDE, ...config }, start).rows

/** From layer 0 to each layer, what `step` makes of `first`. */
function iterated<T>(first: T, depth: number, step: (value: T, layer: number) => T): T[] {
  const values = [first]
  for (let layer = 1; layer <= depth; layer++) values.push(step(values[layer - 1]!, layer))
  return values
}

describe('lengths and cosines without normalization', () => {
  // Poole et al. 2016, arXiv:1606.05340, eqs. 3 and 5, where the Gaussian integrals are elementary.
  const [sw2, sb2, c0] = [1.7, 0.05, 0.3]
  const config = { sw: Math.sqrt(sw2), sb: Math.sqrt(sb2), depth: 30 }
  const start = { meanCosine: c0 }

  test('linear: p = sw^2 p + sb^2, products likewise', () => {
    const rows = rowsOf({ ...config, act: 'linear', order: 'norm_act_linear' }, start)
    const signal = iterated({ p: 1, both: c0 }, 30, ({ p, both }) => ({
      p: sw2 * p + sb2,
      both: sw2 * both + sb2,
    }))
    for (const [l, { p, both }] of signal.entries()) {
      expect(relativeError(100 ** rows.log10_activation_rms![l]!, p)).toBeLessThan(EXACT)
      expect(relativeError(rows.mean_cosine![l]!, both / p)).toBeLessThan(EXACT)
    }
  })

  // E[erf(u1) erf(u2)] = 2 / pi asin(2 c q / (1 + 2 q)): Williams 1997.
  test('erf: p = 2 / pi asin(2 q / (1 + 2 q)), products with c q for q', () => {
    const rows = rowsOf({ ...config, act: 'erf' }, start)
    const kernel = (both: number, q: number) => (2 / Math.PI) * Math.asin((2 * both) / (1 + 2 * q))
    const signal = iterated({ p: 1, both: c0 }, 30, ({ p, both }) => {
      const q = sw2 * p + sb2
      return { p: kernel(q, q), both: kernel(sw2 * both + sb2, q) }
    })
    for (const [l, { p, both }] of signal.entries()) {
      expect(relativeError(100 ** rows.log10_activation_rms![l]!, p)).toBeLessThan(QUADRATURE)
      expect(relativeError(rows.mean_cosine![l]!, both / p)).toBeLessThan(QUADRATURE)
    }
  })

  // E[sin(u1) sin(u2)] = e^-q sinh(c q), the characteristic function of u1 +- u2.
  test('sin: p = (1 - e^-2q) / 2, products e^-q sinh(c q)', () => {
    const rows = rowsOf({ ...config, act: 'sin' }, start)
    const signal = iterated({ p: 1, both: c0 }, 30, ({ p, both }) => {
      const q = sw2 * p + sb2
      return { p: Math.exp(-q) * Math.sinh(q), both: Math.exp(-q) * Math.sinh(sw2 * both + sb2) }
    })
    for (const [l, { p, both }] of signal.entries()) {
      expect(relativeError(100 ** rows.log10_activation_rms![l]!, p)).toBeLessThan(QUADRATURE)
      expect(relativeError(rows.mean_cosine![l]!, both / p)).toBeLessThan(QUADRATURE)
    }
  })

  // Philipp et al. 2018, arXiv:1712.05577: spread sqrt(1 - c) and, after Sheppard 1899, diversity arccos(sqrt(c)) / pi.
  test('ReLU: samples collapse with spread sqrt(1 - c) and diversity arccos(sqrt(c)) / pi', () => {
    const rows = rowsOf({ act: 'relu', norm: 'rms', depth: 51, batch: 1024 })
    const expected = { 11: [0.358, 0.117], 26: [0.193, 0.0617], 51: [0.11, 0.0351] } as const
    for (const [l, [spread, diversity]] of Object.entries(expected)) {
      expect(Math.abs(rows.preactivation_std_ratio![Number(l)]! - spread)).toBeLessThan(
        THREE_DECIMALS,
      )
      expect(relativeError(rows.sign_diversity![Number(l)]!, diversity)).toBeLessThan(THREE_DIGITS)
    }
  })
})

describe('self-normalizing networks, Lu et al. 2021, arXiv:2006.12169', () => {
  // E[f^2] = E[f'^2] = 1: both signal and gradient stay, for either kind of weights.
  const activations = ['tanh', 'relu', 'elu', 'selu', 'gelu', 'silu', 'erf', 'sin'] as const
  test.each(activations)('%s keeps signal and gradient', (act) => {
    for (const init of ['orthogonal', 'gaussian'] as const) {
      const rows = rowsOf({ act, gpn: 1, init, norm: 'rms', depth: 100 })
      expect(Math.abs(rows.log10_activation_rms![100]!)).toBeLessThan(QUADRATURE)
      expect(Math.abs(rows.log10_gradient_rms![0]!)).toBeLessThan(100 * QUADRATURE)
    }
  })

  // chi_1 = E[f'^2] = 1 at q = 1 is the edge of chaos: cosines creep to 1.
  test.each([
    ['tanh', [0.692, 0.933, 0.967, 0.984]],
    ['selu', [0.457, 0.873, 0.953, 0.9855]],
    ['elu', [0.451, 0.819, 0.906, 0.953]],
    ['gelu', [0.753, 0.938, 0.968, 0.984]],
    ['relu', [0.8715, 0.98786, 0.99642, 0.99902]],
  ] as const)('%s brings cosines to %j at 10, 50, 100 and 200 layers', (act, expected) => {
    const cosines = rowsOf({ act, gpn: 1, init: 'orthogonal', depth: 200 }).mean_cosine!
    for (const [i, l] of [10, 50, 100, 200].entries())
      expect(Math.abs(cosines[l]! - expected[i]!)).toBeLessThan(THREE_DECIMALS)
  })

  test('tanh does so as 2 / (C"(1) l), C"(1) = 0.6464', () => {
    const cosines = rowsOf({ gpn: 1, init: 'orthogonal', depth: 50_000 }).mean_cosine!
    const rate = 1 / (1 - cosines[50_000]!) - 1 / (1 - cosines[25_000]!)
    expect(relativeError(rate, (0.6464 / 2) * 25_000)).toBeLessThan(THREE_DIGITS)
  })

  test.each([
    ['relu', 0.5],
    ['selu', 1.07157],
    ['linear', 1],
  ] as const)("plain %s multiplies the squared gradient by E[f'^2] = %d", (act, slope) => {
    const rows = rowsOf({ act, init: 'orthogonal', norm: 'none', depth: 10 })
    const growth = 100 ** (rows.log10_gradient_rms![0]! / 10)
    expect(relativeError(growth, slope)).toBeLessThan(COHERENT_SHARE)
  })
})

describe('orthogonal filters, Ceni 2022, arXiv:2210.01245', () => {
  // J = alpha O + beta D W: mean squared singular value alpha^2 + beta^2 chi a layer, chi = sw^2 E[f'^2].
  test.each([
    [0.01, 1],
    [0.1, 1.3],
    [0.5, 0.7],
    [0.9, 1.4],
  ])('a gradient shrinks by (1 - beta)^2 + beta^2 chi: beta = %d, sw = %d', (beta, sw) => {
    const depth = 40
    const config = { act: 'relu', mix: 'orthogonal', tie: 'convex', alpha: 1 - beta } as const
    const rows = rowsOf({ ...config, sw, depth })
    const square = (1 - beta) ** 2 + (beta * sw) ** 2 / 2
    expect(Math.abs(rows.log10_gradient_rms![0]! - (depth / 2) * Math.log10(square))).toBeLessThan(
      depth * COHERENT_SHARE,
    )
  })

  test('alpha^2 + beta^2 = 1 keeps signal and gradient of a self-normalizing branch', () => {
    const config = { mix: 'orthogonal', tie: 'energy', gpn: 1, norm: 'rms', depth: 200 } as const
    for (const alpha of [0, 0.3, 0.9, 1]) {
      const rows = rowsOf({ ...config, alpha })
      expect(Math.abs(rows.log10_activation_rms![200]!)).toBeLessThan(200 * QUADRATURE)
      expect(Math.abs(rows.log10_gsc![0]!)).toBeLessThan(200 * QUADRATURE)
    }
  })

  // (1 - 2 c / L + (1 + chi) c^2 / L^2)^(L / 2) = exp(-c + (chi - 1) c^2 / (2 L) + ...)
  test.each([0.5, 1, 3])('beta = c / L with c = %d ends at e^-c, 1 / L away from it', (c) => {
    const config = { act: 'relu', mix: 'orthogonal', tie: 'depth', c, width: WIDE } as const
    for (const depth of [100, 1000, 10_000]) {
      const nats = rowsOf({ ...config, depth }).log10_gradient_rms![0]! * Math.LN10
      expect(Math.abs(nats + c + (0.5 * c * c) / (2 * depth))).toBeLessThan(
        (c ** 3 + c * c * COHERENT_SHARE) / depth,
      )
    }
  })
})

describe('dilution and residual networks, Philipp et al. 2018, arXiv:1712.05577', () => {
  const m2 = secondMoment(plain('tanh'), 1)
  const perLayer = squaredSlope(plain('tanh'), 1) / m2

  // r_diluted = sqrt((k^2 + r^2) / (k^2 + 1)) for a branch of rate r that is 1 / k as large as the skip.
  test.each([0.5, 1, 2, 4])('a block diluted by %d', (k) => {
    const beta = 1 / Math.sqrt(1 + k * k)
    const mixing = { mix: 'orthogonal', tie: 'free', alpha: k * beta, beta, branch: 4 } as const
    const layer = { act: 'tanh', norm: 'layer', order: 'norm_act_linear' } as const
    const config = { ...mixing, ...layer, sw: 1 / Math.sqrt(m2), depth: 32 }
    const r2 = perLayer ** 4
    const growth = 10 ** (rowsOf(config).log10_gsc![0]! / 8)
    expect(relativeError(growth, Math.sqrt((k * k + r2) / (k * k + 1)))).toBeLessThan(QUADRATURE)
  })

  // x + branch(x): k_b^2 = (1 + m b) / m grows with the block b, so that GSC = prod sqrt(1 + (r^2 - 1) m / (1 + m (b + 1))).
  test.each(['skip', 'orthogonal'] as const)('25 blocks of two layers beside a %s', (mix) => {
    const config = { act: 'tanh', norm: 'layer', tie: 'sum', branch: 2, depth: 50 } as const
    const r2 = perLayer ** 2
    let square = 1
    for (let b = 0; b < 25; b++) square *= 1 + ((r2 - 1) * m2) / (1 + m2 * (b + 1))
    const seen = 100 ** rowsOf({ ...config, mix }).log10_gsc![0]!
    expect(relativeError(seen, square)).toBeLessThan(QUADRATURE)
  })
})

describe('batch normalization, Meterez et al. 2024, arXiv:2310.02012', () => {
  // Appendix E, Figure E1: rate 1/2 ln(alpha^2 E[f'(alpha z)^2] / Var f(alpha z)); for sin 1/2 ln(alpha^2 coth(alpha^2)).
  test.each([0.5, 0.75, 0.9, 1])('sin at gain %d grows by alpha^2 coth(alpha^2)', (gain) => {
    const config = { act: 'sin', norm: 'batch', gain, batch: 1024, depth: 20, width: WIDE } as const
    const square = predicted(config).gradientGrowth! ** 2
    expect(relativeError(square, gain ** 2 / Math.tanh(gain ** 2))).toBeLessThan(LARGE_BATCH)
  })

  test.each(['tanh', 'relu', 'selu', 'hard_tanh'] as const)(
    "%s grows by E[f'^2] / Var f",
    (act) => {
      const config = { act, norm: 'batch', batch: 1024, depth: 20, width: WIDE } as const
      const f = plain(act)
      const mean = act === 'relu' ? 1 / Math.sqrt(2 * Math.PI) : 0
      const expected = squaredSlope(f, 1) / (secondMoment(f, 1) - mean * mean)
      expect(relativeError(predicted(config).gradientGrowth! ** 2, expected)).toBeLessThan(
        LARGE_BATCH,
      )
    },
  )

  // Theorem 5: with orthogonal weights nothing explodes once the batch has full rank, n >= d; below it does.
  const linear = { act: 'linear', init: 'orthogonal', norm: 'batch_uncentered' } as const
  test.each([
    [100, 100],
    [10, 50],
    [50, 100],
  ])('linear networks of width %i with a batch of %i do not grow', (width, batch) => {
    expect(predicted({ ...linear, width, batch, depth: 1000 }).gradientGrowth).toBe(1)
  })

  // Nats a layer, measured in float64.
  test.each([
    [100, 10, 0.0525],
    [50, 10, 0.048],
    [100, 50, 0.0056],
  ])('linear networks of width %i with a batch of %i grow by %d nats', (width, batch, nats) => {
    const growth = predicted({ ...linear, width, batch, depth: 40 }).gradientGrowth!
    expect(Math.abs(Math.log(growth) - nats)).toBeLessThan(RANK_TABLE_NATS)
  })

  test('far below full rank they grow by sqrt((n - 1) / (n - 2)), as with Gaussian weights', () => {
    for (const init of ['orthogonal', 'gaussian'] as const) {
      const config = { ...linear, init, width: WIDE, batch: 8, depth: 20 }
      const growth = predicted(config).gradientGrowth!
      expect(relativeError(growth, Math.sqrt(7 / 6))).toBeLessThan(BATCH_GROWTH_TABLE)
    }
  })
})

// One page of theory, row by row: r(q) = sqrt(q E[f'^2] / E[f^2]) is the growth of GSC in a layer at variance q.
test.each(['tanh', 'relu', 'softplus', 'sin'] as const)('GSC of %s grows by r(q)', (act) => {
  const config = { act, sw: 1.2, sb: 0, depth: 8, width: WIDE } as const
  const { log10_gsc: gsc, log10_preactivation_rms: sizes } = rowsOf(config)
  for (let l = 1; l <= 8; l++) {
    const q = 100 ** sizes![l]!
    const expected = (q * squaredSlope(plain(act), q)) / secondMoment(plain(act), q)
    const seen = 100 ** (gsc![l - 1]! - gsc![l]!)
    expect(relativeError(seen, expected)).toBeLessThan(Math.max(FOUR_DIGITS, COHERENT_SHARE))
  }
})
