import { describe, expect, test } from 'vitest'
import { fillNormals } from '../../src/math/random.ts'
import { type ActivationId, activations } from '../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import {
  type Cobweb,
  type Cobwebs,
  cobwebs,
  type CorrelationCobweb,
  type Unmapped,
} from '../../src/theory/cobweb.ts'
import golden from '../golden/length_maps.json' with { type: 'json' }
import { run } from '../engine/run.ts'
import { relativeError } from '../math/relativeError.ts'
import {
  EXACT,
  FIVE_STANDARD_ERRORS,
  QUADRATURE,
  THREE_DIGITS,
  WALK_OF_COSINES,
  WALK_OF_SIZES,
} from '../tolerances.ts'
import { tanhPhases } from './tanhPhases.ts'

interface Maps {
  readonly length: Cobweb
  readonly correlation: CorrelationCobweb
}

const drawn = (config: Partial<NetworkConfig>, meanCosine = 0): Cobwebs =>
  cobwebs(resolveNetwork({ ...defaultConfig, ...config }), { log10Rms: 0, meanCosine })

function mapsOf(config: Partial<NetworkConfig>, meanCosine = 0): Maps {
  const { length, correlation } = drawn(config, meanCosine)
  if (typeof length === 'string' || typeof correlation === 'string')
    throw new Error('mapsOf: there must be maps, there is a reason for none')
  return { length, correlation }
}

/** Inputs of rms 1 enter the first activation themselves. */
const direct = { order: 'norm_act_linear', depth: 31 } as const

describe.each(golden.data)('cobwebs of $activation at sw2 = $sw2, sb2 = $sb2', (row) => {
  const [sw, sb] = [Math.sqrt(Number(row.sw2)), Math.sqrt(Number(row.sb2))]
  const { length } = mapsOf({ ...direct, act: row.activation as ActivationId, sw, sb })

  test('the staircase of q follows 30 digits until it rests', () => {
    expect(length.steps.length).toBeGreaterThan(1)
    length.steps.forEach((q, l) => {
      expect(relativeError(q, Number(row.q[l]))).toBeLessThan(QUADRATURE)
    })
  })
})

describe.each(tanhPhases)('cobwebs of tanh at sw2 = $sw2, sb2 = $sb2', (row) => {
  const { length, correlation } = mapsOf({ sw: Math.sqrt(row.sw2), sb: Math.sqrt(row.sb2) })

  test('mark q* and c* of the reference table as stable', () => {
    const stable = length.fixedPoints.filter(({ stability }) => stability === 'stable')
    expect(stable).toHaveLength(1)
    expect(relativeError(stable[0]!.at, row.q)).toBeLessThan(THREE_DIGITS)
    const resting = correlation.fixedPoints.filter(({ stability }) => stability === 'stable')
    expect(resting.map(({ at }) => Math.abs(at - row.c) < THREE_DIGITS)).toEqual([true])
    expect(correlation).toMatchObject({ isSettled: true, q: stable[0]!.at })
  })

  test('mark c = 1 with slope chi_1, unstable where it exceeds 1', () => {
    const atOne = correlation.fixedPoints.at(-1)!
    expect(atOne.at).toBe(1)
    expect(atOne.slope).toBe(correlation.chi1)
    expect(relativeError(atOne.slope, row.chi1)).toBeLessThan(THREE_DIGITS)
    expect(atOne.stability).toBe(row.chi1 > 1 ? 'unstable' : 'stable')
  })

  test('mark q = 0 as unstable where it is a fixed point, and only there', () => {
    expect(length.fixedPoints.some(({ at }) => at === 0)).toBe(row.sb2 === 0)
    for (const { at, slope, stability } of length.fixedPoints)
      if (at === 0) {
        expect(relativeError(slope, row.sw2)).toBeLessThan(EXACT)
        expect(stability).toBe('unstable')
      }
  })
})

/** Correlations after 10 and 50 layers of normalized activations, from 0 on (mean field, three digits). */
const selfNormalized = [
  ['tanh', 0.692, 0.933],
  ['selu', 0.457, 0.873],
  ['elu', 0.451, 0.819],
  ['gelu', 0.753, 0.938],
  ['relu', 0.872, 0.988],
] as const

test.each(selfNormalized)('the staircase of c of normalized %s', (act, after10, after50) => {
  const { correlation } = mapsOf({ ...direct, depth: 64, act, gpn: 1 })
  expect(relativeError(correlation.steps[10]!, after10)).toBeLessThan(THREE_DIGITS)
  expect(relativeError(correlation.steps[50]!, after50)).toBeLessThan(THREE_DIGITS)
})

test('the correlation map is that of draws', () => {
  const [draws, sw, sb, at] = [200_000, 1.5, 0.4, 0.25]
  const { correlation } = drawn({ act: 'elu', norm: 'rms', sw, sb, gain: 0.7 })
  if (typeof correlation === 'string') throw new Error('correlation: there must be a map')
  const i = correlation.xs.indexOf(at)
  const z = new Float64Array(2 * draws)
  fillNormals(z, { seed: 7, role: 0, layer: 0 })
  const f = (u: number) => activations.elu.phi(0.7 * u, 0)
  let [sum, squares, size] = [0, 0, 0]
  for (let k = 0; k < draws; k++) {
    const u = z[k]!
    const product = f(u) * f(at * u + Math.sqrt(1 - at * at) * z[draws + k]!)
    sum += product
    squares += product * product
    size += f(u) ** 2
  }
  const [mean, square] = [sum / draws, size / draws]
  const error = Math.sqrt((squares / draws - mean * mean) / draws)
  const c = (sw * sw * mean + sb * sb) / (sw * sw * square + sb * sb)
  // The denominator varies less than the numerator and along with it: its own error is left out.
  expect(Math.abs(correlation.ys[i]! - c)).toBeLessThan(FIVE_STANDARD_ERRORS * error * sw * sw)
})

test('weights and bias stand between inputs and the first value', () => {
  const { length, correlation } = mapsOf({ sw: 2, sb: 1 }, 0.5)
  expect(length.steps[0]).toBe(5)
  expect(correlation.steps[0]).toBe((4 * 0.5 + 1) / 5)
})

test('negative correlations are drawn where inputs begin there', () => {
  expect(mapsOf({}, -0.01).correlation.range).toEqual([0, 1])
  const { range, steps } = mapsOf({}, -0.5).correlation
  expect(range).toEqual([-1, 1])
  expect(steps[0]).toBe(-0.5)
})

test('ReLU: every q is fixed on the critical line, none above, and c = 1 is marginal throughout', () => {
  const critical = mapsOf({ act: 'relu', sw: Math.SQRT2 })
  expect(critical.length.isIdentity).toBe(true)
  const above = mapsOf({ act: 'relu', sw: 1.6 })
  expect(above.length.fixedPoints).toMatchObject([{ at: 0, stability: 'unstable' }])
  expect(above.length.steps.at(-1)).toBeGreaterThan(above.length.range[1])
  expect(above.correlation.isSettled).toBe(false)
  for (const { correlation } of [critical, above])
    expect(correlation.fixedPoints).toMatchObject([{ at: 1, stability: 'marginal' }])
})

test('a network that vanishes: correlations follow each layer, the map is that of the last', () => {
  const { correlation } = mapsOf({ act: 'gelu', sw: 1 })
  expect(correlation.isSettled).toBe(false)
  expect(correlation.isIdentity).toBe(true)
  expect(correlation.steps[2]).toBeGreaterThan(correlation.steps[1]!)
})

const unmapped: readonly (readonly [Unmapped, Partial<NetworkConfig>])[] = [
  ['mixed', { mix: 'skip' }],
  ['tied', { tied: 1 }],
  ['gain_decay', { gain_decay: 0.4 }],
  ['mirrored', { init: 'looks_linear' }],
  ['batch', { norm: 'batch' }],
  ['batch', { norm: 'batch_uncentered' }],
  ['two_units', { norm: 'layer', width: 2 }],
  ['digits', { data: 'digits', order: 'norm_act_linear' }],
  ['constant', { gain: 0 }],
  ['zero', { sw: 0, sb: 0 }],
]

test.each(unmapped)('there is no map: %s', (reason, config) => {
  expect(drawn(config)).toEqual({ length: reason, correlation: reason })
})

test('layer and rms normalization set the length and leave the correlation', () => {
  for (const norm of ['layer', 'rms'] as const) {
    const { length, correlation } = drawn({ norm, sw: 1.3, sb: 0.2 })
    expect(length).toBe('normalized')
    expect(correlation).toMatchObject({ q: 1, isSettled: true })
  }
})

const walked = [
  { act: 'tanh', sw: 1.6, sb: 0.3, norm: 'none' },
  { act: 'relu', sw: 1.5, sb: 0, norm: 'none' },
  { act: 'gelu', sw: 1.2, sb: 0, norm: 'none' },
  { act: 'elu', sw: 1.2, sb: 0.5, norm: 'rms' },
] as const

test.each(walked)(
  'the staircases are the way of drawn networks of $act with norm $norm',
  async (config) => {
    const drawing = { ...direct, ...config, width: 256, batch: 16, seeds: 4 }
    const { rows } = await run({ ...drawing, data: 'correlated', rho: 0.3 })
    const start = { log10Rms: rows.log10_activation_rms[0]!, meanCosine: rows.mean_cosine[0]! }
    const maps = cobwebs(resolveNetwork({ ...defaultConfig, ...drawing }), start)
    const { length, correlation } = maps
    if (typeof correlation === 'string') throw new Error('cobwebs: there must be a map')
    correlation.steps.forEach((c, l) => {
      expect(Math.abs(c - rows.mean_cosine[l]!)).toBeLessThan(WALK_OF_COSINES)
    })
    if (typeof length === 'string') return
    length.steps.forEach((q, l) => {
      expect(Math.abs(Math.log10(q) / 2 - rows.log10_activation_rms[l]!)).toBeLessThan(
        WALK_OF_SIZES,
      )
    })
  },
  60_000,
)
