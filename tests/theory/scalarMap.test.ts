import { expect, test } from 'vitest'
import { sampleMap, stepsOf } from '../../src/theory/scalarMap.ts'
import { EXACT } from '../tolerances.ts'

/** x -> r x (1 - x) has the fixed points 0 with slope r, and 1 - 1 / r with slope 2 - r. */
const logistic = (r: number) => ({
  map: (x: number) => r * x * (1 - x),
  slope: (x: number) => r * (1 - 2 * x),
})

test('sampleMap(logistic) finds both fixed points and what they do', () => {
  const { fixedPoints, isIdentity, xs, ys } = sampleMap(logistic(2.6), [0, 1], [])
  expect(isIdentity).toBe(false)
  expect(fixedPoints.map(({ stability }) => stability)).toEqual(['unstable', 'stable'])
  expect(fixedPoints[0]).toMatchObject({ at: 0, slope: 2.6 })
  expect(Math.abs(fixedPoints[1]!.at - (1 - 1 / 2.6))).toBeLessThan(EXACT)
  expect(Math.abs(fixedPoints[1]!.slope - (2 - 2.6))).toBeLessThan(EXACT)
  expect(xs[48]).toBe(0.5)
  expect(ys[48]).toBe(2.6 / 4)
})

test('sampleMap(map) keeps a known point that samples are too far apart for, and does not count one twice', () => {
  const { fixedPoints } = sampleMap(logistic(1.002), [0, 1], [0, 1 - 1 / 1.002])
  expect(fixedPoints.map(({ stability }) => stability)).toEqual(['unstable', 'stable'])
  expect(sampleMap(logistic(1), [0, 1], [0]).fixedPoints).toEqual([
    { at: 0, slope: 1, stability: 'marginal' },
  ])
  expect(sampleMap(logistic(2.6), [0, 1], [5]).fixedPoints).toHaveLength(2)
})

test('sampleMap(identity) has no single fixed points', () => {
  const identity = sampleMap({ map: (x) => x, slope: () => 1 }, [0, 2], [1])
  expect(identity).toMatchObject({ isIdentity: true, fixedPoints: [] })
})

test('stepsOf(map, start) ends at rest, out of range, or after as many as are wanted', () => {
  const half = (x: number) => x / 2
  const range = [0, 1] as const
  expect([...stepsOf(half, 1, { range, most: 3 })]).toEqual([1, 0.5, 0.25])
  const resting = stepsOf(half, 1, { range, most: 1000 })
  expect(resting.length).toBeLessThan(20)
  expect(resting.at(-1)).toBeLessThan(2e-4)
  expect([...stepsOf((x) => 3 * x, 0.2, { range, most: 1000 })]).toHaveLength(3)
  expect([...stepsOf((_, layer) => 1 / layer, 0, { range, most: 3 })]).toEqual([0, 1, 0.5])
})
