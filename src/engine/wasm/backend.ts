import type { Backend } from '../backend.ts'
import type { StableProduct } from '../chain.ts'
import { Arena } from './arena.ts'
import { type GradedKernels, WasmGradedProduct } from './gradedProduct.ts'
import { instantiateModule, loadLayerKernels } from './kernels.ts'
import { WasmRunner } from './runner.ts'
import { WeightCache } from './weightCache.ts'

/** The WebAssembly engine and the stabilized product that comes with it. */
export interface WasmEngine {
  readonly backend: Backend
  readonly newProduct: (n: number) => StableProduct
}

async function load(): Promise<WasmEngine> {
  const kernels = await loadLayerKernels()
  const graded = (await instantiateModule('graded')) as unknown as GradedKernels
  const arena = new Arena(kernels.memory, kernels.heapBase())
  const cache = new WeightCache(kernels, arena)
  const module = { kernels, arena, cache, isTaken: false }
  return {
    backend: { id: 'wasm', open: (opening) => new WasmRunner(module, opening) },
    newProduct: (n) => new WasmGradedProduct(graded, n),
  }
}

let loading: Promise<WasmEngine> | undefined

/** Loads the modules once; throws EngineError('no-webassembly') where the machine cannot run them. */
export function loadWasm(): Promise<WasmEngine> {
  loading ??= load()
  return loading
}
