import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import type { WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu/dist/webgpu_program'
import { env, type TensorInfo } from '@tensorflow/tfjs-core'
import { EngineError } from '../errors.ts'
import type { FoundAdapter } from '../gpuAdapter.ts'
import { type Grid, type Kernel, kernelKey, kernelText } from './kernel.ts'
import { copy, copyGrid } from './kernels/copy.ts'
import { nudgeWhile } from './nudge.ts'
import { noParameters, type Parameters, parametersWgsl, uploadable } from './parameters.ts'
import type { Shaders } from './kernel.ts'

/** One dispatch: a kernel, what it writes and reads, its uniforms and its workgroups. */
export interface Dispatch {
  readonly kernel: Kernel
  readonly output: TensorInfo
  readonly inputs?: readonly TensorInfo[]
  readonly parameters: Parameters
  readonly grid: Grid
}

/**
 * A WebGPU device with tfjs on top: tfjs keeps the buffers (pooled by size), the pipelines (by text) and the
 * command queue, and reads back; the programs are ours. Losing the device shows in every later call.
 */
export class Gpu {
  readonly device: GPUDevice
  readonly description: string
  /** Dispatches so far. */
  dispatches = 0
  /** Read-backs so far. */
  readBacks = 0
  isLost = false
  private easedAt = 0
  private readonly backend: WebGPUBackend
  private readonly shaders: Shaders
  private readonly lost: Promise<never>
  /** The first error that no scope caught: nothing the device says after it can be trusted. */
  private failure: string | undefined

  constructor(device: GPUDevice, description: string, shaders: Shaders) {
    this.device = device
    this.description = description
    this.shaders = shaders
    this.backend = new WebGPUBackend(device)
    this.lost = device.lost.then((info) => {
      this.isLost = true
      throw deviceLost(info.message)
    })
    // Nobody may be waiting when it happens.
    this.lost.catch(() => undefined)
    device.addEventListener('uncapturederror', (event) => {
      this.failure ??= event.error.message
    })
  }

  get bytesAllocated(): number {
    return this.backend.memory().numBytesAllocatedInGPU
  }

  get bytesUsed(): number {
    return this.backend.memory().numBytesInGPU
  }

  /** A zeroed or reused buffer of at least `floats`; sizes are powers of two, so that the pool fits again. */
  allocate(floats: number): TensorInfo {
    const tensor = this.backend.makeTensorInfo([roundUp(floats)], 'float32')
    this.backend.uploadToGPU(tensor.dataId)
    return tensor
  }

  /** `allocate` that says so when the device has no room; nothing stays allocated then. */
  async tryAllocate(floats: number): Promise<TensorInfo | undefined> {
    this.device.pushErrorScope('validation')
    this.device.pushErrorScope('out-of-memory')
    const tensor = this.allocate(floats)
    const errors = [this.device.popErrorScope(), this.device.popErrorScope()]
    const failed = (await this.unlessLost(Promise.all(errors))).some((error) => error !== null)
    if (!failed) return tensor
    this.discard(tensor)
    return undefined
  }

  upload(values: Float32Array): TensorInfo {
    const padded = new Float32Array(roundUp(values.length))
    padded.set(values)
    return this.backend.makeTensorInfo([padded.length], 'float32', padded)
  }

  /** Whole numbers to be written by a kernel. */
  allocateWords(count: number): TensorInfo {
    return this.backend.makeTensorInfo([count], 'int32')
  }

  free(tensor: TensorInfo): void {
    this.backend.disposeData(tensor.dataId)
  }

  run({ kernel, output, inputs = [], parameters, grid }: Dispatch): void {
    if (this.isLost) throw deviceLost('before this call')
    this.dispatches++
    const program = this.program(kernel, output, grid)
    // Inputs of rank two and an output of rank one: tfjs then never mistakes their shapes for equal, which
    // would compile the same kernel twice.
    const read = inputs.map((input) => ({ ...input, shape: [1, ...input.shape] }))
    this.backend.runWebGPUProgram(program, read, output.dtype, uploadable(parameters), output)
  }

  private program(kernel: Kernel, output: TensorInfo, grid: Grid): WebGPUProgram {
    return {
      variableNames: kernel.inputs.map((input) => input.name),
      variableComponents: kernel.inputs.map((input) => input.components),
      outputShape: output.shape,
      workgroupSize: [kernel.invocations, 1, 1] as [number, number, number],
      // Two dimensions for an output of one: tfjs then leaves the grid and the indices to the kernel.
      dispatchLayout: { x: [0], y: [0] },
      dispatch: [...grid] as [number, number, number],
      shaderKey: `depthscope.${kernelKey(kernel)}`,
      uniforms: parametersWgsl,
      getUserCode: () => kernelText(kernel, this.shaders),
    }
  }

  /**
   * Compiles kernels side by side and off the device's own thread: left to their first dispatch, each would
   * hold up everything that is drawn.
   */
  async compile(kernels: readonly Kernel[]): Promise<void> {
    const buffers = { float32: this.allocate(1), int32: this.allocateWords(2) }
    env().set('WEBGPU_ENGINE_COMPILE_ONLY', true)
    for (const kernel of kernels) {
      const output = buffers[kernel.output ?? 'float32']
      const inputs = kernel.inputs.map(() => buffers.float32)
      const grid: Grid = [1, kernel.isFlat ? 1 : 2, 1]
      this.run({ kernel, output, inputs, parameters: noParameters, grid })
    }
    env().set('WEBGPU_ENGINE_COMPILE_ONLY', false)
    await this.unlessLost(this.backend.checkCompileCompletionAsync())
    for (const buffer of Object.values(buffers)) this.free(buffer)
  }

  /** The values of a tensor. Resolves after all dispatches before it have run. */
  async read(tensor: TensorInfo): Promise<Float32Array> {
    this.readBacks++
    const values = this.backend.read(tensor.dataId)
    await this.unlessLost(nudgeWhile(values, this.device))
    if (this.failure !== undefined) throw new Error(`WebGPU: ${this.failure}`)
    return (await values) as Float32Array
  }

  /** Waits where much has been sent since the last wait: the queue must not grow without end. */
  async ease(): Promise<void> {
    if (this.dispatches - this.easedAt < EASE_DISPATCHES) return
    this.easedAt = this.dispatches
    // The last few dispatches may not have been submitted yet; they do not matter here.
    await this.unlessLost(nudgeWhile(this.device.queue.onSubmittedWorkDone(), this.device))
  }

  dispose(): void {
    this.backend.dispose()
    this.device.destroy()
  }

  private async unlessLost<T>(promise: Promise<T>): Promise<T> {
    try {
      return await Promise.race([promise, this.lost])
    } catch (error) {
      if (this.isLost) throw error instanceof EngineError ? error : deviceLost(String(error))
      throw error
    }
  }

  /** Lets a buffer go that the device could not make, past the pool. */
  private discard(tensor: TensorInfo): void {
    const data = this.backend.tensorMap.get(tensor.dataId)
    if (data.resource) this.backend.bufferManager.releaseBuffer(data.resource as GPUBuffer, false)
    delete data.resource
    this.backend.disposeData(tensor.dataId)
  }
}

/** Dispatches that may be under way at a time. */
const EASE_DISPATCHES = 1024

const deviceLost = (why: string) => new EngineError('device-lost', `the GPU was lost: ${why}`)

const MIN_FLOATS = 1024

/** Buffer sizes are powers of two, so that those of one network fit another. */
export function roundUp(floats: number): number {
  return Math.max(MIN_FLOATS, 2 ** Math.ceil(Math.log2(floats)))
}

/** Our own device on an adapter, with all that it gives in room. */
export async function openGpu(found: FoundAdapter, shaders: Shaders): Promise<Gpu> {
  const { limits } = found.adapter
  const device = await found.adapter.requestDevice({
    label: 'depthscope',
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    },
  })
  return new Gpu(device, found.description, shaders)
}

/** Copies floats from one buffer into another on the device. */
export function copyFloats(
  gpu: Gpu,
  source: { readonly from: TensorInfo; readonly at: number },
  target: { readonly into: TensorInfo; readonly at: number },
  count: number,
): void {
  if (count === 0) return
  gpu.run({
    kernel: copy,
    output: target.into,
    inputs: [source.from],
    parameters: { ...noParameters, measure: [source.at, target.at, count, 0] },
    grid: copyGrid(count),
  })
}
