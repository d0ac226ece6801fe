import { findAdapter } from '../../../src/engine/gpuAdapter.ts'
import { openGpu } from '../../../src/engine/webgpu/gpu.ts'
import { loadShaders } from '../../../src/engine/webgpu/shaders.ts'
import type { Bench, Check } from './bench.ts'
import { activationChecks, probeShader } from './checks/activations.ts'
import { deviceChecks } from './checks/device.ts'
import { drawChecks } from './checks/draws.ts'
import { engineChecks } from './checks/engine.ts'
import { kernelChecks } from './checks/kernels.ts'
import { memoryChecks } from './checks/memory.ts'
import { runChecks } from './checks/runs.ts'

declare global {
  interface Window {
    /** What the driver calls (webgpu.e2e.ts). */
    checks: {
      readonly names: readonly string[]
      readonly adapter: () => Promise<string>
      /** Empty, or what is wrong. */
      readonly run: (name: string) => Promise<string>
    }
  }
}

const checks: Readonly<Record<string, Check>> = {
  ...kernelChecks,
  ...activationChecks,
  ...drawChecks,
  ...engineChecks,
  ...runChecks,
  ...memoryChecks,
  ...deviceChecks,
}

let bench: Promise<Bench> | undefined

/** One device for all checks but those that lose it. */
async function openBench(): Promise<Bench> {
  const [adapter, shaders] = [await findAdapter(), await loadShaders()]
  return { shaders, gpu: await openGpu(adapter, { ...shaders, ...probeShader }) }
}

/** Runs a check inside a validation error scope. */
async function run(name: string): Promise<string> {
  const check = checks[name]
  if (!check) return `there is no check of this name`
  bench ??= openBench()
  const { device } = (await bench).gpu
  device.pushErrorScope('validation')
  let problem = ''
  try {
    await check(await bench)
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  const invalid = await device.popErrorScope()
  return invalid ? `${problem}\n${invalid.message}` : problem
}

window.checks = {
  names: Object.keys(checks),
  adapter: async () => (await findAdapter()).description,
  run,
}
