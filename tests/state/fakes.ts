import type { Finished, Reply, Request, RunRequest, Started } from '../../src/engine/protocol.ts'
import { emptyRows } from '../../src/engine/statistics.ts'
import type { NetworkConfig } from '../../src/model/config.ts'
import type { Clock } from '../../src/state/clock.ts'

/** What an engine says first of a network without mixing. */
export const startedOf = ({ depth }: NetworkConfig, runId: number): Started => ({
  kind: 'started',
  runId,
  engine: 'reference',
  reason: 'chosen',
  depth,
  alpha: 0,
  beta: 1,
  a: 1,
  b: 0,
})

/** A worker that answers only when told to. */
export class FakeWorker {
  readonly requests: Request[] = []
  crash: (message: string) => void = () => undefined
  private onReply: (reply: Reply) => void = () => undefined

  connections = 0
  isClosed = false

  readonly connect = (onReply: (reply: Reply) => void, onCrash: (message: string) => void) => {
    this.connections++
    this.onReply = onReply
    this.crash = onCrash
    return {
      send: (request: Request) => {
        this.requests.push(request)
      },
      close: () => {
        this.isClosed = true
      },
    }
  }

  get runs(): readonly RunRequest[] {
    return this.requests.filter((request) => request.kind === 'run')
  }

  get newest(): RunRequest {
    const run = this.runs.at(-1)
    if (!run) throw new Error('FakeWorker: nothing was asked')
    return run
  }

  reply(reply: Reply): void {
    this.onReply(reply)
  }

  begin({ runId, config }: RunRequest): void {
    this.reply(startedOf(config, runId))
  }

  /** Sends rows in which every entry of layers first ... last is `value`. */
  rows({ runId, config }: RunRequest, value: number, [first, last] = [0, config.depth]): void {
    const rows = emptyRows(last - first)
    for (const row of Object.values(rows)) row.fill(value)
    this.reply({ kind: 'rows', runId, first, rows })
  }

  progress({ runId }: RunRequest, share: number): void {
    this.reply({ kind: 'progress', runId, pass: 'forward', done: 100 * share, total: 100 })
  }

  finish({ runId, config }: RunRequest, value: number): void {
    const rows = emptyRows(config.depth)
    for (const row of Object.values(rows)) row.fill(value)
    const finished: Finished = {
      kind: 'finished',
      runId,
      rows,
      bands: null,
      summary: { gradientGrowth: 1, gscGrowth: 1 },
      timing: { weights: 1, forward: 1, backward: 1, spectra: 1, total: 4 },
    }
    this.reply(finished)
  }
}

interface Alarm {
  readonly at: number
  readonly call: () => void
}

/** Time that passes only when told to. */
export class FakeClock implements Clock {
  private time = 0
  private alarms: Alarm[] = []

  now(): number {
    return this.time
  }

  after(delayMs: number, call: () => void): () => void {
    const alarm = { at: this.time + delayMs, call }
    this.alarms.push(alarm)
    return () => {
      this.alarms = this.alarms.filter((other) => other !== alarm)
    }
  }

  pass(ms: number): void {
    this.time += ms
    const due = this.alarms.filter(({ at }) => at <= this.time)
    this.alarms = this.alarms.filter(({ at }) => at > this.time)
    for (const { call } of due) call()
  }
}
