import { expect, test } from 'vitest'
import { compositeRule, gaussLegendre, type Rule } from '../../src/theory/gaussLegendre.ts'
import { relativeError } from '../math/relativeError.ts'
import { EXACT, ROUNDED } from '../tolerances.ts'

const sum = ({ nodes, weights }: Rule, f: (x: number) => number) =>
  nodes.reduce((total, x, i) => total + weights[i]! * f(x), 0)

test.each([2, 5, 16])('gaussLegendre(%i) is exact up to degree 2 n - 1', (n) => {
  const rule = gaussLegendre(n)
  expect(
    relativeError(
      sum(rule, (x) => x ** (2 * n - 2)),
      2 / (2 * n - 1),
    ),
  ).toBeLessThan(8 * ROUNDED)
  expect(Math.abs(sum(rule, (x) => x ** (2 * n - 1)))).toBeLessThan(ROUNDED)
})

test('gaussLegendre(3) has the nodes of the textbook', () => {
  const { nodes, weights } = gaussLegendre(3)
  expect(relativeError(nodes[2]!, Math.sqrt(0.6))).toBeLessThan(ROUNDED)
  expect(relativeError(weights[1]!, 8 / 9)).toBeLessThan(ROUNDED)
})

test('compositeRule(edges, rule) integrates over the whole span', () => {
  const rule = compositeRule([-1, 0, 0.5, 3], gaussLegendre(12))
  expect(relativeError(sum(rule, Math.exp), Math.exp(3) - Math.exp(-1))).toBeLessThan(EXACT)
})
