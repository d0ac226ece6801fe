import { GradedProduct } from '../math/gradedProduct.ts'
import type { Backend } from './backend.ts'
import type { StableProduct } from './chain.ts'
import { EngineError } from './errors.ts'
import { fitsFloat32, type Given } from './given.ts'
import { findAdapter } from './gpuAdapter.ts'
import type { EngineChoice } from './protocol.ts'
import { referenceBackend } from './reference/runner.ts'
import { timeBackend } from './timing.ts'
import { loadWasm } from './wasm/backend.ts'
import type { WebGpuEngine } from './webgpu/load.ts'

/** An engine ready to run, with the stabilized product it brings. */
export interface Engine {
  readonly backend: Backend
  readonly newProduct: (n: number) => StableProduct
  /** Why this one runs, in words. */
  readonly reason: string
}

/** A GPU lost this often is not asked again. */
const MAX_LOSSES = 2

/** The GPU of this machine, as far as it is known. */
type Gpu =
  | { readonly state: 'unknown' }
  | { readonly state: 'refused'; readonly reason: string }
  | { readonly state: 'tested'; readonly engine: WebGpuEngine }
  | { readonly state: 'chosen'; readonly engine: WebGpuEngine; readonly reason: string }

let gpu: Gpu = { state: 'unknown' }
let preparation: Promise<void> | undefined
let losses = 0

/** The engine for a choice; `auto` takes the fastest that is ready. Throws EngineError where a named one is missing. */
export function selectEngine(choice: EngineChoice): Promise<Engine> {
  switch (choice) {
    case 'reference':
      return Promise.resolve(reference('chosen'))
    case 'wasm':
      return loadWasm().then((wasm) => ({ ...wasm, reason: 'chosen' }))
    case 'webgpu':
      return loadGpu().then((engine) => onGpu(engine, `chosen: ${engine.adapterInfo}`))
    case 'auto':
      return fastest()
  }
}

/**
 * The engine for a run of `width` units with arrays from a file: they are not sent to a GPU, and numbers
 * that float32 has no room for go to the reference engine whatever the choice.
 */
export function selectForGiven(choice: EngineChoice, given: Given, width: number): Promise<Engine> {
  if (!fitsFloat32(given, width))
    return Promise.resolve(reference('numbers of this size in a file need float64'))
  const isFree = choice === 'auto' || choice === 'webgpu'
  return isFree ? onProcessor('arrays from a file stay on the processor') : selectEngine(choice)
}

/**
 * Looks for a GPU, compiles its kernels and tests them, beside whatever runs: later `auto` choices may take
 * it. Nothing of it is fetched where there is no real adapter. Never throws.
 */
export function prepareGpu(): Promise<void> {
  preparation ??= probe().then((found) => {
    gpu = found
  })
  return preparation
}

async function probe(): Promise<Gpu> {
  try {
    const { isFallback, description } = await findAdapter()
    if (isFallback) return { state: 'refused', reason: `no GPU but ${description}` }
    return { state: 'tested', engine: await loadGpu() }
  } catch (error) {
    return { state: 'refused', reason: wordsOf(error) }
  }
}

/** The WebGPU engine: its code, and tfjs with it, arrives here and nowhere else. */
async function loadGpu(): Promise<WebGpuEngine> {
  const { loadWebGpu } = await import('./webgpu/load.ts')
  return loadWebGpu()
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function reference(reason: string): Engine {
  return { backend: referenceBackend, newProduct: (n) => new GradedProduct(n), reason }
}

/** The engine of the processor: WebAssembly where the machine has it. */
export async function onProcessor(reason: string): Promise<Engine> {
  try {
    return { ...(await loadWasm()), reason }
  } catch (error) {
    return reference(wordsOf(error))
  }
}

/** The spectra stay on the processor, in float64. */
async function onGpu({ backend }: WebGpuEngine, reason: string): Promise<Engine> {
  const { newProduct } = await onProcessor(reason)
  return { backend, newProduct, reason }
}

async function fastest(): Promise<Engine> {
  gpu = await settled(gpu)
  switch (gpu.state) {
    case 'unknown':
      return onProcessor('fastest here')
    case 'refused':
      return onProcessor(gpu.reason)
    case 'chosen':
      return onGpu(gpu.engine, gpu.reason)
  }
}

/** A GPU that is there and tested is opened anew where its device was lost, and has to win a race once. */
async function settled(known: Gpu): Promise<Exclude<Gpu, { state: 'tested' }>> {
  const isLost = 'engine' in known && known.engine.gpu.isLost
  if (isLost) losses++
  if (isLost && losses >= MAX_LOSSES)
    return { state: 'refused', reason: `the GPU was lost ${losses} times` }
  const standing = isLost ? await probe() : known
  return standing.state === 'tested' ? raced(standing.engine) : standing
}

/** A short race on a network like those of the page. */
async function raced(engine: WebGpuEngine): Promise<Exclude<Gpu, { state: 'tested' }>> {
  try {
    const onGpuMs = await timeBackend(engine.backend)
    const { backend } = await onProcessor('')
    const onProcessorMs = await timeBackend(backend)
    const times = `${onGpuMs.toFixed(0)} ms against ${onProcessorMs.toFixed(0)} ms`
    return onGpuMs < onProcessorMs
      ? { state: 'chosen', engine, reason: `${engine.adapterInfo}, ${times} on the processor` }
      : { state: 'refused', reason: `faster than the GPU, which takes ${times}` }
  } catch (error) {
    if (error instanceof EngineError) return { state: 'refused', reason: error.message }
    throw error
  }
}
