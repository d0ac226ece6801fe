import type { Cancel, Reply, Request } from './protocol.ts'

/** What all messages of a run have. */
interface Numbered {
  readonly kind: string
  readonly runId: number
}

/** The near end of a worker that runs networks. */
export interface EngineClient<Q = Request> {
  send(request: Q | Cancel): void
  close(): void
}

/** What is needed of a worker. */
export interface RunningWorker<Q = Request, R = Reply> {
  onmessage: ((event: MessageEvent<R>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  postMessage(request: Q | Cancel): void
  terminate(): void
}

/**
 * A run looks for newer requests between two steps. One that has not found this one after so many
 * milliseconds is in the middle of a long step (a spectrum of a wide network takes seconds).
 */
const ANSWER_MS = 100

/** A worker, replaced by a new one where a long step would keep a newer request waiting. */
export class Supervised<
  Q extends Numbered = Request,
  R extends Numbered = Reply,
> implements EngineClient<Q> {
  private readonly newWorker: () => RunningWorker<Q, R>
  private readonly onReply: (reply: R) => void
  private readonly onCrash: (message: string) => void
  private worker: RunningWorker<Q, R>
  /** Has this worker come as far as to answer? Until then it is being loaded, and a new one would be too. */
  private answers = false
  private newest: Q | Cancel = { kind: 'cancel', runId: -1 }
  /** Is a run under way, or one that was told to stop and has not said that it did? */
  private isBusy = false
  /** While an answer to a newer request is waited for. */
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    newWorker: () => RunningWorker<Q, R>,
    onReply: (reply: R) => void,
    onCrash: (message: string) => void,
  ) {
    this.newWorker = newWorker
    this.onReply = onReply
    this.onCrash = onCrash
    this.worker = this.start()
  }

  private start(): RunningWorker<Q, R> {
    const worker = this.newWorker()
    this.answers = false
    worker.onmessage = ({ data }) => {
      this.receive(data)
    }
    worker.onerror = ({ message }) => {
      this.onCrash(message)
    }
    return worker
  }

  private receive(reply: R): void {
    this.answers = true
    const isOver =
      reply.kind === 'finished' || reply.kind === 'failed' || reply.kind === 'cancelled'
    if (isOver || reply.runId === this.newest.runId) this.stopWaiting()
    if (isOver && reply.runId === this.newest.runId) this.isBusy = false
    this.onReply(reply)
  }

  send(request: Q | Cancel): void {
    this.newest = request
    this.worker.postMessage(request)
    if (this.isBusy && this.answers)
      this.timer ??= setTimeout(() => {
        this.expire()
      }, ANSWER_MS)
    this.isBusy ||= request.kind !== 'cancel'
  }

  /** An answer may be on its way where it was this page that was held up: it is let in first. */
  private expire(): void {
    this.timer = setTimeout(() => {
      this.replace()
    })
  }

  private replace(): void {
    this.stopWaiting()
    this.worker.terminate()
    this.worker = this.start()
    this.isBusy = this.newest.kind !== 'cancel'
    if (this.isBusy) this.worker.postMessage(this.newest)
  }

  private stopWaiting(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  close(): void {
    this.stopWaiting()
    this.worker.terminate()
  }
}
