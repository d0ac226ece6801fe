/** Bytes for drawn weights, for what the backward pass needs of the layers, and for checkpoints. */
export interface MemoryBudget {
  readonly weightBytes: number
  readonly tapeBytes: number
  readonly checkpointBytes: number
}

export const defaultBudget: MemoryBudget = {
  weightBytes: 96 * 2 ** 20,
  tapeBytes: 96 * 2 ** 20,
  checkpointBytes: 64 * 2 ** 20,
}

/** What each of so many workers may take of a budget. */
export function dividedBudget(budget: MemoryBudget, workers: number): MemoryBudget {
  return {
    weightBytes: Math.floor(budget.weightBytes / workers),
    tapeBytes: Math.floor(budget.tapeBytes / workers),
    checkpointBytes: Math.floor(budget.checkpointBytes / workers),
  }
}
