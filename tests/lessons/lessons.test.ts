import { describe, expect, it } from 'vitest'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import type { Claim, Predicted, Step } from '../../src/lessons/lesson.ts'
import { lessonIds, lessons } from '../../src/lessons/lessons.ts'
import type { NetworkConfig } from '../../src/model/config.ts'
import { resolveNetwork } from '../../src/model/network.ts'
import { amountOf, checkConditions, type Readings } from '../../src/state/challenge.ts'
import { legalize } from '../../src/state/legalize.ts'
import { networkOfStep } from '../../src/state/lessonPlace.ts'
import { decode } from '../../src/state/url.ts'
import { meanFieldPoint } from '../../src/theory/meanFieldPoint.ts'
import { run } from '../engine/run.ts'

const engine = { ...(await loadWasm()), reason: 'lessons' }

const steps = await Promise.all(
  lessonIds.map(async (id) => {
    const lesson = await lessons[id].load()
    return lesson.map((step, i) => ({ name: `${id} ${i + 1}, ${step.title}`, id, step }))
  }),
)
const all = steps.flat()

/** Numbers that are no mere counts: with decimals, thousands or powers of ten. */
const MEASURED_NUMBER = /\d+\.\d+|\d+(?:,\d{3})+|(?:\d+×)?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+ million/g

/** Everything that a step says. */
function wordsOf({ text, notice, question, challenge }: Step): string {
  const asked = question ? [question.ask, question.answer] : []
  const posed = challenge ? [challenge.goal, challenge.hint] : []
  return [...text, notice, ...asked, ...posed].join('\n')
}

async function readings(network: NetworkConfig, wantsSpectrum: boolean): Promise<Readings> {
  const { depth } = resolveNetwork(network)
  const { rows, summary, spectra } = await run(network, {
    engine,
    spectra: wantsSpectrum ? [depth] : [],
  })
  return { depth, rows, summary, spectra }
}

function predicted({ what }: Predicted, config: NetworkConfig): number {
  const network = resolveNetwork(config)
  if (what === 'a' || what === 'b') return network[what]
  return meanFieldPoint(network)?.[what] ?? NaN
}

async function measured({ quantity, at }: Claim, step: Step): Promise<number> {
  const config = { ...networkOfStep(step), ...at }
  if (quantity.of === 'theory') return predicted(quantity, config)
  const amount = amountOf(quantity, await readings(config, quantity.of === 'singular'))
  return amount.isLog10 ? 10 ** amount.value : amount.value
}

/** The networks that a lesson puts on show by itself. */
const networks = all.flatMap(({ name, step }) => [
  { name, network: networkOfStep(step) },
  ...(step.question?.shows
    ? [{ name: `${name}: answer`, network: { ...networkOfStep(step), ...step.question.shows } }]
    : []),
])

describe('lessons', () => {
  it('are six or more, each with steps that teach and a last one to break', () => {
    expect(steps.length).toBeGreaterThanOrEqual(6)
    for (const lesson of steps) {
      const last = lesson.at(-1)!.step
      expect(last.title).toBe('Try to break it')
      expect(lesson.filter(({ step }) => step.challenge).map(({ step }) => step)).toEqual([last])
      for (const { step } of lesson.slice(0, -1)) expect(step.question).toBeDefined()
    }
  })

  it.each(all)('$name: the link is legal and without notices', ({ step }) => {
    const { notices, state } = decode(step.link)
    expect(notices).toEqual([])
    expect(legalize(state.network).found).toEqual([])
  })

  it.each(networks)('$name: the network is legal', ({ network }) => {
    expect(legalize(network).found).toEqual([])
  })
})

describe('every number that a lesson states is what the engine measures', () => {
  const claims = all.flatMap(({ name, step }) =>
    step.claims.map((claim) => ({ name, step, claim, says: claim.says })),
  )

  it.each(all)('$name: no number is left without a claim', ({ step }) => {
    const { question, challenge, claims } = step
    const claimed = claims.map(({ says }) => says).join(' ')
    const limits = challenge?.conditions.map((condition) => condition.text).join(' ') ?? ''
    const given = new Set(
      [networkOfStep(step), question?.shows, challenge?.solution]
        .flatMap((network) => Object.values(network ?? {}))
        .map((value) => value.toLocaleString('en', { maximumFractionDigits: 6 })),
    )
    const stated = wordsOf(step).match(MEASURED_NUMBER) ?? []
    const isCovered = (text: string) =>
      given.has(text) || claimed.includes(text) || limits.includes(text)
    expect(stated.filter((text) => !isCovered(text))).toEqual([])
  })

  it.each(claims)('$name: $says', async ({ step, claim }) => {
    expect(wordsOf(step)).toContain(claim.says)
    const value = await measured(claim, step)
    const error = Math.abs(value / claim.expected - 1)
    expect(error, `measured ${value}`).toBeLessThanOrEqual(claim.tolerance)
  })
})

describe('every challenge fails at its start and is met by its solution', () => {
  const challenges = all.flatMap(({ name, step }) =>
    step.challenge ? [{ name, step, challenge: step.challenge }] : [],
  )
  it.each(challenges)('$name', async ({ step, challenge }) => {
    const { conditions, solution } = challenge
    const wantsSpectrum = conditions.some((c) => 'quantity' in c && c.quantity.of === 'singular')
    const check = async (network: NetworkConfig) =>
      checkConditions(conditions, network, await readings(network, wantsSpectrum))
    const start = networkOfStep(step)
    const states = (await check(start)).map(({ state }) => state)
    expect(states).toContain('unmet')
    expect(states).not.toContain('unknown')
    const solved = await check({ ...start, ...solution })
    expect(solved.filter(({ state }) => state !== 'met')).toEqual([])
  })

  it('are one a lesson', () => {
    expect(challenges.length).toBe(lessonIds.length)
  })
})
