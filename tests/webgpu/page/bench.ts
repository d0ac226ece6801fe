import type { Gpu } from '../../../src/engine/webgpu/gpu.ts'
import type { Shaders } from '../../../src/engine/webgpu/kernel.ts'

/** What a check works with. The device is shared: what a check allocates, it frees. */
export interface Bench {
  readonly shaders: Shaders
  readonly gpu: Gpu
}

/** A promise of the engine; broken by throwing. */
export type Check = (bench: Bench) => Promise<void>

export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}

/** |found - expected| within `tolerance` of the larger of |expected| and `floor`; both finite. */
export function demandClose(
  found: number,
  expected: number,
  { tolerance, floor = 0, what }: { tolerance: number; floor?: number; what: string },
): void {
  const allowed = tolerance * Math.max(Math.abs(expected), floor)
  const isClose = Number.isFinite(found) && Math.abs(found - expected) <= allowed
  demand(isClose, `${what}: expected ${expected}, got ${found}`)
}

/** The error that a promise ends in; none is an error too. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('errorOf: the promise must be rejected')
}
