import { EngineError, type EngineErrorCode } from '../../../../src/engine/errors.ts'
import { findAdapter } from '../../../../src/engine/gpuAdapter.ts'
import { prepareGpu, selectEngine } from '../../../../src/engine/select.ts'
import { webGpuBackend } from '../../../../src/engine/webgpu/backend.ts'
import { openGpu } from '../../../../src/engine/webgpu/gpu.ts'
import { untilLost } from '../../../../src/engine/webgpu/load.ts'
import { selfTest } from '../../../../src/engine/webgpu/selfTest.ts'
import type { Shaders } from '../../../../src/engine/webgpu/kernel.ts'
import { type Check, demand, errorOf } from '../bench.ts'
import { rowsOf } from './engine.ts'

function demandCode(error: unknown, code: EngineErrorCode): void {
  demand(
    error instanceof EngineError && error.code === code,
    `expected ${code}, got ${String(error)}`,
  )
}

/**
 * The device goes while a run waits for its statistics; the next load opens another. The engine is loaded
 * without what takes long, all kernels compiled and tested: a run compiles the few that it needs.
 */
const isLost: Check = async ({ shaders }) => {
  const load = untilLost(async () => {
    const gpu = await openGpu(await findAdapter(), shaders)
    return { gpu, backend: webGpuBackend(gpu) }
  })
  const first = await load()
  const running = rowsOf(first.backend, { depth: 40, width: 16, batch: 4 })
  first.gpu.device.destroy()
  demandCode(await errorOf(running), 'device-lost')
  demandCode(await errorOf(rowsOf(first.backend, { depth: 2, width: 8, batch: 2 })), 'device-lost')
  const second = await load()
  demand(second !== first && !second.gpu.isLost, 'a lost device must be replaced')
  await rowsOf(second.backend, { depth: 2, width: 8, batch: 2 })
  demand((await load()) === second, 'a device that stands is kept')
  second.gpu.dispose()
}

const selfTestPasses: Check = ({ gpu }) => selfTest(gpu)

/** The self-test on a device whose kernels have a text of their own. */
const selfTestNotices =
  (file: string, text: string, other: string): Check =>
  async ({ shaders }) => {
    const broken: Shaders = { ...shaders, [file]: shaders[file]!.replace(text, other) }
    demand(broken[file] !== shaders[file], `${file}.wgsl must hold ${text}`)
    const gpu = await openGpu(await findAdapter(), broken)
    demandCode(await errorOf(selfTest(gpu)), 'self-test-failed')
    gpu.dispose()
  }

const fallbackNeverWins: Check = async () => {
  await prepareGpu()
  const { backend, reason } = await selectEngine('auto')
  demand(backend.id !== 'webgpu', `auto must not take software for a GPU, took ${backend.id}`)
  demand(reason.startsWith('no GPU but '), `the reason must say so, got ${reason}`)
}

const canBeChosen: Check = async () => {
  const { backend } = await selectEngine('webgpu')
  demand(backend.id === 'webgpu', `webgpu was chosen, got ${backend.id}`)
  await rowsOf(backend, { depth: 2, width: 8, batch: 2 })
}

const failureIsSaid: Check = async ({ shaders }) => {
  const gpu = await openGpu(await findAdapter(), {
    ...shaders,
    forward: 'fn forward() { nonsense }',
  })
  const error = await errorOf(rowsOf(webGpuBackend(gpu), { depth: 2, width: 8, batch: 2 }))
  demand(
    String(error).includes('WGSL'),
    `what the device says must come through, got ${String(error)}`,
  )
  gpu.dispose()
}

export const deviceChecks: Readonly<Record<string, Check>> = {
  'the self-test passes': selfTestPasses,
  'the self-test notices a wrong word': selfTestNotices('threefry', '0x1bd11bdau', '0x1bd11bdbu'),
  'the self-test notices a forgotten term of the gradient': selfTestNotices(
    'normalize',
    '- z[c] * means.y',
    '',
  ),
  'the self-test notices a wrong tail': selfTestNotices(
    'elementary',
    'e / (e + 2.0)',
    'e / (e + 2.1)',
  ),
  'a lost device is reported and replaced': isLost,
  'a kernel that does not compile is reported': failureIsSaid,
  'a software adapter is never taken by itself': fallbackNeverWins,
  'a software adapter can be chosen': canBeChosen,
}
