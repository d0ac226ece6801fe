import { expect, test } from 'vitest'
import { mean, median, quantile, slope, standardError, variance } from '../../src/math/summary.ts'
import { EXACT } from '../tolerances.ts'
import { relativeError } from './relativeError.ts'

test('mean(values) is the arithmetic mean, without missing values', () => {
  expect(mean([1, NaN, 2, 6])).toBe(3)
  expect(mean(Float64Array.of(2, 4))).toBe(3)
  expect(mean([])).toBeNaN()
  expect(mean([1, Infinity])).toBe(Infinity)
})

test('variance(values) is the unbiased variance, without missing values', () => {
  expect(relativeError(variance([5, 1, NaN, 2, 3, 4]), 2.5)).toBeLessThan(EXACT)
})

test('variance(values) does not cancel on a large offset', () => {
  expect(variance([1e9, 1e9 + 1, 1e9 + 2])).toBe(1)
})

test('variance(values) and standardError(values) are NaN with fewer than two values', () => {
  expect([variance([]), variance([1]), variance([1, NaN]), standardError([3])]).toEqual([
    NaN,
    NaN,
    NaN,
    NaN,
  ])
})

test('standardError(values) is sqrt(variance / count) of the values present', () => {
  expect(relativeError(standardError([1, 2, NaN, 3, 4]), Math.sqrt(5 / 12))).toBeLessThan(EXACT)
})

test('quantile(values, p) interpolates between order statistics (type 7)', () => {
  const values = [15, 20, NaN, 35, 40, 50]
  expect([0, 0.25, 0.5, 1].map((p) => quantile(values, p))).toEqual([15, 20, 35, 50])
  expect(relativeError(quantile(values, 0.4), 29)).toBeLessThan(EXACT)
  expect([quantile([], 0.5), quantile([7], 0.9)]).toEqual([NaN, 7])
})

test('quantile(values, p) sorts numbers as numbers and leaves its argument alone', () => {
  const values = [10, 9, -1]
  expect(quantile(values, 0)).toBe(-1)
  expect(values).toEqual([10, 9, -1])
})

test('quantile(values, p) takes infinities as ordinary values', () => {
  const values = [-Infinity, -Infinity, 1, 2]
  expect([0, 1 / 3, 1].map((p) => quantile(values, p))).toEqual([-Infinity, -Infinity, 2])
  expect([0.4, 0.6].map((p) => quantile(values, p))).toEqual([-Infinity, 1])
})

test('median(values) is the middle value, or the mean of the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN])
})

test('slope(x, y) is that of the least-squares line', () => {
  expect(relativeError(slope([0, 1, 2, 3], [1, 3, 2, 5]), 1.1)).toBeLessThan(EXACT)
  expect(slope([1e6, 1e6 + 1, 1e6 + 2], [4, 6, 8])).toBe(2)
  expect(slope([1, 1], [2, 3])).toBeNaN()
})
