import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Crew, type PartWorker } from '../../src/engine/crew.ts'
import { defaultBudget } from '../../src/engine/memoryBudget.ts'
import type { Part, PartReply, PartRequest } from '../../src/engine/protocol.ts'
import { defaultConfig } from '../../src/model/config.ts'

type Message = Parameters<PartWorker['postMessage']>[0]

class FakeWorker implements PartWorker {
  onmessage: PartWorker['onmessage'] = null
  onerror: PartWorker['onerror'] = null
  readonly messages: Message[] = []
  isOver = false
  postMessage(message: Message) {
    this.messages.push(message)
  }
  terminate() {
    this.isOver = true
  }
  get runId() {
    return this.messages.findLast((message): message is PartRequest => message.kind === 'part')!
      .runId
  }
  answer(kind: 'begun' | 'finished' | 'cancelled') {
    this.onmessage?.({ data: { kind, runId: this.runId } } as MessageEvent<PartReply>)
  }
}

const order = { config: defaultConfig, engine: 'wasm', spectra: [], dataUrl: '' } as const
const seeds: Part = { kind: 'seeds', first: 1, count: 2 }

/** Follows a part to its end: what was said, and what went wrong at last. */
async function follow(replies: AsyncGenerator<PartReply>) {
  const kinds: string[] = []
  try {
    for await (const { kind } of replies) kinds.push(kind)
    return { kinds, error: null }
  } catch (error) {
    return { kinds, error: String(error) }
  }
}

describe('Crew', () => {
  let workers: FakeWorker[]
  let crew: Crew
  const last = () => workers.at(-1)!

  beforeEach(() => {
    vi.useFakeTimers()
    workers = []
    crew = new Crew(() => {
      workers.push(new FakeWorker())
      return last()
    })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  it('starts a worker with its first part, and keeps it', async () => {
    const [helper] = crew.helpers(1, order)
    expect(helper?.isHired).toBe(false)
    for (let i = 0; i < 2; i++) {
      const outcome = follow(helper!.run(seeds, defaultBudget))
      last().answer('begun')
      last().answer('finished')
      expect(await outcome).toEqual({ kinds: ['begun', 'finished'], error: null })
    }
    expect(helper?.isHired).toBe(true)
    expect(workers).toHaveLength(1)
  })

  it('replaces a worker that does not hear that it is to stop, within a tenth of a second', async () => {
    const [helper] = crew.helpers(1, order)
    const outcome = follow(helper!.run(seeds, defaultBudget))
    last().answer('begun')
    crew.stop()
    const { kinds, error } = await outcome
    expect(kinds).toEqual(['begun'])
    expect(error).toContain('cancelled')
    expect(last().messages.at(-1)).toEqual({ kind: 'cancel', runId: last().runId })
    vi.advanceTimersByTime(101)
    expect(workers.map(({ isOver }) => isOver)).toEqual([true, false])
  })

  it('does not ask again who died', async () => {
    const [first, second] = crew.helpers(2, order)
    const outcomes = [first!, second!].map((helper) => follow(helper.run(seeds, defaultBudget)))
    workers[0]!.onerror?.({ message: 'out of memory' } as ErrorEvent)
    workers[1]!.answer('finished')
    expect((await Promise.all(outcomes)).map(({ error }) => error)).toEqual([
      expect.stringContaining('out of memory'),
      null,
    ])
    expect(crew.helpers(2, order)).toHaveLength(1)
  })

  it('says that there is nobody where a worker cannot start workers', async () => {
    const lonely = new Crew(() => {
      throw new Error('Worker is not defined')
    })
    const [helper] = lonely.helpers(1, order)
    const { kinds, error } = await follow(helper!.run(seeds, defaultBudget))
    expect(kinds).toEqual([])
    expect(error).toContain('got none')
    expect(lonely.helpers(1, order)).toEqual([])
  })

  it('tells a worker that is left before the end to stop', async () => {
    const [helper] = crew.helpers(1, order)
    const replies = helper!.run(seeds, defaultBudget)
    const first = replies.next()
    last().answer('begun')
    await first
    await replies.return(undefined)
    expect(last().messages.map(({ kind }) => kind)).toEqual(['part', 'cancel'])
  })
})
