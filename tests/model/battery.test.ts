import { describe, expect, it } from 'vitest'
import { gaussianExpectation } from '../../src/math/quadrature.ts'
import { symmetricEigenvalues } from '../../src/math/eigen.ts'
import { normalize } from '../../src/engine/reference/normalize.ts'
import { fillNormals } from '../../src/math/random.ts'
import { activationIds, activations, FAR_OUT } from '../../src/model/activations.ts'
import { defaultConfig, networkFields } from '../../src/model/config.ts'
import { gaussPoincare } from '../../src/model/gaussPoincare.ts'
import { initializationIds, initializations } from '../../src/model/initializations.ts'
import { inputIds, inputs } from '../../src/model/inputs.ts'
import { tieIds, ties } from '../../src/model/mixings.ts'
import { normalizationIds, normalizations } from '../../src/model/normalizations.ts'
import golden from '../golden/moments.json' with { type: 'json' }
import { CENTRAL_DIFFERENCES, EXACT, QUADRATURE, STANDARD_ERRORS, TAIL } from '../tolerances.ts'

/** What an entry in a table of the model gets tested for without asking. */

const normals = (count: number, seed: number) => {
  const out = new Float64Array(count)
  fillNormals(out, { seed, role: 1, layer: 0 })
  return out
}

describe.each(activationIds)('activation %s', (id) => {
  const { phi, dphi, kinks, grows, vanishes, homogeneous, lnSlopeFar } = activations[id]
  const slope = 0.01
  const moments = golden.data[id]

  it('has the derivative it claims, away from its kinks', () => {
    for (let z = -6.0005; z < 6; z += 0.037) {
      if (kinks.some((kink) => Math.abs(z - kink) < 1e-3)) continue
      const numeric = (phi(z + 1e-6, slope) - phi(z - 1e-6, slope)) / 2e-6
      expect(Math.abs(dphi(z, slope) - numeric)).toBeLessThan(1e3 * CENTRAL_DIFFERENCES)
    }
  })

  it('keeps relative accuracy near zero and is finite at any size', () => {
    for (const z of [1e-300, 1e-12, 1e-6, 1e3, 1e300]) {
      for (const x of [z, -z]) {
        expect(Number.isFinite(phi(x, slope)) && Number.isFinite(dphi(x, slope))).toBe(true)
      }
    }
    const near = 1e-9
    const linear = phi(0, slope) + dphi(near, slope) * near
    expect(Math.abs(phi(near, slope) - linear)).toBeLessThan(1e-7 * Math.abs(linear))
  })

  it('says truly whether it grows, vanishes at zero and is homogeneous', () => {
    expect(Math.max(Math.abs(phi(1e6, slope)), Math.abs(phi(-1e6, slope))) > 1e3).toBe(grows)
    expect(phi(0, slope) === 0).toBe(vanishes)
    const isHomogeneous = [-2, -0.7, 0.3, 5].every(
      (z) => Math.abs(phi(3 * z, slope) - 3 * phi(z, slope)) < 1e-12,
    )
    expect(isHomogeneous).toBe(homogeneous)
  })

  it('knows the logarithm of its slope where the slope itself would underflow', () => {
    for (const side of [-1, 1] as const) {
      const abs = FAR_OUT + 0.2
      const slopeThere = Math.abs(dphi(side * abs, slope))
      if (lnSlopeFar)
        expect(Math.abs(lnSlopeFar(side, Math.log(abs)) - Math.log(slopeThere))).toBeLessThan(TAIL)
      else expect(slopeThere === 0 || slopeThere >= slope).toBe(true)
    }
  })

  it('has the Gaussian moments of the golden table', () => {
    const expectation = (f: (z: number) => number) => gaussianExpectation(f, kinks)
    const close = (found: number, want: string) => {
      expect(Math.abs(found - Number(want))).toBeLessThan(QUADRATURE)
    }
    close(
      expectation((z) => phi(z, slope)),
      moments.m1,
    )
    close(
      expectation((z) => phi(z, slope) ** 2),
      moments.m2,
    )
    close(
      expectation((z) => dphi(z, slope) ** 2),
      moments.d2,
    )
    close(
      expectation((z) => z * phi(z, slope) * dphi(z, slope)),
      moments.z_phi_dphi,
    )
  })

  it('has the Gaussian-Poincare constants of the golden table, and the root with slope at most 1', () => {
    const found = gaussPoincare(id, slope)
    expect(Math.abs(found.a - Number(moments.a))).toBeLessThan(QUADRATURE)
    expect(Math.abs(found.upper - Number(moments.b_upper))).toBeLessThan(1e-7)
    expect(Math.abs(found.lower - Number(moments.b_lower))).toBeLessThan(1e-7)
    expect(found.b === found.upper ? found.slopeUpper : found.slopeLower).toBeLessThan(
      1 + QUADRATURE,
    )
    if (found.b === found.lower && found.upper !== found.lower)
      expect(found.slopeUpper).toBeGreaterThan(1)
  })
})

describe.each(normalizationIds)('normalization %s', (id) => {
  const [m, n] = [7, 11]
  const { axis, centred } = normalizations[id]
  const h = normals(m * n, 5).map((v) => 3 * v + 1)
  const z = normalize({ values: h, exponent: 0 }, n, id).z.values

  it('gives every group the mean and size it claims, once and for all', () => {
    if (axis === 'none') {
      expect(z).toEqual(h)
      return
    }
    const groups = axis === 'batch' ? n : m
    for (let g = 0; g < groups; g++) {
      const group = z.filter((_, i) => (axis === 'batch' ? i % n : Math.floor(i / n)) === g)
      const mean = group.reduce((sum, v) => sum + v, 0) / group.length
      const square = group.reduce((sum, v) => sum + v * v, 0) / group.length
      if (centred) expect(Math.abs(mean)).toBeLessThan(EXACT)
      expect(Math.abs(square - 1)).toBeLessThan(EXACT)
    }
    const twice = normalize({ values: z, exponent: 0 }, n, id).z.values
    twice.forEach((v, i) => {
      expect(Math.abs(v - z[i]!)).toBeLessThan(EXACT)
    })
  })

  it('leaves a zero batch zero, whatever its scale', () => {
    const zero = normalize({ values: new Float64Array(m * n), exponent: 900 }, n, id)
    expect(zero.z.values.every((v) => v === 0)).toBe(true)
  })
})

describe.each(initializationIds)('initialization %s', (id) => {
  const [n, sw] = [24, 1.7]
  const draw = (layer: number) => initializations[id].draw(n, sw, { seed: 3, role: 1, layer })

  it('has mean 0 and the variance of the contract', () => {
    const entries = Array.from({ length: 60 }, (_, layer) => Array.from(draw(layer))).flat()
    const mean = entries.reduce((sum, v) => sum + v, 0) / entries.length
    const variance = entries.reduce((sum, v) => sum + v * v, 0) / entries.length
    const wanted = ((id === 'looks_linear' ? 2 : 1) * (sw * sw)) / n
    expect(Math.abs(mean)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(wanted / entries.length))
    const error = wanted * Math.sqrt(2 / entries.length)
    expect(Math.abs(variance - wanted)).toBeLessThan(STANDARD_ERRORS * error)
  })

  it('is drawn anew by every layer and seed, and the same again from the same address', () => {
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(initializations[id].draw(n, sw, { seed: 4, role: 1, layer: 1 })).not.toEqual(draw(1))
  })

  it('has singular values sw where it is orthogonal', () => {
    if (id !== 'orthogonal') return
    const w = draw(1)
    const gram = Float64Array.from({ length: n * n }, (_, at) => {
      let sum = 0
      for (let k = 0; k < n; k++) sum += w[k * n + Math.floor(at / n)]! * w[k * n + (at % n)]!
      return sum
    })
    for (const value of symmetricEigenvalues(gram, n))
      expect(Math.abs(value - sw * sw)).toBeLessThan(EXACT * 10)
  })
})

describe.each(inputIds.filter((id) => id !== 'digits'))('input %s', (id) => {
  const request = { ...defaultConfig, batch: 64, width: 256, rho: 0.6, distinct: 5 }
  const x = inputs[id].draw(request)
  const row = (a: number) => x.subarray(a * 256, (a + 1) * 256)
  const product = (a: number, b: number) =>
    row(a).reduce((sum, v, j) => sum + v * row(b)[j]!, 0) / 256

  it('has rows of rms 1', () => {
    const square = x.reduce((sum, v) => sum + v * v, 0) / x.length
    expect(Math.abs(square - 1)).toBeLessThan(0.1)
  })

  it('has the correlations it is named for', () => {
    let sum = 0
    for (let a = 0; a < 64; a++) for (let b = 0; b < a; b++) sum += product(a, b) / (32 * 63)
    const wanted = { gaussian: 0, correlated: 0.6, circle: -1 / 63, repeated: 0, digits: NaN }[id]
    if (id === 'repeated') expect(row(7)).toEqual(row(2))
    else expect(Math.abs(sum - wanted)).toBeLessThan(0.1)
  })
})

describe.each(tieIds)('tie %s', (id) => {
  it('gives the branch weights it is named for', () => {
    const { alpha, beta } = ties[id].weights({ alpha: 0.6, beta: 0.3, c: 2, depth: 8 })
    const wanted = {
      convex: [0.6, 0.4],
      energy: [0.6, 0.8],
      sum: [1, 1],
      free: [0.6, 0.3],
      depth: [0.75, 0.25],
    }[id]
    expect(alpha).toBeCloseTo(wanted[0]!, 12)
    expect(beta).toBeCloseTo(wanted[1]!, 12)
  })
})

describe.each(Object.entries(networkFields))('field %s', (_, field) => {
  it('parses what it writes and refuses what is not legal', () => {
    const write = field.format as (value: unknown) => string
    expect(field.parse(write(field.initial))).toBe(field.initial)
    for (const text of ['', ' ', 'NaN', 'Infinity', '1e999', '-1', '__proto__', '0x10', '1,5'])
      expect(field.parse(text)).toBeUndefined()
  })
})
