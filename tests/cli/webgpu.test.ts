import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { WEBGPU } from '../tolerances.ts'

const program = fileURLToPath(new URL('../../src/cli/simulate.ts', import.meta.url))
const STATE = 'depth=4&width=8&batch=4&norm=layer'
/** Kernels are compiled by the processor where there is no GPU. */
const PATIENCE_MS = 180_000

function simulate(engine: 'webgpu' | 'reference') {
  const words = ['--import', 'tsx', program, '--engine', engine, STATE]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

type Entry = number | string | null

function layersOf(report: string): readonly (readonly [string, readonly Entry[]])[] {
  const { layers } = JSON.parse(report) as {
    readonly layers: Readonly<Record<string, readonly Entry[]>>
  }
  return Object.entries(layers)
}

function expectSame(found: string, expected: string): void {
  const other = new Map(layersOf(found))
  for (const [id, values] of layersOf(expected))
    for (const [layer, value] of values.entries()) {
      const there = other.get(id)?.[layer]
      if (typeof value !== 'number') expect(there, `${id} ${layer}`).toBe(value)
      else {
        const allowed = WEBGPU * Math.max(1, Math.abs(value))
        expect(Math.abs(Number(there) - value), `${id} ${layer}`).toBeLessThanOrEqual(allowed)
      }
    }
}

it(
  '--engine webgpu agrees with the reference, or says in a line what this machine lacks',
  () => {
    const { status, stdout, stderr } = simulate('webgpu')
    if (status === 0) {
      expectSame(stdout, simulate('reference').stdout)
      return
    }
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n').at(-1)).toMatch(
      /^Node has no WebGPU of its own: npm install --no-save webgpu brings it|^WebGPU found no adapter: no usable GPU or driver$/,
    )
  },
  PATIENCE_MS,
)
