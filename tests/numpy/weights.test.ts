import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { selectEngine } from '../../src/engine/select.ts'
import { weightSpectrum } from '../../src/engine/weightSpectrum.ts'
import { drawnLayer, resolveNetwork } from '../../src/model/network.ts'
import { decode } from '../../src/state/url.ts'
import { NUMPY_SINGULAR_VALUES } from '../tolerances.ts'
import { missingPython, runPython } from './python.ts'
import { runCase } from './runCase.ts'

const states = [
  'depth=3&width=40&seed=5&sw=1.4',
  'depth=2&width=33&seed=6&init=uniform&sw=0.3',
  'depth=2&width=24&seed=7&init=orthogonal&mix=orthogonal',
  'depth=3&width=20&seed=8&tied=1',
]
const missing = missingPython()
const folder = mkdtempSync(join(tmpdir(), 'weights-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

test('the spectrum of a layer’s weights is that of the saved network, by NumPy', async ({
  skip,
}) => {
  skip(missing !== undefined, missing)
  const engine = await selectEngine('reference')
  const files = states.map((_, i) => join(folder, `${i}.npz`))
  for (const [i, state] of states.entries())
    writeFileSync(files[i]!, (await runCase(engine, state, '1')).npz)
  const networks = runPython('weights.py', files) as readonly (readonly (readonly number[])[])[]
  for (const [i, state] of states.entries()) {
    const config = decode(state).state.network
    const network = resolveNetwork(config)
    const layers = networks[i]!
    expect(layers).toHaveLength(config.tied === 1 ? 1 : config.depth)
    for (const [l, expected] of layers.entries()) {
      const layer = drawnLayer(network, l + 1)
      const request = { kind: 'weights', weightsId: 1, config, drawnLayer: layer } as const
      const found = await weightSpectrum(request)
      expected.forEach((value, rank) => {
        expect(Math.abs(found[rank]! - value)).toBeLessThan(NUMPY_SINGULAR_VALUES)
      })
    }
  }
})
