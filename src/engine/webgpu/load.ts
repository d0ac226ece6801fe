import type { Backend } from '../backend.ts'
import { findAdapter, type FoundAdapter } from '../gpuAdapter.ts'
import { webGpuBackend } from './backend.ts'
import { type Gpu, openGpu } from './gpu.ts'
import { allKernels } from './kernels.ts'
import { selfTest } from './selfTest.ts'
import { loadShaders } from './shaders.ts'

/** The WebGPU engine, tested on this machine. */
export interface WebGpuEngine {
  readonly backend: Backend
  readonly gpu: Gpu
  /** The adapter in words. */
  readonly adapterInfo: string
  /** Is it software in place of a GPU? */
  readonly isFallback: boolean
}

/** Opens something on a device once, and again after that device was lost. */
export function untilLost<T extends { readonly gpu: Gpu }>(open: () => Promise<T>) {
  let opening: Promise<T> | undefined
  return async (): Promise<T> => {
    const opened = await opening?.catch(() => undefined)
    if (opened && !opened.gpu.isLost) return opened
    opening = open()
    return opening
  }
}

/**
 * Opens a device of our own, compiles the kernels and tests them, once; again after the device was lost.
 * @throws EngineError 'no-webgpu' or 'self-test-failed'
 */
export const loadWebGpu: () => Promise<WebGpuEngine> = untilLost(async () =>
  openOn(await findAdapter()),
)

async function openOn(found: FoundAdapter): Promise<WebGpuEngine> {
  const gpu = await openGpu(found, await loadShaders())
  try {
    await gpu.compile(allKernels)
    await selfTest(gpu)
  } catch (error) {
    gpu.dispose()
    throw error
  }
  const { description: adapterInfo, isFallback } = found
  return { backend: webGpuBackend(gpu), gpu, adapterInfo, isFallback }
}
