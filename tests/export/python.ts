import { spawnSync } from 'node:child_process'

const MAX_OUTPUT_BYTES = 2 ** 26

const runs = (code: string) => spawnSync('python3', ['-c', code]).status === 0

/** Is there a python3 to compile with, one with NumPy, one with PyTorch? */
export const hasPython = runs('')
export const hasNumpy = runs('import numpy')
export const hasTorch = hasNumpy && runs('import torch')

/** Standard output of python3; throws with its complaints where it has any. */
export function python(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('python3', args, {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
  })
  if (status !== 0 || stderr !== '') throw new Error(`python: must run in silence, got ${stderr}`)
  return stdout
}
