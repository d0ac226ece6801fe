import type { PartWorker } from './crew.ts'

/** A worker of this worker, of the same script; it ends with it. Throws where a browser has none. */
export const newNestedWorker = (): PartWorker => new Worker(self.location.href, { type: 'module' })
