import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MAX_OUTPUT_BYTES = 2 ** 26

/** Why nothing can be recomputed here; undefined where python3 has what it takes. */
export function missingPython(): string | undefined {
  const { status } = spawnSync('python3', ['-c', 'import numpy, mpmath'])
  return status === 0 ? undefined : 'python3 with numpy and mpmath is not installed'
}

/** What a program of this folder prints, as JSON. */
export function runPython(program: string, args: readonly string[]): unknown {
  const file = fileURLToPath(new URL(program, import.meta.url))
  // -B: no compiled files beside the sources. One thread: the matrices are tiny.
  const { status, stdout, stderr } = spawnSync('python3', ['-B', file, ...args], {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' },
  })
  if (status !== 0) throw new Error(`${program}: must run, got status ${String(status)}\n${stderr}`)
  return JSON.parse(stdout)
}
