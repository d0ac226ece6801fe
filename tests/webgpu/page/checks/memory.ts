import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from '../../../../src/engine/errors.ts'
import { type BackendOptions, webGpuBackend } from '../../../../src/engine/webgpu/backend.ts'
import type { NetworkConfig } from '../../../../src/model/config.ts'
import { drawLayers, goBackward, goForward } from '../../../bench/tfjsLayers.ts'
import { type Check, demand, errorOf } from '../bench.ts'
import { rowsOf } from './engine.ts'

/** Sizes as a slider passes them. */
const sizes = [9, 30, 17, 24, 12].map((width, i) => ({ depth: 3 + i, width, batch: 4 + 2 * i }))
const ROUNDS = 2

/** After one pass over all sizes, nothing more is ever allocated; and after each, nothing is in use. */
const staysFlat: Check = async ({ gpu }) => {
  const backend = webGpuBackend(gpu)
  const inUse = gpu.bytesUsed
  const pass = async () => {
    for (const size of sizes) await rowsOf(backend, { ...size, mix: 'orthogonal' })
    return gpu.bytesAllocated
  }
  const allocated = await pass()
  for (let round = 0; round < ROUNDS; round++) {
    const now = await pass()
    demand(now === allocated, `${allocated} bytes were enough, now it is ${now}`)
    demand(gpu.bytesUsed === inUse, `${inUse} bytes were in use, now it is ${gpu.bytesUsed}`)
  }
}

/** A device whose buffers are too small for even one layer. */
const runsOut: Check = async ({ gpu }) => {
  const inUse = gpu.bytesUsed
  const backend = webGpuBackend(gpu, { maxBufferBytes: 2 ** 12 })
  const error = await errorOf(rowsOf(backend, { depth: 3, width: 40, batch: 5 }))
  demand(error instanceof EngineError && error.code === 'out-of-memory', `got ${String(error)}`)
  demand(gpu.bytesUsed === inUse, 'what was allocated before must be let go')
}

/** A buffer that the device refuses to make leaves the pool as it was. */
const refused: Check = async ({ gpu }) => {
  const { bytesUsed, bytesAllocated } = gpu
  const beyond = gpu.device.limits.maxBufferSize / 2
  demand((await gpu.tryAllocate(beyond)) === undefined, 'twice the largest buffer cannot be had')
  demand(gpu.bytesUsed === bytesUsed && gpu.bytesAllocated === bytesAllocated, 'nothing is kept')
}

/** Dispatches that one more layer costs, measured, forward and backward together, in the wide shape. */
const costsFewDispatches =
  (overrides: Partial<NetworkConfig>, most: number): Check =>
  async ({ gpu }) => {
    const backend = webGpuBackend(gpu, { chooseShape: () => ({ kind: 'wide' }) })
    const dispatches = async (depth: number) => {
      const before = gpu.dispatches
      await rowsOf(backend, { width: 10, batch: 4, ...overrides, depth })
      return gpu.dispatches - before
    }
    const [few, many] = [await dispatches(4), await dispatches(8)]
    const each = (many - few) / 4
    demand(each <= most, `a layer costs ${each} dispatches`)
  }

/** Dispatches of the whole page while a task runs, whoever asks for them. */
async function countDispatches(task: () => Promise<unknown>): Promise<number> {
  const passes = GPUComputePassEncoder.prototype
  const original = Object.getOwnPropertyDescriptor(passes, 'dispatchWorkgroups')!
  const dispatch = original.value as GPUComputePassEncoder['dispatchWorkgroups']
  let count = 0
  passes.dispatchWorkgroups = function (x, y, z) {
    count++
    dispatch.call(this, x, y, z)
  }
  try {
    await task()
  } finally {
    Object.defineProperty(passes, 'dispatchWorkgroups', original)
  }
  return count
}

/** Our run draws its weights and measures every statistic; theirs finds weights drawn and measures nothing. */
const needsFewerThanTfjs =
  (overrides: BackendOptions, times: number): Check =>
  async ({ gpu }) => {
    const chain = { width: 32, batch: 8, depth: 100 }
    const ours = await countDispatches(() => rowsOf(webGpuBackend(gpu, overrides), chain))
    await tf.setBackend('webgpu')
    const layers = drawLayers(chain)
    const theirs = await countDispatches(async () => {
      const sum = tf.tidy(() => goBackward(layers, goForward(layers)))
      await sum.data()
      sum.dispose()
    })
    tf.dispose([...layers.weights, layers.x0])
    demand(theirs >= times * ours, `ours took ${ours} dispatches, op by op takes ${theirs}`)
  }

export const memoryChecks: Readonly<Record<string, Check>> = {
  'memory stays flat while sizes change': staysFlat,
  'a device without room says so': runsOut,
  'a buffer that cannot be made is not kept': refused,
  'a layer costs at most 5 dispatches, up and down': costsFewDispatches({}, 5),
  'a layer with everything costs at most 8 dispatches, up and down': costsFewDispatches(
    { norm: 'batch', order: 'norm_act_linear', mix: 'orthogonal' },
    8,
  ),
  'a narrow network needs at least ten times fewer dispatches than tfjs op by op':
    needsFewerThanTfjs({}, 10),
}
