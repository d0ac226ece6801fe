import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Helper } from '../../src/engine/crew.ts'
import { defaultBudget, type MemoryBudget } from '../../src/engine/memoryBudget.ts'
import type { Part, PartReply, Spectrum } from '../../src/engine/protocol.ts'
import { simulate, simulatePart, type SimulationResult } from '../../src/engine/simulate.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { referenceEngine } from './run.ts'

/** How a helper behaves: it dies after so many replies, and takes so many turns before it begins. */
interface Manner {
  readonly repliesUntilDeath: number
  readonly turnsUntilBegun: number
}

const reliable: Manner = { repliesUntilDeath: Infinity, turnsUntilBegun: 0 }
const hopeless: Manner = { repliesUntilDeath: 0, turnsUntilBegun: 0 }
const silent: Manner = { repliesUntilDeath: Infinity, turnsUntilBegun: Infinity }

const noDigits = () => Promise.reject(new Error('no digits'))
const turn = () => new Promise<void>((resolve) => setTimeout(resolve))

class FakeHelper implements Helper {
  readonly isHired: boolean
  readonly begun: Part[] = []
  readonly budgets: MemoryBudget[] = []
  private readonly manner: Manner
  private drop: (error: Error) => void = () => undefined
  private readonly order: { readonly config: NetworkConfig; readonly spectra: readonly number[] }

  constructor(order: FakeHelper['order'], manner: Manner, isHired = true) {
    this.order = order
    this.manner = manner
    this.isHired = isHired
  }

  stop(): void {
    this.drop(new Error('the part was dropped'))
  }

  async *run(part: Part, budget: MemoryBudget): AsyncGenerator<PartReply> {
    this.budgets.push(budget)
    const { repliesUntilDeath, turnsUntilBegun } = this.manner
    const dropped = new Promise<never>((_, reject) => (this.drop = reject))
    dropped.catch(() => undefined)
    if (turnsUntilBegun === Infinity) await dropped
    for (let i = 0; i < turnsUntilBegun; i++) await Promise.race([turn(), dropped])
    let replies = 0
    for await (const reply of this.replies(part, budget)) {
      if (replies++ >= repliesUntilDeath) throw new Error('the helper died')
      if (reply.kind === 'begun') this.begun.push(part)
      yield reply
    }
  }

  private async *replies(part: Part, budget: MemoryBudget): AsyncGenerator<PartReply> {
    yield { kind: 'begun', runId: 1 }
    const order = { ...this.order, engine: referenceEngine, loadDigits: noDigits, budget }
    for await (const event of simulatePart(order, part)) yield { ...event, runId: 1 }
    yield { kind: 'finished', runId: 1 }
  }
}

interface Outcome {
  readonly result: SimulationResult
  readonly spectra: readonly Spectrum[]
  readonly shares: readonly number[]
}

async function outcome(
  config: NetworkConfig,
  spectra: readonly number[],
  helpers: readonly Helper[],
  onProgress = () => Promise.resolve(),
): Promise<Outcome> {
  const order = { config, spectra, pictures: [], engine: referenceEngine, loadDigits: noDigits }
  const found: Spectrum[] = []
  const shares: number[] = []
  for await (const event of simulate({ ...order, helpers })) {
    if (event.kind === 'spectrum') found.push(event.spectrum)
    if (event.kind === 'progress') {
      shares.push(event.done / event.total)
      await onProgress()
    }
    if (event.kind === 'finished')
      return { result: event, spectra: found.sort((p, q) => p.layer - q.layer), shares }
  }
  throw new Error('simulate: the run must finish')
}

const numbersOf = ({ result, spectra }: Outcome) => {
  const { rows, bands, runs, summary } = result
  return { rows, bands, runs, summary, spectra }
}

/** Enough to do that it is shared. */
const seeds: NetworkConfig = { ...defaultConfig, depth: 180, width: 16, batch: 8, seeds: 8 }
const chain: NetworkConfig = { ...defaultConfig, depth: 160, width: 32, batch: 4 }
const layers = [1, 20, 40, 60, 80, 100, 120, 140, 160]

const helping = (
  config: NetworkConfig,
  spectra: readonly number[],
  manners: readonly Manner[],
  isHired = true,
) => manners.map((manner) => new FakeHelper({ config, spectra }, manner, isHired))

describe('a run that helpers share', () => {
  it('has the same seeds to the bit, of which the helpers have done some', async () => {
    const alone = await outcome(seeds, [], [])
    for (const count of [1, 3]) {
      const helpers = helping(seeds, [], Array<Manner>(count).fill(reliable))
      expect(numbersOf(await outcome(seeds, [], helpers))).toEqual(numbersOf(alone))
      for (const helper of helpers) expect(helper.begun.length).toBeGreaterThan(0)
    }
  })

  it.each([
    ['no mixing', {}],
    ['a filter, absorbed where a spectrum is read', { mix: 'skip', beta: 0.3 }],
    ['blocks of two layers', { mix: 'orthogonal', branch: 2 }],
    ['batch norm', { norm: 'batch' }],
  ] as const)('has the same spectra to the bit: %s', async (_, overrides) => {
    const config = { ...chain, ...overrides }
    const alone = await outcome(config, layers, [])
    const helpers = helping(config, layers, [reliable, reliable])
    expect(numbersOf(await outcome(config, layers, helpers))).toEqual(numbersOf(alone))
    const begun = helpers.flatMap((helper) => helper.begun)
    expect(begun).toEqual([{ kind: 'spectra', layers: layers.slice(6) }])
  })

  it('leaves all spectra to a single helper where the passes are long, and to the bit the same', async () => {
    const alone = numbersOf(await outcome(chain, layers, []))
    const helpers = helping(chain, layers, [reliable])
    let isFirst = true
    const aSecond = async () => {
      if (isFirst) await new Promise((resolve) => setTimeout(resolve, 1100))
      isFirst = false
    }
    expect(numbersOf(await outcome(chain, layers, helpers, aSecond))).toEqual(alone)
    expect(helpers[0]?.begun).toEqual([{ kind: 'spectra', layers }])
    const idle = helping(chain, layers, [reliable])
    expect(numbersOf(await outcome(chain, layers, idle))).toEqual(alone)
    expect(idle[0]?.begun).toEqual([])
  })

  it('does itself what helpers leave undone, die over or are slow to begin', async () => {
    const config = { ...chain, seeds: 5 }
    const alone = numbersOf(await outcome(config, layers, []))
    const manner = fc.record({
      repliesUntilDeath: fc.constantFrom(0, 1, 2, 50, 200, 400, Infinity),
      turnsUntilBegun: fc.constantFrom(0, 1, 5, 40, Infinity),
    })
    const crew = fc.array(manner, { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(crew, fc.boolean(), async (manners, isHired) => {
        const helpers = helping(config, layers, manners, isHired)
        expect(numbersOf(await outcome(config, layers, helpers))).toEqual(alone)
      }),
      {
        numRuns: 12,
        seed: 1,
        examples: [
          [[hopeless], true],
          [[silent], true],
        ],
      },
    )
  })

  it('counts no step twice, and comes to its end', async () => {
    const config = { ...chain, seeds: 4 }
    const { shares } = await outcome(config, layers, helping(config, layers, [reliable, reliable]))
    expect(shares).toEqual(shares.toSorted((p, q) => p - q))
    expect(shares.at(-1)).toBe(1)
    expect(shares.filter((share) => share === 1)).toHaveLength(1)
  })

  it('gives all helpers together half as much memory as one worker has', async () => {
    const helpers = helping(seeds, [], [reliable, reliable])
    await outcome(seeds, [], helpers)
    for (const { budgets } of helpers)
      expect(budgets[0]?.weightBytes).toBe(defaultBudget.weightBytes / 4)
  })

  it('asks nobody where there is little to do', async () => {
    const small = { ...seeds, depth: 10 }
    const helpers = helping(small, [1, 5, 10], [reliable])
    await outcome(small, [1, 5, 10], helpers)
    expect(helpers[0]?.begun).toEqual([])
  })
})
