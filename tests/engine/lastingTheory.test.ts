import { beforeEach, describe, expect, it, vi } from 'vitest'
import { LastingTheory, type TheoryWorker } from '../../src/engine/lastingTheory.ts'
import { noTheory } from '../../src/engine/noTheory.ts'
import type { TheoryReply, TheoryRequest } from '../../src/engine/protocol.ts'
import { defaultConfig } from '../../src/model/config.ts'

class FakeWorker implements TheoryWorker {
  onmessage: TheoryWorker['onmessage'] = null
  onerror: TheoryWorker['onerror'] = null
  readonly requests: TheoryRequest[] = []
  isOver = false
  postMessage(request: TheoryRequest) {
    this.requests.push(request)
  }
  terminate() {
    this.isOver = true
  }
  answer(data: Parameters<NonNullable<TheoryWorker['onmessage']>>[0]['data']) {
    this.onmessage?.({ data } as MessageEvent<TheoryReply>)
  }
  die() {
    this.onerror?.({ message: 'out of memory' } as ErrorEvent)
  }
}

const start = { log10Rms: 0, meanCosine: 0, isometryGap: 1 }
const predict = (forecastId: number): TheoryRequest => ({
  kind: 'predict',
  forecastId,
  config: defaultConfig,
  start,
})
const map: TheoryRequest = {
  ...{ kind: 'map', mapId: 3, config: defaultConfig, start },
  sws: [1, 2],
  sbs: [0, 1],
}
const card: TheoryRequest = { kind: 'card', cardId: 5, config: defaultConfig, start }

describe('LastingTheory', () => {
  let workers: FakeWorker[]
  let client: LastingTheory
  const [onReply, report] = [vi.fn(), vi.fn()]
  const last = () => workers.at(-1)!

  beforeEach(() => {
    vi.clearAllMocks()
    workers = []
    const hire = () => {
      workers.push(new FakeWorker())
      return last()
    }
    client = new LastingTheory(hire, { onReply, report })
  })

  it('asks a new worker what one that died left open', () => {
    client.send(predict(1))
    last().answer(noTheory(predict(1))[0]!)
    client.send(predict(2))
    client.send(map)
    last().die()
    expect(workers[0]!.isOver).toBe(true)
    expect(workers).toHaveLength(2)
    expect(last().requests).toEqual([predict(2), map])
    expect(onReply).toHaveBeenCalledOnce()
  })

  it('says that nothing is known where the new one dies as well', () => {
    client.send(predict(1))
    client.send(map)
    client.send(card)
    last().die()
    last().die()
    expect(workers).toHaveLength(2)
    const said = onReply.mock.calls.map(([reply]) => reply as TheoryReply)
    expect(said).toEqual([predict(1), map, card].flatMap(noTheory))
    expect(said.map(({ kind }) => kind)).toEqual(['predicted', 'map-row', 'map-row', 'no-card'])
  })

  it('starts again for the next question', () => {
    client.send(predict(1))
    last().die()
    last().die()
    client.send(predict(2))
    expect(workers).toHaveLength(3)
    expect(last().requests).toEqual([predict(2)])
    last().die()
    expect(last().requests).toEqual([predict(2)])
    expect(workers).toHaveLength(4)
  })

  it('leaves a question open until its last answer', () => {
    client.send(map)
    client.send(predict(1))
    const [firstRow] = noTheory(map)
    const [nothing] = noTheory(predict(1))
    last().answer(firstRow!)
    last().answer({ ...nothing, spectraFollow: true } as TheoryReply)
    last().die()
    expect(last().requests).toEqual([map, predict(1)])
  })

  it('reports what broke, and goes on with the same worker', () => {
    client.send(predict(1))
    last().answer({ kind: 'trouble', message: 'q must be >= 0' })
    expect(report).toHaveBeenCalledWith('q must be >= 0')
    expect(onReply).not.toHaveBeenCalled()
    expect(workers).toHaveLength(1)
  })

  it('ends with its worker', () => {
    client.close()
    expect(last().isOver).toBe(true)
  })
})
