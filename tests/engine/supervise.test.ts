import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Reply, Request } from '../../src/engine/protocol.ts'
import { type RunningWorker, Supervised } from '../../src/engine/supervise.ts'
import { defaultConfig } from '../../src/model/config.ts'

class FakeWorker implements RunningWorker {
  onmessage: RunningWorker['onmessage'] = null
  onerror: RunningWorker['onerror'] = null
  readonly requests: Request[] = []
  isOver = false
  postMessage(request: Request) {
    this.requests.push(request)
  }
  terminate() {
    this.isOver = true
  }
  answer(reply: Reply) {
    this.onmessage?.({ data: reply } as MessageEvent<Reply>)
  }
}

const run = (runId: number): Request => ({
  kind: 'run',
  runId,
  config: defaultConfig,
  engine: 'auto',
  spectra: [],
  pictures: [],
  dataUrl: '',
})
const progress = (runId: number): Reply => ({
  kind: 'progress',
  runId,
  pass: 'forward',
  done: 1,
  total: 2,
})
const cancelled = (runId: number): Reply => ({ kind: 'cancelled', runId })

describe('Supervised', () => {
  let workers: FakeWorker[]
  let client: Supervised
  const replies = vi.fn()
  const crashes = vi.fn()
  const last = () => workers.at(-1)!

  beforeEach(() => {
    vi.useFakeTimers()
    replies.mockClear()
    workers = []
    const hire = () => {
      workers.push(new FakeWorker())
      return last()
    }
    client = new Supervised(hire, replies, crashes)
  })

  afterEach(() => {
    client.close()
    vi.useRealTimers()
  })

  it('replaces a worker that a newer run cannot reach, and runs it on the new one', () => {
    client.send(run(1))
    last().answer(progress(1))
    client.send(run(2))
    vi.advanceTimersByTime(1000)
    expect(workers.map(({ isOver }) => isOver)).toEqual([true, false])
    expect(last().requests).toEqual([run(2)])
    last().answer(progress(2))
    expect(replies).toHaveBeenLastCalledWith(progress(2))
  })

  it('replaces a worker that does not hear a cancel, within a tenth of a second', () => {
    client.send(run(1))
    last().answer(progress(1))
    client.send({ kind: 'cancel', runId: 1 })
    vi.advanceTimersByTime(101)
    expect(workers.map(({ isOver }) => isOver)).toEqual([true, false])
    expect(last().requests).toEqual([])
  })

  it('does not wait anew for each newer request', () => {
    client.send(run(1))
    last().answer(progress(1))
    client.send({ kind: 'cancel', runId: 1 })
    for (let runId = 2; runId < 6; runId++) {
      vi.advanceTimersByTime(30)
      client.send(run(runId))
    }
    expect(workers).toHaveLength(2)
    expect(last().requests).toEqual([run(4), run(5)])
  })

  it('keeps a worker that answers', () => {
    client.send(run(1))
    last().answer(progress(1))
    client.send(run(2))
    vi.advanceTimersByTime(60)
    last().answer(progress(1))
    last().answer(cancelled(1))
    vi.advanceTimersByTime(1000)
    last().answer(progress(2))
    client.send({ kind: 'cancel', runId: 2 })
    last().answer(cancelled(2))
    vi.advanceTimersByTime(1000)
    expect(workers).toHaveLength(1)
  })

  it('keeps a worker that is still being loaded, and one that has nothing to do', () => {
    client.send(run(1))
    client.send(run(2))
    vi.advanceTimersByTime(5000)
    last().answer({ kind: 'failed', runId: 2, code: 'unexpected', message: '' })
    client.send(run(3))
    vi.advanceTimersByTime(5000)
    expect(workers).toHaveLength(1)
  })

  it('says when a worker dies', () => {
    last().onerror?.({ message: 'out of memory' } as ErrorEvent)
    expect(crashes).toHaveBeenCalledWith('out of memory')
  })
})
