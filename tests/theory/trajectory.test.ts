import { describe, expect, test } from 'vitest'
import { activationIds } from '../../src/model/activations.ts'
import { initializationIds } from '../../src/model/initializations.ts'
import { inputIds } from '../../src/model/inputs.ts'
import { mixingIds } from '../../src/model/mixings.ts'
import { normalizationIds } from '../../src/model/normalizations.ts'
import { orderIds } from '../../src/model/config.ts'
import { type PredictedRowId, predictedRowIds } from '../../src/theory/trajectory.ts'
import { relativeError } from '../math/relativeError.ts'
import {
  BATCH_GROWTH_TABLE,
  EXACT,
  FILTER_TABLE,
  FOUR_DIGITS,
  QUADRATURE,
  THREE_DIGITS,
} from '../tolerances.ts'
import { predicted } from './prediction.ts'

/** A width at which every correction of order 1 / n is out of sight. */
const WIDE = 2 ** 40

describe('predictTrajectory without normalization', () => {
  test('lets tanh fall as 1 / (2 l), and its gradient with it', () => {
    const { rows } = predicted({ act: 'tanh', depth: 200, width: WIDE })
    const q = (l: number) => 100 ** rows.log10_activation_rms![l]!
    const expected = { 1: 0.39429, 5: 0.10344, 10: 0.0522, 50: 0.01022, 100: 0.00507, 200: 0.00252 }
    for (const [l, value] of Object.entries(expected))
      expect(relativeError(q(Number(l)), value)).toBeLessThan(THREE_DIGITS)
  })

  test('follows the correlations of ReLU', () => {
    const config = { act: 'relu', sw: Math.SQRT2, depth: 100, width: WIDE } as const
    const c = predicted(config).rows.mean_cosine!
    expect(relativeError(c[1]!, 1 / Math.PI)).toBeLessThan(EXACT)
    expect([c[10]!, c[25]!, c[50]!, c[100]!].map((v) => v.toFixed(4))).toEqual([
      '0.8715',
      '0.9629',
      '0.9879',
      '0.9964',
    ])
  })

  test('keeps a self-normalizing network where it is, signal and gradient', () => {
    const { rows, gradientGrowth } = predicted({
      gpn: 1,
      init: 'orthogonal',
      depth: 200,
      width: WIDE,
    })
    expect(Math.abs(rows.log10_activation_rms![200]!)).toBeLessThan(QUADRATURE)
    // The overlap of the gradient with the signal, 1 / n of it, is what moves.
    expect(Math.abs(gradientGrowth! - 1)).toBeLessThan(1e-4)
    expect(rows.mean_cosine![50]!.toFixed(3)).toBe('0.933')
    expect(rows.mean_cosine![200]!.toFixed(3)).toBe('0.984')
  })

  test('is exact for linear networks with orthogonal weights, tied or not, at any scale', () => {
    for (const tied of [0, 1] as const) {
      const config = { act: 'linear', init: 'orthogonal', sw: 0.01, depth: 2000, tied } as const
      const { rows } = predicted(config, { log10Rms: 0.25, meanCosine: 0.3 })
      expect(relativeError(rows.log10_activation_rms![2000]!, -3999.75)).toBeLessThan(EXACT)
      expect(Math.abs(rows.log10_gradient_rms![0]! + 4000)).toBeLessThan(2e-3)
      expect(rows.mean_cosine![2000]!).toBeCloseTo(0.3, 12)
    }
  })

  test('knows that mirrored weights make ReLU linear', () => {
    const config = { act: 'relu', init: 'looks_linear', depth: 300 } as const
    const { rows, gradientGrowth, gscGrowth } = predicted(config, { meanCosine: 0.2 })
    expect(Math.abs(rows.log10_activation_rms![300]!)).toBeLessThan(EXACT)
    expect(relativeError(gradientGrowth!, 1)).toBeLessThan(EXACT)
    expect(relativeError(gscGrowth!, 1)).toBeLessThan(EXACT)
    const map = (c: number) => (Math.sqrt(1 - c * c) + (Math.PI - Math.acos(c)) * c) / Math.PI
    expect(relativeError(rows.mean_cosine![300]!, map(0.2))).toBeLessThan(EXACT)
  })

  test('carries a signal and its gradient beyond 1e+-40000', () => {
    const up = predicted({ act: 'relu', sw: 10, depth: 50_000, width: WIDE })
    expect(up.rows.log10_activation_rms![50_000]!).toBeGreaterThan(42_000)
    expect(up.rows.log10_gradient_rms![0]!).toBeGreaterThan(42_000)
    const down = predicted({ act: 'relu', sw: 0.01, depth: 50_000, width: WIDE })
    expect(down.rows.log10_activation_rms![50_000]!).toBeLessThan(-107_000)
  })

  test('tells an exact zero by -Infinity', () => {
    const { rows } = predicted({ act: 'tanh', sw: 0, depth: 6 })
    expect(rows.log10_activation_rms![3]).toBe(-Infinity)
    expect(rows.log10_gradient_rms![0]).toBe(-Infinity)
    expect(rows.mean_cosine![3]).toBeNaN()
  })
})

describe('predictTrajectory with layer normalization', () => {
  test.each([
    ['tanh', 1.0853],
    ['relu', 1],
    ['selu', 1.0352],
    ['gelu', 1.0354],
    ['softplus', 0.5643],
    ['sigmoid', 0.3909],
    ['hard_tanh', 1.1502],
  ] as const)('grows %s by sqrt(d2 / m2) = %d', (act, growth) => {
    const seen = predicted({ act, norm: 'layer', depth: 50, width: WIDE }).gradientGrowth!
    expect(relativeError(seen, growth)).toBeLessThan(FOUR_DIGITS)
  })
})

describe('predictTrajectory with batch normalization', () => {
  test.each([
    ['relu', 1.2112],
    ['tanh', 1.0853],
    ['sin', 1.1459],
    ['selu', 1.0352],
    ['elu', 1.0388],
    ['hard_tanh', 1.1502],
    ['erf', 1.1071],
  ] as const)('grows %s by sqrt(d2 / var) = %d, for large batches', (act, growth) => {
    const config = { act, norm: 'batch', depth: 50, width: WIDE, batch: 1024 } as const
    expect(relativeError(predicted(config).gradientGrowth!, growth)).toBeLessThan(1 / 1024)
  })

  // Measured at width 1000 (ReLU) and 1500 - 2000 (linear).
  test.each([
    ['relu', 'batch', 8, 1.344],
    ['relu', 'batch', 32, 1.233],
    ['relu', 'batch', 128, 1.215],
    ['relu', 'batch', 512, 1.21],
    ['linear', 'batch', 8, 1.095],
    ['linear', 'batch', 16, 1.0373],
    ['linear', 'batch_uncentered', 8, 1.0815],
    ['linear', 'batch_uncentered', 16, 1.0347],
  ] as const)('grows %s with %s of %i as measured: %d', (act, norm, batch, growth) => {
    const seen = predicted({ act, norm, batch, depth: 50, width: WIDE }).gradientGrowth!
    expect(relativeError(seen, growth)).toBeLessThan(BATCH_GROWTH_TABLE)
  })

  test('grows linear networks by exactly (B - 2) / (B - 3), squared', () => {
    const config = { act: 'linear', norm: 'batch', batch: 12, depth: 40, width: WIDE } as const
    expect(relativeError(predicted(config).gradientGrowth! ** 2, 10 / 9)).toBeLessThan(QUADRATURE)
  })

  test('leaves an orthogonal linear network alone once the batch spans the width', () => {
    const config = { act: 'linear', norm: 'batch_uncentered', init: 'orthogonal' } as const
    const { rows, gradientGrowth } = predicted({ ...config, width: 64, batch: 64, depth: 1000 })
    expect(gradientGrowth).toBe(1)
    expect(rows.log10_gradient_rms).toBeNull()
  })

  // Measured in float64 over 200 layers, four networks each.
  test.each([
    [128, 8, 0.0731],
    [128, 32, 0.0123],
    [64, 16, 0.0277],
    [64, 33, 0.0081],
  ])('grows orthogonal linear networks of width %i, batch %i by %d nats', (width, batch, nats) => {
    const config = { act: 'linear', norm: 'batch_uncentered', init: 'orthogonal' } as const
    const seen = predicted({ ...config, width, batch, depth: 50 }).gradientGrowth!
    expect(Math.abs(Math.log(seen) - nats)).toBeLessThan(0.004)
  })

  test.each(['gelu', 'silu', 'softplus', 'abs'] as const)(
    'says nothing of deep %s, whose batches turn heavy-tailed',
    (act) => {
      expect(predicted({ act, norm: 'batch', depth: 60 }).rows.log10_gradient_rms).toBeNull()
    },
  )

  test('says nothing of activations that are nearly linear, unless the Gram matrix stays round', () => {
    const growth = (config: Parameters<typeof predicted>[0]) =>
      predicted({ act: 'tanh', norm: 'batch', gain: 0.2, batch: 32, ...config }).gradientGrowth
    expect(growth({ width: 512 })).toBeNull()
    expect(growth({ width: 512, gain: 1, gain_decay: 0.5 })).toBeNull()
    expect(growth({ width: 512, act: 'linear' })).toBeNull()
    expect(growth({ width: 512, batch: 8 })).not.toBeNull()
    expect(growth({ width: 512, gain: 0.5 })).not.toBeNull()
  })

  test('says nothing of batches that are too small, or not alike', () => {
    const nothing = (config: Parameters<typeof predicted>[0]) => {
      expect(predicted({ act: 'relu', norm: 'batch', ...config }).gradientGrowth).toBeNull()
    }
    nothing({ batch: 2 })
    nothing({ batch: 4 })
    nothing({ data: 'circle' })
    nothing({ data: 'repeated', distinct: 3 })
    nothing({ data: 'digits' })
    nothing({ norm: 'batch_uncentered' })
  })
})

describe('predictTrajectory with mixing', () => {
  // rms singular value ((1 - beta)^2 + beta^2 chi)^(L / 2), sw = 1.
  test.each([
    [0.01, 100, 0.37],
    [0.01, 1000, 4.5e-5],
    [0.001, 100, 0.9],
    [0.001, 1000, 0.37],
  ])('shrinks a tanh gradient at beta = %d over %i layers to %d', (beta, depth, expected) => {
    const config = { mix: 'orthogonal', tie: 'convex', alpha: 1 - beta, depth } as const
    const { rows } = predicted({ ...config, act: 'tanh', width: WIDE })
    expect(relativeError(10 ** rows.log10_gradient_rms![0]!, expected)).toBeLessThan(FILTER_TABLE)
  })

  test('ends at e^-c with beta = c / L', () => {
    for (const c of [0.5, 1, 3]) {
      const config = { mix: 'orthogonal', tie: 'depth', c, depth: 1000, width: WIDE } as const
      const { rows } = predicted({ ...config, act: 'tanh' })
      expect(relativeError(10 ** rows.log10_gradient_rms![0]!, Math.exp(-c))).toBeLessThan(0.01)
    }
  })

  test('dilutes the growth of a block by sqrt((k^2 + r^2) / (k^2 + 1))', () => {
    // Blocks of four layers whose branch grows by r and sends back as much as went in.
    const [alpha, beta] = [0.8, 0.6]
    const config = { act: 'tanh', norm: 'layer', sw: 1 / Math.sqrt(0.39429449) } as const
    const order = { order: 'norm_act_linear', width: WIDE, depth: 80, branch: 4 } as const
    const r = 1.085276 ** 4
    const mixed = predicted({ ...config, ...order, mix: 'orthogonal', tie: 'free', alpha, beta })
    const k2 = (alpha / beta) ** 2
    expect(
      relativeError(mixed.gradientGrowth! ** 4, Math.sqrt((k2 + r * r) / (k2 + 1))),
    ).toBeLessThan(FOUR_DIGITS)
  })

  test('grows residual networks without normalization by a power of depth', () => {
    const config = { act: 'tanh', norm: 'layer', mix: 'skip', tie: 'sum', branch: 2 } as const
    const { rows } = predicted({ ...config, depth: 50, width: WIDE })
    expect(relativeError(10 ** rows.log10_gsc![0]!, 1.52)).toBeLessThan(0.02)
  })
})

describe('predictTrajectory of pairs', () => {
  test('averages a circle of inputs over its angles', () => {
    const { rows } = predicted({ act: 'relu', data: 'circle', batch: 8, depth: 1, width: WIDE })
    const map = (t: number) => (Math.sin(t) + (Math.PI - t) * Math.cos(t)) / Math.PI
    const angles = [1, 2, 3, 4, 5, 6, 7].map((k) => Math.min(k, 8 - k) * (Math.PI / 4))
    const mean = angles.reduce((sum, t) => sum + map(t), 0) / 7
    expect(relativeError(rows.mean_cosine![1]!, mean)).toBeLessThan(EXACT)
  })

  test('keeps a large circle to five digits with fewer angles', () => {
    const { rows } = predicted({ act: 'relu', data: 'circle', batch: 1024, depth: 1, width: WIDE })
    const map = (t: number) => (Math.sin(t) + (Math.PI - t) * Math.cos(t)) / Math.PI
    let sum = 0
    for (let k = 1; k < 1024; k++) sum += map((2 * Math.PI * Math.min(k, 1024 - k)) / 1024)
    expect(relativeError(rows.mean_cosine![1]!, sum / 1023)).toBeLessThan(1e-5)
  })

  test('keeps identical rows identical', () => {
    const config = { act: 'tanh', sw: 3, data: 'repeated', distinct: 1, depth: 30 } as const
    const { rows } = predicted(config, { meanCosine: 1 })
    expect(rows.mean_cosine!.every((c) => c === 1)).toBe(true)
    expect(rows.preactivation_std_ratio!.slice(1).every((r) => r === 0)).toBe(true)
  })

  test('says nothing of pairs of digits', () => {
    const { rows } = predicted({ data: 'digits' }, { meanCosine: 0.4 })
    expect([rows.mean_cosine, rows.preactivation_std_ratio, rows.sign_diversity]).toEqual([
      null,
      null,
      null,
    ])
    expect(rows.log10_gradient_rms).not.toBeNull()
  })

  test('has the sign diversity and spread of samples that do not correlate', () => {
    const { rows } = predicted({ act: 'tanh', norm: 'layer', batch: 256, depth: 3, width: WIDE })
    expect(rows.sign_diversity![2]!.toFixed(3)).toBe('0.475')
    expect(relativeError(rows.preactivation_std_ratio![2]!, Math.sqrt(255 / 256))).toBeLessThan(
      EXACT,
    )
  })
})

describe('predictTrajectory, whatever the config,', () => {
  const combinations = activationIds.flatMap((act, i) =>
    normalizationIds.flatMap((norm, j) =>
      mixingIds.map((mix, k) => ({
        act,
        norm,
        mix,
        order: orderIds[(i + j + k) % 2]!,
        init: initializationIds[(i + 2 * j + k) % 4]!,
        data: inputIds[(i + j + 2 * k) % 5]!,
        gpn: ((i + j) % 2) as 0 | 1,
        branch: 1 + ((i + k) % 3),
        sb: (j + k) % 2 === 0 ? 0 : 0.3,
        gain_decay: (i + j) % 3 === 0 ? 0.3 : 0,
      })),
    ),
  )
  /** A ratio does not exist where its denominator is exactly zero, as two mirrored layers of |x| make it. */
  const sizeOf: Partial<Record<PredictedRowId, PredictedRowId>> = {
    mean_cosine: 'log10_activation_rms',
    preactivation_std_ratio: 'log10_preactivation_rms',
    sign_diversity: 'log10_preactivation_rms',
  }
  const startsAtLayer1 = new Set<PredictedRowId>([
    'log10_preactivation_rms',
    'preactivation_std_ratio',
    'sign_diversity',
    'log10_weight_gradient_norm',
  ])
  test.each(combinations)(
    'has rows without a gap: $act $norm $mix $order $init $data',
    (config) => {
      const depth = 12
      const { rows } = predicted({ ...config, depth }, { meanCosine: 0.1 })
      for (const id of predictedRowIds) {
        const row = rows[id]
        if (!row) continue
        const size = rows[sizeOf[id] ?? id]!
        expect(row).toHaveLength(depth + 1)
        const gaps = [...row.keys()].filter((l) => Number.isNaN(row[l]) && size[l] !== -Infinity)
        expect(gaps).toEqual(startsAtLayer1.has(id) ? [0] : [])
      }
      if (rows.log10_gradient_rms) expect(rows.log10_gradient_rms[depth]).toBe(0)
    },
  )

  test.each(combinations)('says the same again: $act $norm $mix $order $init $data', (config) => {
    const [first, again] = [predicted(config), predicted(config)]
    expect(again).toEqual(first)
  })

  test('does not depend on how it got there: depth 12 begins as depth 24 does', () => {
    const config = { act: 'gelu', sw: 1.4, sb: 0.2, width: WIDE } as const
    const [short, long] = [predicted({ ...config, depth: 12 }), predicted({ ...config, depth: 24 })]
    expect([...long.rows.log10_activation_rms!.slice(0, 13)]).toEqual([
      ...short.rows.log10_activation_rms!,
    ])
  })
})

test('predictTrajectory(tied network) says nothing unless weights are rotations', () => {
  expect(predicted({ tied: 1 }).rows.log10_activation_rms).toBeNull()
  expect(predicted({ tied: 1, depth: 1 }).rows.log10_activation_rms).not.toBeNull()
})

test('predictTrajectory(mirrored network) gives up where the difference of the halves is lost in rounding', () => {
  const growth = (config: Parameters<typeof predicted>[0]) =>
    predicted({ init: 'looks_linear', gain_decay: 0.5, ...config }).gradientGrowth
  expect(growth({ act: 'sigmoid', depth: 8 })).not.toBeNull()
  expect(growth({ act: 'sigmoid', depth: 12 })).toBeNull()
  expect(growth({ act: 'sigmoid', depth: 12, norm: 'layer' })).not.toBeNull()
  expect(growth({ act: 'relu', depth: 200 })).not.toBeNull()
})

test('predictTrajectory(network) gives up where lengths have no typical value', () => {
  expect(predicted({ act: 'gelu', sw: 1.5, width: 64, depth: 200 }).gradientGrowth).toBeNull()
  expect(predicted({ act: 'gelu', sw: 1.5, width: 1024, depth: 10 }).gradientGrowth).not.toBeNull()
})
