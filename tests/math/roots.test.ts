import { expect, test } from 'vitest'
import { bracketedRoot } from '../../src/math/roots.ts'
import { EXACT } from '../tolerances.ts'

const TOLERANCE = EXACT / 4

interface Case {
  readonly name: string
  readonly f: (x: number) => number
  readonly ends: readonly [number, number]
  readonly root: number
}

const cases: readonly Case[] = [
  { name: 'x^2 - 2', f: (x) => x * x - 2, ends: [0, 2], root: Math.SQRT2 },
  { name: 'cos x', f: Math.cos, ends: [0, 3], root: Math.PI / 2 },
  { name: 'exp x, steep', f: (x) => Math.exp(x) - 1e-9, ends: [-50, 3], root: Math.log(1e-9) },
  { name: 'x^9, flat at the root', f: (x) => x ** 9, ends: [-1, 4], root: 0 },
  { name: 'a step', f: (x) => (x < 0.3 ? -1 : 1), ends: [0, 1], root: 0.3 },
  { name: 'a falling line', f: (x) => 1 - 4 * x, ends: [1, -1], root: 0.25 },
  { name: 'a line over a bracket of 1e300', f: (x) => x - 7, ends: [-1, 1e300], root: 7 },
]

test.each(cases)('bracketedRoot(f, lo, hi) of $name', ({ f, ends, root }) => {
  const found = bracketedRoot(f, ...ends, TOLERANCE)
  expect(Math.abs(found - root)).toBeLessThan(EXACT * (1 + Math.abs(root)))
})

test('bracketedRoot(f, lo, hi) is the end where f is 0 there', () => {
  expect(bracketedRoot((x) => x, 0, 1, TOLERANCE)).toBe(0)
  expect(bracketedRoot((x) => x - 1, 0, 1, TOLERANCE)).toBe(1)
})

test('bracketedRoot(f, lo, hi) takes few evaluations of a smooth f, and at most three a bisection', () => {
  const count = (f: (x: number) => number, lo: number, hi: number) => {
    let evaluations = 0
    const counted = (x: number) => {
      evaluations++
      return f(x)
    }
    bracketedRoot(counted, lo, hi, TOLERANCE)
    return evaluations
  }
  expect(count(Math.cos, 0, 3)).toBeLessThan(12)
  const halvings = Math.log2(5 / TOLERANCE)
  expect(count((x) => x ** 9, -1, 4)).toBeLessThan(3 * halvings)
  expect(count((x) => (x < 0.3 ? -1 : 1), -1, 4)).toBeLessThan(3 * halvings)
})

test('bracketedRoot(f, lo, hi) throws where f does not change sign or is no number', () => {
  expect(() => bracketedRoot((x) => x * x + 1, -1, 1, TOLERANCE)).toThrow('differ in sign')
  const broken = (x: number) => (Math.abs(x) < 0.5 ? NaN : x)
  expect(() => bracketedRoot(broken, -1, 1, TOLERANCE)).toThrow('NaN')
})
