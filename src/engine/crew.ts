import type { MemoryBudget } from './memoryBudget.ts'
import type { Part, PartReply, PartRequest } from './protocol.ts'
import { type RunningWorker, Supervised } from './supervise.ts'

/** What the parts of a run have in common. */
export type PartOrder = Omit<PartRequest, 'kind' | 'runId' | 'part' | 'budget'>

/** Another worker that does parts of a run, one at a time. */
export interface Helper {
  /** Is there a worker already, or is one to be started for the first part? */
  readonly isHired: boolean
  /** All that is said of a part; throws where no worker can be had, where it dies, and where it is told to stop. */
  run(part: Part, budget: MemoryBudget): AsyncGenerator<PartReply>
  /** Ends the part under way, if any. */
  stop(): void
}

export type PartWorker = RunningWorker<PartRequest, PartReply>

/** The workers of a worker. They end with it; each is started when there is first something for it. */
export class Crew {
  private readonly newWorker: () => PartWorker
  private members: readonly Member[] = []

  constructor(newWorker: () => PartWorker) {
    this.newWorker = newWorker
  }

  /** So many helpers for a run, less those that were lost: who could not be had once is not asked again. */
  helpers(count: number, order: PartOrder): readonly Helper[] {
    while (this.members.length < count) this.members = [...this.members, new Member(this.newWorker)]
    const fit = this.members.slice(0, count).filter((member) => !member.isLost)
    return fit.map((member) => ({
      get isHired() {
        return member.isHired
      },
      run: (part, budget) => member.run({ ...order, part, budget }),
      stop: () => {
        member.stop()
      },
    }))
  }

  /** Ends whatever they do. */
  stop(): void {
    for (const member of this.members) member.stop()
  }
}

const isLast = ({ kind }: PartReply) =>
  kind === 'finished' || kind === 'failed' || kind === 'cancelled'

class Member {
  isLost = false
  private readonly newWorker: () => PartWorker
  private client: Supervised<PartRequest, PartReply> | undefined
  private inbox = new Inbox(0)

  constructor(newWorker: () => PartWorker) {
    this.newWorker = newWorker
  }

  get isHired(): boolean {
    return this.client !== undefined
  }

  private hire(): void {
    if (this.isLost || this.client) return
    const receive = (reply: PartReply) => {
      this.inbox.put(reply)
    }
    const lose = (message: string) => {
      this.lose(message)
    }
    try {
      this.client = new Supervised<PartRequest, PartReply>(this.newWorker, receive, lose)
    } catch (error) {
      // A browser without workers in workers: the one that is there does everything.
      this.lose(error instanceof Error ? error.message : String(error))
    }
  }

  async *run(order: Omit<PartRequest, 'kind' | 'runId'>): AsyncGenerator<PartReply> {
    this.hire()
    if (!this.client) throw new Error('Crew: a part must have a worker, got none')
    const inbox = new Inbox(this.inbox.runId + 1)
    this.inbox = inbox
    this.client.send({ kind: 'part', runId: inbox.runId, ...order })
    try {
      for (;;) {
        const reply = await inbox.next()
        if (reply.kind === 'failed') throw new Error(reply.message)
        if (reply.kind === 'cancelled') throw new Error('Crew: the part was cancelled')
        yield reply
        if (reply.kind === 'finished') return
      }
    } finally {
      this.cancel(inbox)
    }
  }

  private lose(message: string): void {
    this.isLost = true
    this.client?.close()
    this.client = undefined
    this.inbox.put({ kind: 'failed', runId: this.inbox.runId, message })
  }

  stop(): void {
    const { inbox } = this
    this.cancel(inbox)
    inbox.put({ kind: 'cancelled', runId: inbox.runId })
  }

  private cancel({ isOver, runId }: Inbox): void {
    if (!isOver) this.client?.send({ kind: 'cancel', runId })
  }
}

/** Replies to one part, in their order. */
class Inbox {
  readonly runId: number
  /** Has the last one come? There was never a part 0. */
  isOver: boolean
  private readonly replies: PartReply[] = []
  private wake: () => void = () => undefined

  constructor(runId: number) {
    this.runId = runId
    this.isOver = runId === 0
  }

  put(reply: PartReply): void {
    if (this.isOver || reply.runId !== this.runId) return
    this.isOver = isLast(reply)
    this.replies.push(reply)
    this.wake()
  }

  async next(): Promise<PartReply> {
    for (;;) {
      const reply = this.replies.shift()
      if (reply) return reply
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }
}
