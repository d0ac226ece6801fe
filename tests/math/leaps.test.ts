import { describe, expect, test } from 'vitest'
import { leaps, type Recurrence } from '../../src/math/leaps.ts'

const COUNT = 50_000
const TOLERANCE = 1e-11
/** Leaps add up. */
const IN_ALL = 1e-9

/** s -> s + change(s, position), with the new value as its column. */
function follow(change: (s: number, position: number) => number, start: number, longest?: number) {
  let steps = 0
  const recurrence: Recurrence = {
    dimension: 1,
    columns: 1,
    tolerance: TOLERANCE,
    columnTolerance: 1e-8,
    step: (position, state, { next, columns }) => {
      steps++
      next[0] = state[0]! + change(state[0]!, position)
      columns[0] = next[0]!
    },
  }
  const options = longest === undefined ? { count: COUNT } : { count: COUNT, longest }
  const followed = leaps(recurrence, Float64Array.of(start), options)
  const target = new Float64Array(COUNT)
  followed.write(0, { target, first: 0, stride: 1 })
  return { steps, target, last: followed.last[0]! }
}

describe('leaps', () => {
  test.each([
    ['a straight line', () => 0.25, 1, 60],
    ['a power law', (s: number) => -(s ** 3), 0.9, 1000],
    ['a slow decay', (s: number) => -1e-4 * s, 1, 200],
    ['a quick decay', (s: number) => -0.4 * (s - 0.7), 1, 300],
    [
      'a quick decay towards something that moves',
      (s: number, p: number) => Math.sqrt(1 + p) ** -1 - 0.6 * s,
      1,
      4000,
    ],
    ['growth that saturates', (s: number) => 1e-3 * s * (1 - s), 0.1, 600],
    ['an oscillation that dies', (s: number) => -1.9 * s, 1, 600],
  ])('follows %s', (_, change, start, most) => {
    const leapt = follow(change, start)
    const walked = follow(change, start, 1)
    expect(walked.steps).toBe(COUNT)
    expect(leapt.steps).toBeLessThan(most)
    let worst = Math.abs(leapt.last - walked.last) / Math.max(1, Math.abs(walked.last))
    for (const [p, value] of walked.target.entries())
      worst = Math.max(worst, Math.abs(leapt.target[p]! - value) / Math.max(1, Math.abs(value)))
    expect(worst).toBeLessThan(IN_ALL)
  })

  test('takes every step of what no polynomial foretells', () => {
    const chaos = (s: number) => 4 * s * (1 - s) - s
    const { steps, target } = follow(chaos, 0.3)
    expect(steps).toBeGreaterThan(COUNT / 2)
    const walked = follow(chaos, 0.3, 1).target
    for (let p = 0; p < 40; p++) expect(Math.abs(target[p]! - walked[p]!)).toBeLessThan(IN_ALL)
  })

  test('sees where a change sets in, wherever it is', () => {
    for (const jump of [3, 1000, 31_415]) {
      const { target } = follow((_, p) => (p >= jump ? 1 : 0), 0)
      expect(target.indexOf(1)).toBe(jump)
    }
  })

  test('follows what becomes infinite, and stays so', () => {
    const { target, last } = follow((s, p) => (p === 7 ? -Infinity : p > 7 ? 0 : -0.5 * s), 1)
    expect(target[6]).toBe(0.5 ** 7)
    expect(target[7]).toBe(-Infinity)
    expect(last).toBe(-Infinity)
  })

  test('writes into every second place, downwards', () => {
    const target = new Float64Array(7)
    const recurrence: Recurrence = {
      dimension: 1,
      columns: 1,
      tolerance: TOLERANCE,
      columnTolerance: 1e-8,
      step: (position, _, { columns }) => {
        columns[0] = position + 1
      },
    }
    leaps(recurrence, Float64Array.of(0), { count: 3 }).write(0, { target, first: 6, stride: -2 })
    expect([...target]).toEqual([0, 0, 3, 0, 2, 0, 1])
  })
})
