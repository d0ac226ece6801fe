import { noTheory } from './noTheory.ts'
import type { PredictRequest, TheoryReply, TheoryRequest, TheoryTrouble } from './protocol.ts'

/** What is needed of a worker. */
export interface TheoryWorker {
  onmessage: ((event: MessageEvent<TheoryReply | TheoryTrouble>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(request: TheoryRequest): void
  terminate(): void
}

interface Listeners {
  readonly onReply: (reply: TheoryReply) => void
  /** For the browser's console. */
  readonly report: (message: string) => void
}

/** A worker that dies so often without an answer will not give one. */
const MOST_DEATHS = 2

/**
 * A worker that answers questions about theory, replaced by a new one where it dies. That one is asked again what is
 * open; where it dies as well, the answer is that nothing is known.
 */
export class LastingTheory {
  private readonly newWorker: () => TheoryWorker
  private readonly listeners: Listeners
  private worker: TheoryWorker | undefined
  /** The newest question of each kind, until it is answered. */
  private readonly open = new Map<TheoryRequest['kind'], TheoryRequest>()
  private deaths = 0

  constructor(newWorker: () => TheoryWorker, listeners: Listeners) {
    this.newWorker = newWorker
    this.listeners = listeners
    this.worker = this.start()
  }

  private start(): TheoryWorker {
    const worker = this.newWorker()
    worker.onmessage = ({ data }) => {
      if (data.kind === 'trouble') this.listeners.report(data.message)
      else this.receive(data)
    }
    worker.onerror = () => {
      this.die()
    }
    return worker
  }

  send(request: TheoryRequest): void {
    this.open.set(request.kind, request)
    this.worker ??= this.start()
    this.worker.postMessage(request)
  }

  close(): void {
    this.worker?.terminate()
  }

  private receive(reply: TheoryReply): void {
    this.deaths = 0
    for (const [kind, request] of this.open) if (isLast(reply, request)) this.open.delete(kind)
    this.listeners.onReply(reply)
  }

  private die(): void {
    this.worker?.terminate()
    this.worker = undefined
    this.deaths++
    const asked = [...this.open.values()]
    if (this.deaths < MOST_DEATHS) for (const request of asked) this.send(request)
    else this.giveUp(asked)
  }

  private giveUp(asked: readonly TheoryRequest[]): void {
    this.deaths = 0
    this.open.clear()
    for (const request of asked)
      for (const reply of noTheory(request)) this.listeners.onReply(reply)
  }
}

/** Is a question answered with this, and in full? */
function isLast(reply: TheoryReply, request: TheoryRequest): boolean {
  switch (reply.kind) {
    case 'predicted':
      return isForecast(request, reply) && !reply.spectraFollow
    case 'predicted-spectra':
      return isForecast(request, reply)
    case 'map-row':
      return (
        request.kind === 'map' &&
        request.mapId === reply.mapId &&
        reply.row === request.sbs.length - 1
      )
    case 'card':
    case 'no-card':
      return request.kind === 'card' && request.cardId === reply.cardId
    case 'weights':
      return request.kind === 'weights' && request.weightsId === reply.weightsId
  }
}

function isForecast(request: TheoryRequest, { forecastId }: Pick<PredictRequest, 'forecastId'>) {
  return request.kind === 'predict' && request.forecastId === forecastId
}
