import { describe, expect, it } from 'vitest'
import { selectEngine } from '../../src/engine/select.ts'
import { simulate } from '../../src/engine/simulate.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { factsOf, type Fate, fateOf } from '../../src/state/facts.ts'
import { beginRun, type Run, withResult } from '../../src/state/run.ts'
import { verdictOf } from '../../src/state/verdict.ts'

/** A network really run, as the page would hold it. */
async function runOf(changes: Partial<NetworkConfig>): Promise<Run> {
  const config = { ...defaultConfig, depth: 100, width: 64, batch: 32, ...changes }
  const engine = await selectEngine('reference')
  const { depth, alpha, beta, a, b } = resolveNetwork(config)
  const start = { kind: 'started', runId: 1, engine: 'reference', reason: '' } as const
  const run = beginRun(config, { ...start, depth, alpha, beta, a, b }, null)
  const loadDigits = () => Promise.reject(new Error('no digits here'))
  for await (const event of simulate({ config, engine, loadDigits, spectra: [], pictures: [] }))
    if (event.kind === 'finished') return withResult(run, { ...event, runId: 1 })
  throw new Error('runOf: the run must end with a result')
}

const ills: readonly (readonly [string, Partial<NetworkConfig>, string])[] = [
  ['ReLU with batch norm', { act: 'relu', norm: 'batch' }, 'explode'],
  ['a batch wider than the network', { act: 'tanh', norm: 'batch', batch: 128 }, 'explode'],
  [
    'linear with batch norm on repeated rows',
    { act: 'linear', norm: 'batch', data: 'repeated', distinct: 2 },
    'explode',
  ],
  ['tanh with layer norm', { norm: 'layer' }, 'explode'],
  ['heavy weights', { act: 'relu', sw: 3 }, 'explode'],
  ['chaotic tanh', { sw: 3 }, 'explode'],
  ['light weights', { act: 'relu' }, 'vanish'],
  ['saturating sigmoid', { act: 'sigmoid' }, 'vanish'],
  ['a plain sum', { mix: 'skip', tie: 'sum', init: 'orthogonal', act: 'linear' }, 'explode'],
  ['a convex mix of fixed weight', { mix: 'orthogonal', tie: 'convex', alpha: 0.9 }, 'vanish'],
  ['two units under layer norm', { norm: 'layer', width: 2 }, 'is exactly zero'],
  ['no weights at all', { sw: 0 }, 'is exactly zero'],
]

/** Factor over the whole depth, layers, what it is. */
const fates: readonly (readonly [number, number, Fate])[] = [
  [1, 60, 'arrives'],
  [0.51, 60, 'arrives'],
  [1.95, 1, 'arrives'],
  [0.146, 60, 'shrinks'],
  [9, 100, 'grows'],
  [11, 100, 'explodes'],
  [0.09, 100, 'vanishes'],
  [1.21 ** 10, 10, 'explodes'],
  [1.21 ** -10, 10, 'vanishes'],
  [1.07 ** 40, 40, 'explodes'],
  [1.03 ** 40, 40, 'grows'],
  [2.5, 2, 'grows'],
  [500, 50_000, 'grows'],
  [1 / 500, 50_000, 'shrinks'],
  [1e6, 50_000, 'explodes'],
  [0, 60, 'dies'],
]

describe('fateOf(log10, depth)', () => {
  it.each(fates)('%d times over %d layers %s', (factor, depth, fate) => {
    expect(fateOf(Math.log10(factor), depth)).toBe(fate)
  })
})

describe('verdictOf(run)', () => {
  it.each(ills)('%s: says so, and its remedy works', async (_, changes, words) => {
    const ill = await runOf(changes)
    const verdict = verdictOf(ill, null)
    expect(verdict).toMatchObject({ tone: 'bad' })
    expect(verdict?.headline).toContain(words)
    expect(verdict?.cause).toMatch(/^Because .*\.$/)
    const cured = await runOf({ ...ill.config, ...verdict?.remedy?.changes })
    expect(['grows', 'arrives', 'shrinks']).toContain(factsOf(cured, null).gradient)
  })

  it('sees the collapse of inputs that the gradient survives, and its remedy keeps them apart', async () => {
    const ill = await runOf({ act: 'relu', sw: Math.SQRT2, seed: 3 })
    expect(factsOf(ill, null)).toMatchObject({ gradient: 'shrinks', collapses: true })
    const verdict = verdictOf(ill, null)
    expect(verdict?.headline).toContain('one direction')
    const cured = await runOf({ ...ill.config, ...verdict?.remedy?.changes })
    expect(factsOf(cured, null)).toMatchObject({ gradient: 'shrinks', collapses: false })
  })

  it('is good news for a healthy network, names growth and total, and offers nothing', async () => {
    const run = await runOf({ act: 'linear', init: 'orthogonal' })
    const verdict = verdictOf(run, 1)
    expect(verdict).toMatchObject({ tone: 'good', cause: '', remedy: null })
    expect(verdict?.headline).toMatch(
      /arrives whole: [\d.]+ times a layer \(theory 1\), [\d.]+ times over/,
    )
  })

  it('says at what size a gradient arrives that is neither whole nor lost', async () => {
    const run = await runOf({ gpn: 1, init: 'orthogonal', mix: 'orthogonal', tie: 'depth' })
    const verdict = verdictOf(run, 0.99)
    expect(verdict).toMatchObject({ tone: 'good', remedy: null })
    expect(verdict?.headline).toMatch(
      /^The gradient arrives at 0\.3\d+ of its size: 0\.99\d* times a layer \(theory 0\.99\) over 100 layers, and the signal ends at 0\.3\d+ of its size\.$/,
    )
  })

  it('waits until both passes are through', () => {
    expect(verdictOf(null, null)).toBeNull()
  })
})
