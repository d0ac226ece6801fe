import { describe, expect, test } from 'vitest'
import { fillNormals } from '../../src/math/random.ts'
import { type ActivationId, activationIds, activations } from '../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { activationCard } from '../../src/theory/activationCard.ts'
import { predictTrajectory } from '../../src/theory/trajectory.ts'
import golden from '../golden/moments.json' with { type: 'json' }
import { run } from '../engine/run.ts'
import { relativeError } from '../math/relativeError.ts'
import {
  BATCH_LIMIT,
  FINITE_WIDTH,
  FIVE_STANDARD_ERRORS,
  KINKED_BATCH,
  QUADRATURE,
  WIDTH_DRIFT,
} from '../tolerances.ts'

const cardOf = (settings: Partial<NetworkConfig>) =>
  activationCard({ ...defaultConfig, ...settings })

/** With batch normalization, samples of these drift apart in size, or they are too nearly linear: no growth is known. */
const UNKNOWN: readonly string[] = ['linear', 'gelu', 'silu', 'softplus', 'sigmoid', 'abs']
/** phi(-z) = -phi(z) */
const ODD: readonly string[] = [
  'tanh',
  'hard_tanh',
  'erf',
  'sin',
  'arctan',
  'softsign',
] satisfies ActivationId[]

const near = (value: number | null, expected: number, allowed = QUADRATURE) => {
  expect(value === null ? Infinity : Math.abs(value - expected)).toBeLessThan(allowed)
}

/** Growth for batches without end, from two sizes: it differs from theirs by a multiple of 1 / batch. */
function largeBatch(act: string, norm: 'batch' | 'batch_uncentered'): number {
  const [half, whole] = [512, 1024].map(
    (batch) => cardOf({ act: act as ActivationId, batch }).growth[norm]!,
  ) as [number, number]
  return 2 * whole - half
}

describe.each(Object.entries(golden.data))('activationCard of %s', (act, row) => {
  const [m1, m2, d2] = [Number(row.m1), Number(row.m2), Number(row.d2)]
  const card = cardOf({ act: act as ActivationId })

  test('has the moments, the constants and both roots to 30 digits', () => {
    near(card.m1, m1)
    near(card.m2, m2)
    near(card.d2, d2)
    near(card.gaussPoincare.a, Number(row.a))
    near(card.gaussPoincare.upper, Number(row.b_upper))
    near(card.gaussPoincare.lower, Number(row.b_lower))
    near(card.lengthSlope, Number(row.z_phi_dphi))
    expect([card.a, card.b]).toEqual([1, 0])
  })

  test('grows by what the normalization divides by', () => {
    near(card.growth.layer, Math.sqrt(d2 / m2))
    near(card.growth.rms, Math.sqrt(d2 / m2))
    const large = Math.sqrt(d2 / (m2 - m1 * m1))
    const allowed = act === 'hard_tanh' ? KINKED_BATCH : BATCH_LIMIT
    if (UNKNOWN.includes(act)) expect(card.growth.batch).toBeNull()
    else near(largeBatch(act, 'batch'), large, allowed)
    if (ODD.includes(act)) near(largeBatch(act, 'batch_uncentered'), large, allowed)
    else expect(card.growth.batch_uncentered).toBeNull()
  })

  test('normalized it keeps signal and gradient, and uses the root whose slope is at most 1', () => {
    const { a, b, gaussPoincare, lengthSlope, qStar, growth } = cardOf({
      act: act as ActivationId,
      gpn: 1,
    })
    expect([a, b]).toEqual([gaussPoincare.a, gaussPoincare.b])
    near(qStar, 1)
    near(growth.none, 1)
    near(growth.rms, 1)
    const isUpper = gaussPoincare.slopeUpper <= 1 + QUADRATURE
    expect(b).toBe(isUpper ? gaussPoincare.upper : gaussPoincare.lower)
    near(lengthSlope, isUpper ? gaussPoincare.slopeUpper : gaussPoincare.slopeLower)
    expect(lengthSlope).toBeLessThan(1 + QUADRATURE)
  })
})

const START = { log10Rms: 0, meanCosine: 0 }
const DRAWS = 200_000
const normals = new Float64Array(DRAWS)
fillNormals(normals, { seed: 20261121, role: 0, layer: 0 })

/** Is the mean of f over the draws within five standard errors of what is expected? */
function expectMean(f: (z: number) => number, expected: number): void {
  let [sum, squares] = [0, 0]
  for (const z of normals) {
    const y = f(z)
    sum += y
    squares += y * y
  }
  const mean = sum / DRAWS
  const error = Math.sqrt(Math.max(0, squares / DRAWS - mean * mean) / DRAWS)
  expect(Math.abs(mean - expected)).toBeLessThanOrEqual(FIVE_STANDARD_ERRORS * error + QUADRATURE)
}

test.each(activationIds)('activationCard of %s at gain 1.7 has the means of draws', (act) => {
  const { phi, dphi } = activations[act]
  const [gain, slope] = [1.7, 0.3]
  const { m1, m2, d2 } = cardOf({ act, gain, slope })
  expectMean((z) => phi(gain * z, slope), m1)
  expectMean((z) => phi(gain * z, slope) ** 2, m2)
  expectMean((z) => (gain * dphi(gain * z, slope)) ** 2, d2)
})

test('activationCard(sin at gain g) has closed forms', () => {
  for (const g of [0.2, 1, 2.5]) {
    const { m2, d2 } = cardOf({ act: 'sin', gain: g })
    expect(relativeError(m2, (1 - Math.exp(-2 * g * g)) / 2)).toBeLessThan(QUADRATURE)
    expect(relativeError(d2, (g * g * (1 + Math.exp(-2 * g * g))) / 2)).toBeLessThan(QUADRATURE)
  }
})

test('activationCard of ReLU at sw = sqrt(2) is neutral without normalization', () => {
  const { growth, lengthSlope } = cardOf({ act: 'relu', sw: Math.SQRT2 })
  near(growth.none, 1)
  near(lengthSlope, 1)
})

describe('growth where there is nothing to predict, or nothing at all', () => {
  test('is null where a normalization would divide zero by zero', () => {
    const { growth } = cardOf({ sw: 0, sb: 0 })
    expect(growth).toEqual({ none: 0, batch: null, batch_uncentered: null, layer: null, rms: null })
  })
  test('is null for a constant activation under batch normalization', () => {
    const { growth, m2, d2 } = cardOf({ act: 'sigmoid', gain: 0 })
    expect([m2, d2, growth.batch, growth.layer]).toEqual([0.25, 0, null, 0])
  })
  test('is null from the depth on at which the samples of a batch have drifted apart', () => {
    expect(cardOf({ act: 'gelu', depth: 10 }).growth.batch).toBeGreaterThan(1.1484)
    expect(cardOf({ act: 'gelu', depth: 20 }).growth.batch).toBeNull()
  })
  test('is null for batches too small to have a law, and for layers of two units', () => {
    const { growth } = cardOf({ batch: 4 })
    expect([growth.batch, growth.rms === null]).toEqual([null, false])
    expect(cardOf({ width: 2 }).growth.layer).toBeNull()
  })
  test('is null without centring where samples share a bias or a mean', () => {
    expect(cardOf({ act: 'tanh', sb: 0.1 }).growth.batch_uncentered).toBeNull()
    expect(cardOf({ act: 'tanh', gpn: 1 }).growth.batch_uncentered).toBeNull()
    expect(cardOf({ act: 'tanh', sb: 0.1 }).growth.batch).not.toBeNull()
  })
  test('does not depend on what surrounds the activation', () => {
    const plain = cardOf({ act: 'relu' })
    const around = {
      norm: 'batch',
      mix: 'skip',
      tied: 1,
      init: 'orthogonal',
      data: 'circle',
    } as const
    expect(cardOf({ act: 'relu', ...around })).toEqual(plain)
  })
})

test('growth is that of the trajectory of a deep network', () => {
  for (const act of ['tanh', 'relu', 'elu', 'sin'] as const)
    for (const norm of ['batch', 'layer', 'rms'] as const) {
      const config = { ...defaultConfig, act, norm, depth: 40, sw: 1.3, sb: 0.4, gain: 0.9 }
      const { gradientGrowth } = predictTrajectory(resolveNetwork(config), START)
      expect(relativeError(activationCard(config).growth[norm]!, gradientGrowth!)).toBeLessThan(
        WIDTH_DRIFT,
      )
    }
})

const measured = [
  { act: 'tanh', norm: 'none', sw: 1.6, sb: 0.3, gain: 1.2 },
  { act: 'elu', norm: 'layer', sw: 1.5, sb: 0.5, gain: 1 },
  { act: 'softplus', norm: 'rms', sw: 1, sb: 0, gain: 2 },
  { act: 'relu', norm: 'batch', sw: 1.4, sb: 1, gain: 1 },
  { act: 'sin', norm: 'batch', sw: 1, sb: 0, gain: 1.3 },
  { act: 'tanh', norm: 'batch_uncentered', sw: 1, sb: 0, gain: 0.8 },
] as const

test.each(measured)(
  'growth of $act with norm $norm is that of networks of width 256',
  async (config) => {
    const batch = config.norm.startsWith('batch') ? 32 : 2
    const { summary } = await run({
      ...config,
      width: 256,
      depth: 40,
      batch,
      seeds: batch > 2 ? 1 : 3,
    })
    const growth = cardOf({ ...config, batch }).growth[config.norm]!
    expect(relativeError(summary.gradientGrowth!, growth)).toBeLessThan(FINITE_WIDTH)
  },
  60_000,
)
