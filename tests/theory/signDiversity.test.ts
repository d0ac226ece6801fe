import { describe, expect, test } from 'vitest'
import { fillNormals } from '../../src/math/random.ts'
import { mean, standardError } from '../../src/math/summary.ts'
import { signDiversity } from '../../src/theory/signDiversity.ts'
import { FIVE_STANDARD_ERRORS, REPELLED_SIGNS, SIGN_TABLE, THREE_DIGITS } from '../tolerances.ts'
import { relativeError } from '../math/relativeError.ts'

/** Probability that two normals of correlation 1 - e differ in sign: Sheppard 1899. */
const differ = (e: number) => Math.acos(1 - e) / Math.PI

describe('signDiversity(m, e)', () => {
  test.each([0.001, 0.1, 0.5, 0.9, 1])('is that of pairs and triples at e = %d', (e) => {
    // Of two signs one is rarer iff they differ; of three iff not all are equal: three pairs, two of which then differ.
    expect(Math.abs(signDiversity(2, e) - differ(e) / 2)).toBeLessThan(SIGN_TABLE)
    expect(Math.abs(signDiversity(3, e) - differ(e) / 2)).toBeLessThan(SIGN_TABLE)
  })

  test.each([1.1, 1.5])('is so where samples repel each other, e = %d', (e) => {
    expect(Math.abs(signDiversity(2, e) - differ(e) / 2)).toBeLessThan(SIGN_TABLE)
    expect(Math.abs(signDiversity(3, e) - differ(e) / 2)).toBeLessThan(SIGN_TABLE)
  })

  test.each([2, 7, 32, 255])('is the binomial one for %i independent samples', (m) => {
    let [sum, term] = [0, 2 ** -m]
    for (let k = 0; k <= m; k++) {
      sum += (Math.min(k, m - k) / m) * term
      term *= (m - k) / (k + 1)
    }
    expect(Math.abs(signDiversity(m, 1) - sum)).toBeLessThan(SIGN_TABLE)
  })

  test.each([0.01, 0.1, 0.4])('tends to arccos(sqrt(1 - e)) / pi for many samples, e = %d', (e) => {
    const limit = Math.acos(Math.sqrt(1 - e)) / Math.PI
    expect(relativeError(signDiversity(1024, e), limit)).toBeLessThan(THREE_DIGITS)
  })

  test('is zero for identical samples', () => {
    expect(signDiversity(16, 0)).toBe(0)
  })

  const COUNT = 40_000
  test.each([
    [6, 0.3],
    [8, 1.1],
    [16, 0.7],
    [6, 6 / 5],
    [8, 8 / 7],
    [16, 16 / 15],
    [33, 33 / 32],
  ])('is that of %i normals drawn, e = %d', (m, e) => {
    const drawn = new Float64Array(COUNT * (m + 1))
    fillNormals(drawn, { seed: 7, role: 0, layer: m })
    // Correlation 1 - e: a shared part, or for e > 1 a part of the mean taken off.
    const isRepelled = e > 1
    const kept = 1 - Math.sqrt(Math.max(0, 1 - (m * (e - 1)) / e))
    const diversities = Array.from({ length: COUNT }, (_, i) => {
      const own = drawn.subarray(i * (m + 1), i * (m + 1) + m)
      const shared = isRepelled
        ? -kept * mean(own)
        : Math.sqrt((1 - e) / e) * drawn[i * (m + 1) + m]!
      const positive = own.filter((v) => v + shared > 0).length
      return Math.min(positive, m - positive) / m
    })
    const allowed =
      FIVE_STANDARD_ERRORS * standardError(diversities) + (isRepelled ? REPELLED_SIGNS : 0)
    expect(Math.abs(mean(diversities) - signDiversity(m, e))).toBeLessThan(allowed)
  })
})
