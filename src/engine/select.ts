import { GradedProduct } from '../math/gradedProduct.ts'
import type { Backend } from './backend.ts'
import type { StableProduct } from './chain.ts'
import type { EngineChoice } from './protocol.ts'
import { referenceBackend } from './reference/runner.ts'
import { loadWasm } from './wasm/backend.ts'

/** An engine ready to run, with the stabilized product it brings. */
export interface Engine {
  readonly backend: Backend
  readonly newProduct: (n: number) => StableProduct
  /** Why this one runs, in words. */
  readonly reason: string
}

const reference = (reason: string): Engine => ({
  backend: referenceBackend,
  newProduct: (n) => new GradedProduct(n),
  reason,
})

/** The engine for a choice; `auto` takes the fastest that the machine has. Throws EngineError where a named one is missing. */
export async function selectEngine(choice: EngineChoice): Promise<Engine> {
  switch (choice) {
    case 'reference':
      return reference('chosen')
    case 'wasm':
      return { ...(await loadWasm()), reason: 'chosen' }
    case 'auto':
    case 'webgpu':
      return loadWasm().then(
        (wasm) => ({ ...wasm, reason: 'fastest here' }),
        (error: unknown) => reference(String(error)),
      )
  }
}
