import { readJob } from '../../src/cli/arguments.ts'
import { loadDigits } from '../../src/engine/loadDigits.ts'
import { networkArrays } from '../../src/engine/networkArrays.ts'
import { defaultBudget } from '../../src/engine/memoryBudget.ts'
import type { Spectrum } from '../../src/engine/protocol.ts'
import type { Engine } from '../../src/engine/select.ts'
import { simulate } from '../../src/engine/simulate.ts'
import { reportJson } from '../../src/export/json.ts'
import { encodeNpz } from '../../src/export/npy.ts'
import { inputs } from '../../src/model/inputs.ts'
import { resolveNetwork } from '../../src/model/network.ts'

const digits = () => loadDigits(new URL('../../public/', import.meta.url).href)

/** What `simulate STATE --spectra LAYERS --network FILE.npz` prints and writes, without a process of its own. */
export async function runCase(engine: Engine, state: string, layers: string) {
  const { config, spectra: wanted } = readJob([state, '--spectra', layers])
  const network = resolveNetwork(config)
  const spectra: Spectrum[] = []
  const run = { config, engine, loadDigits: digits, spectra: wanted, pictures: [] }
  for await (const event of simulate(run)) {
    if (event.kind === 'spectrum') spectra.push(event.spectrum)
    if (event.kind !== 'finished') continue
    const theory = { rows: {}, gradientGrowth: null, gscGrowth: null }
    const report = reportJson({
      network,
      engine: engine.backend.id,
      result: event,
      spectra,
      theory,
    })
    const arrays = await networkArrays(engine.backend, {
      network,
      seed: config.seed,
      digits: inputs[config.data].needsDigits ? await digits() : undefined,
      weightBytes: defaultBudget.weightBytes,
    })
    return { report, npz: encodeNpz({ ...arrays }) }
  }
  throw new Error('runCase: the run must end with a result')
}
