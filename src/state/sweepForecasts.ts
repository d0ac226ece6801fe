import type { TheoryClient } from '../engine/client.ts'
import type { Forecast, PredictRequest, TheoryReply } from '../engine/protocol.ts'

type Connect = (onReply: (reply: TheoryReply) => void) => TheoryClient

interface Question extends Pick<PredictRequest, 'config' | 'start' | 'spectra'> {
  readonly receive: (forecast: Forecast) => void
}

/** Asks theory about one network after the other, over a worker that is started when it is needed. */
export class SweepForecasts {
  private readonly connect: Connect
  private client: TheoryClient | undefined
  private queue: Question[] = []
  private asked: Question | null = null
  /** What has been told of it while its spectra are on their way. */
  private rows: Forecast | null = null
  /** Is the question that is out no longer of interest? */
  private isDropped = false
  private lastId = 0

  constructor(connect: Connect) {
    this.connect = connect
  }

  get isIdle(): boolean {
    return this.asked === null
  }

  ask(question: Question): void {
    this.queue.push(question)
    if (!this.asked) this.next()
  }

  /** Forgets every question. */
  stop(): void {
    this.queue = []
    this.isDropped = true
  }

  close(): void {
    this.client?.close()
    this.client = undefined
    this.queue = []
    this.asked = null
  }

  private next(): void {
    this.asked = this.queue.shift() ?? null
    this.isDropped = false
    if (!this.asked) return
    this.client ??= this.connect((reply) => {
      this.answer(reply)
    })
    const { receive: _, ...question } = this.asked
    this.client.send({ kind: 'predict', forecastId: ++this.lastId, ...question })
  }

  private answer(reply: TheoryReply): void {
    if (reply.kind !== 'predicted' && reply.kind !== 'predicted-spectra') return
    if (reply.forecastId !== this.lastId) return
    if (reply.kind === 'predicted') {
      this.rows = reply.forecast
      if (!reply.spectraFollow) this.conclude(reply.forecast)
    } else if (this.rows) this.conclude({ ...this.rows, spectra: reply.spectra })
  }

  private conclude(forecast: Forecast): void {
    const { asked, isDropped } = this
    this.rows = null
    this.next()
    if (!isDropped) asked?.receive(forecast)
  }
}
