import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizationIds } from '../../src/model/normalizations.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { activationCard } from '../../src/theory/activationCard.ts'
import { type Cobweb, cobwebs, type Unmapped } from '../../src/theory/cobweb.ts'
import { EXACT } from '../tolerances.ts'
import { anyNetwork } from '../state/arbitraries.ts'

const start = fc.record({
  log10Rms: fc.double({ min: -3, max: 3, noNaN: true }),
  meanCosine: fc.double({ min: -1, max: 1, noNaN: true }),
})

/** As drawn, and without what keeps most networks from having maps. */
const bare = { mix: 'none', tied: 0, gain_decay: 0, init: 'gaussian' } as const
const network = fc
  .tuple(anyNetwork, fc.constantFrom('none', 'layer', 'rms', null))
  .map(([drawn, norm]) => (norm === null ? drawn : { ...drawn, ...bare, norm }))

test('any network that a link may describe has a card of finite numbers', () => {
  fc.assert(
    fc.property(network, (config) => {
      const { m1, m2, d2, a, b, lengthSlope, growth } = activationCard(config)
      const growths = normalizationIds.flatMap((norm) => growth[norm] ?? [])
      for (const value of [m1, m2, d2, a, b, lengthSlope, ...growths])
        expect(value).toSatisfy(Number.isFinite)
    }),
    { numRuns: 200, seed: 20261121 },
  )
})

const placesOf = (map: Cobweb | Unmapped): readonly number[] =>
  typeof map === 'string' ? [] : [...map.range, ...map.ys, ...map.fixedPoints.map(({ at }) => at)]

test('any network that a link may describe has maps within their range, or a reason', () => {
  let maps = 0
  fc.assert(
    fc.property(network, start, (config, start) => {
      const { length, correlation } = cobwebs(resolveNetwork(config), start)
      for (const place of [...placesOf(length), ...placesOf(correlation)])
        expect(place).toSatisfy(Number.isFinite)
      if (typeof correlation === 'string') return
      maps++
      for (const c of [...correlation.ys, ...correlation.steps])
        expect(Math.abs(c)).toBeLessThanOrEqual(1 + EXACT)
    }),
    { numRuns: 200, seed: 20261121 },
  )
  expect(maps).toBeGreaterThan(50)
})
