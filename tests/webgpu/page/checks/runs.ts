import { defaultBudget, type MemoryBudget } from '../../../../src/engine/memoryBudget.ts'
import type { LayerPicture, Spectrum } from '../../../../src/engine/protocol.ts'
import { referenceBackend } from '../../../../src/engine/reference/runner.ts'
import type { Engine } from '../../../../src/engine/select.ts'
import { simulate, type SimulationResult } from '../../../../src/engine/simulate.ts'
import { type BackendOptions, webGpuBackend } from '../../../../src/engine/webgpu/backend.ts'
import type { Gpu } from '../../../../src/engine/webgpu/gpu.ts'
import { GradedProduct } from '../../../../src/math/gradedProduct.ts'
import { defaultConfig, type NetworkConfig } from '../../../../src/model/config.ts'
import { ENGINES_SPECTRUM, WEBGPU } from '../../../tolerances.ts'
import { type Check, demand, demandClose } from '../bench.ts'
import { demandSameRows } from './engine.ts'

const newProduct = (n: number) => new GradedProduct(n)
const reference: Engine = { backend: referenceBackend, newProduct, reason: 'test' }
const onGpu = (gpu: Gpu, options?: BackendOptions): Engine => ({
  backend: webGpuBackend(gpu, options),
  newProduct,
  reason: 'test',
})

interface WholeRun extends SimulationResult {
  readonly spectra: readonly Spectrum[]
  readonly pictures: readonly LayerPicture[]
}

/** A run with all passes, two layers seen close up. */
async function runAll(
  engine: Engine,
  overrides: Partial<NetworkConfig>,
  budget: MemoryBudget = defaultBudget,
): Promise<WholeRun> {
  const config = { ...defaultConfig, ...overrides }
  const [spectra, pictures]: [Spectrum[], LayerPicture[]] = [[], []]
  const loadDigits = () => Promise.reject(new Error('runAll: no digits here'))
  const closeUps = { spectra: [0, 3, config.depth], pictures: [0, 2] }
  for await (const event of simulate({ config, engine, loadDigits, budget, ...closeUps })) {
    if (event.kind === 'spectrum') spectra.push(event.spectrum)
    if (event.kind === 'picture') pictures.push(event.picture)
    if (event.kind === 'finished') return { ...event, spectra, pictures }
  }
  throw new Error('runAll: the simulation must finish')
}

function demandSameRun(found: WholeRun, expected: WholeRun): void {
  demandSameRows(found.rows, expected.rows)
  expected.spectra.forEach(({ layer, log10SingularValues }, i) => {
    log10SingularValues.forEach((value, k) => {
      const other = found.spectra[i]!.log10SingularValues[k]!
      const what = `singular value ${k} of layer ${layer}`
      if (Number.isFinite(value))
        demandClose(other, value, { tolerance: ENGINES_SPECTRUM, floor: 1, what })
      else demand(other === value, `${what}: ${other}, not ${value}`)
    })
  })
  expected.pictures.forEach(({ cosines }, i) => {
    cosines.forEach((value, k) => {
      const what = `cosine ${k} of picture ${i}`
      demandClose(found.pictures[i]!.cosines[k]!, value, { tolerance: WEBGPU, floor: 1, what })
    })
  })
}

const network = { depth: 9, width: 14, batch: 5, seeds: 2, sb: 0.1 }

const agrees =
  (overrides: Partial<NetworkConfig>): Check =>
  async ({ gpu }) => {
    const config = { ...network, ...overrides }
    demandSameRun(await runAll(onGpu(gpu), config), await runAll(reference, config))
  }

/** Records of two layers and weights of two: the run has to go back to checkpoints and draw again. */
const littleMemory: Check = async ({ gpu }) => {
  const config = { ...network, depth: 24, mix: 'orthogonal', branch: 2 } as const
  const expected = await runAll(reference, config)
  const engine = onGpu(gpu, { maxBufferBytes: 2 ** 16 })
  const budget = { weightBytes: 4000, tapeBytes: 6000, checkpointBytes: 4000 }
  demandSameRun(await runAll(engine, config, budget), expected)
}

const repeats: Check = async ({ gpu }) => {
  const config = { ...network, act: 'relu', norm: 'batch' } as const
  const [once, again] = [await runAll(onGpu(gpu), config), await runAll(onGpu(gpu), config)]
  demand(JSON.stringify(once.runs) === JSON.stringify(again.runs), 'two runs must agree to the bit')
}

export const runChecks: Readonly<Record<string, Check>> = {
  'a whole run with spectra and pictures': agrees({ mix: 'orthogonal' }),
  'a whole run through batch norm, statistics held fixed': agrees({ norm: 'batch', act: 'gelu' }),
  'a whole run in the pre-activation order': agrees({ order: 'norm_act_linear', norm: 'layer' }),
  'a run in little memory': littleMemory,
  'repeated runs are the same to the bit': repeats,
}
