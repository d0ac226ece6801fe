import { expect, test } from 'vitest'
import { halfLineRule } from '../../src/theory/halfLineRule.ts'
import { relativeError } from '../math/relativeError.ts'
import { EXACT, QUADRATURE } from '../tolerances.ts'

const shape = { panel: 1.5, finest: 1e-4, breaks: [0.3] }

test('halfLineRule(shape) has the moments of a normal, one side', () => {
  const { nodes, weights } = halfLineRule(shape)
  for (const [power, moment] of [1, 1, 3, 15, 105].entries()) {
    const sum = nodes.reduce((total, z, i) => total + weights[i]! * z ** (2 * power), 0)
    expect(relativeError(sum, moment / 2)).toBeLessThan(EXACT)
  }
})

test('halfLineRule(shape) integrates across a break and a narrow feature at zero', () => {
  const { nodes, weights } = halfLineRule(shape)
  const mean = (f: (z: number) => number) =>
    nodes.reduce((sum, z, i) => sum + weights[i]! * f(z), 0)
  const clipped = mean((z) => (z < 0.3 ? 1 : 0))
  expect(relativeError(clipped, 0.11791142218895264)).toBeLessThan(EXACT)
  const narrow = mean((z) => Math.exp(-0.5 * (1e4 * z) ** 2))
  expect(relativeError(narrow, 0.5 / Math.sqrt(1 + 1e8))).toBeLessThan(QUADRATURE)
})
