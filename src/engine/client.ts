import { LastingTheory } from './lastingTheory.ts'
import type {
  DrawReply,
  DrawRequest,
  NetworkArrays,
  Reply,
  TheoryReply,
  TheoryRequest,
} from './protocol.ts'
import { type EngineClient, Supervised } from './supervise.ts'

export type { EngineClient } from './supervise.ts'

// The page's only place of `new Worker`. The URL must stand here literally: it is what makes the bundler cut a chunk.
const newWorker = () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })

/** `onCrash`: the worker could not be loaded, or died of an error it did not expect. */
export function startEngine(
  onReply: (reply: Reply) => void,
  onCrash: (message: string) => void,
): EngineClient {
  return new Supervised(newWorker, onReply, onCrash)
}

/** Theory's own worker: a prediction may take a second, and no run should wait for it. */
export interface TheoryClient {
  send(request: TheoryRequest): void
  close(): void
}

export function startTheory(onReply: (reply: TheoryReply) => void): TheoryClient {
  const report = (message: string) => {
    reportError(new Error(message))
  }
  return new LastingTheory(newWorker, { onReply, report })
}

/** The arrays of a network, from a worker that lives no longer; rejects with words for the visitor. */
export async function drawNetwork(request: DrawRequest): Promise<NetworkArrays> {
  const worker = newWorker()
  try {
    const reply = await new Promise<DrawReply>((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<DrawReply>) => {
        resolve(event.data)
      }
      worker.onerror = (event) => {
        reject(new Error(event.message))
      }
      worker.postMessage(request)
    })
    if (reply.kind === 'not-drawn') throw new Error(reply.message)
    return reply.arrays
  } finally {
    worker.terminate()
  }
}
