import type { Backend, Opening } from '../backend.ts'
import type { Gpu } from './gpu.ts'
import { WebGpuRunner } from './runner.ts'
import { shapeOf } from './shape.ts'
import { openWorkspace } from './workspace.ts'

/** Bytes that one buffer may have, whatever the device would give. */
const MAX_BUFFER_BYTES = 2 ** 28

/** What a test may want otherwise. */
export interface BackendOptions {
  readonly chooseShape?: typeof shapeOf
  readonly maxBufferBytes?: number
}

/** The engine on a device. */
export function webGpuBackend(gpu: Gpu, options: BackendOptions = {}): Backend {
  const { chooseShape = shapeOf, maxBufferBytes = MAX_BUFFER_BYTES } = options
  return {
    id: 'webgpu',
    open: async (opening: Opening) => {
      const { network, weightBytes } = opening
      const shape = chooseShape(network, gpu.device.limits.maxComputeWorkgroupStorageSize)
      const workspace = await openWorkspace(gpu, network, { shape, weightBytes, maxBufferBytes })
      const runner = new WebGpuRunner(gpu, opening, workspace)
      await runner.start()
      return runner
    },
  }
}
