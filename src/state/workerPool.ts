import type { EngineClient } from '../engine/client.ts'
import type { Reply, RunRequest } from '../engine/protocol.ts'

/** A run for whichever worker is free. */
export interface PoolTask {
  readonly run: Omit<RunRequest, 'kind' | 'runId'>
  /** Gets every reply of the run. */
  readonly receive: (reply: Reply) => void
  /** There is no worker for it, or the one that had it died. */
  readonly fail: (message: string) => void
}

interface Seat {
  client: EngineClient
  flight: { readonly runId: number; readonly task: PoolTask } | undefined
}

type Connect = (onReply: (reply: Reply) => void, onCrash: (message: string) => void) => EngineClient

const MAX_WORKERS = 4

/** Workers that a machine can keep busy while the page goes on. */
export const poolSize = (cores: number): number => Math.min(MAX_WORKERS, Math.max(1, cores - 1))

/** Workers that may help the one that runs what the page shows: the page itself is idle meanwhile. */
export const helpersOf = (cores: number): number => Math.min(MAX_WORKERS, cores) - 1

const isLast = ({ kind }: Reply) => kind === 'finished' || kind === 'failed' || kind === 'cancelled'

/** Engine workers that share a list of runs; each is started when it is first needed. */
export class WorkerPool {
  private readonly connect: Connect
  private seats: Seat[] = []
  private queue: PoolTask[] = []
  private limit = 1
  private lastRunId = 0

  constructor(connect: Connect) {
    this.connect = connect
  }

  get isIdle(): boolean {
    return this.queue.length === 0 && this.seats.every(({ flight }) => !flight)
  }

  /** Drops what is left of older tasks, and takes these up in their order, at most `limit` at a time. */
  start(tasks: readonly PoolTask[], limit: number): void {
    this.stop()
    this.limit = limit
    this.queue = [...tasks]
    this.fill()
  }

  /** Drops all tasks; the workers stay for the next ones. */
  stop(): void {
    this.queue = []
    for (const seat of this.seats) {
      if (seat.flight) seat.client.send({ kind: 'cancel', runId: seat.flight.runId })
      seat.flight = undefined
    }
  }

  close(): void {
    for (const { client } of this.seats) client.close()
    this.seats = []
    this.queue = []
  }

  private fill(): void {
    const flying = () => this.seats.filter(({ flight }) => flight).length
    while (this.queue.length > 0 && flying() < this.limit) {
      const task = this.queue.shift()
      if (task) this.takeOff(task)
    }
  }

  private takeOff(task: PoolTask): void {
    try {
      const seat = this.seats.find(({ flight }) => !flight) ?? this.newSeat()
      const runId = ++this.lastRunId
      seat.flight = { runId, task }
      seat.client.send({ kind: 'run', runId, ...task.run })
    } catch (error) {
      task.fail(error instanceof Error ? error.message : String(error))
    }
  }

  private newSeat(): Seat {
    const client = this.connect(
      (reply) => {
        this.receive(seat, reply)
      },
      (message) => {
        this.crash(seat, message)
      },
    )
    const seat: Seat = { client, flight: undefined }
    this.seats.push(seat)
    return seat
  }

  private receive(seat: Seat, reply: Reply): void {
    const { flight } = seat
    if (flight?.runId !== reply.runId) return
    if (isLast(reply)) seat.flight = undefined
    flight.task.receive(reply)
    if (isLast(reply)) this.fill()
  }

  private crash(seat: Seat, message: string): void {
    seat.client.close()
    this.seats = this.seats.filter((other) => other !== seat)
    seat.flight?.task.fail(message)
    this.fill()
  }
}
