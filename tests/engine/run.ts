import { loadDigits } from '../../src/engine/loadDigits.ts'
import type { Given } from '../../src/engine/given.ts'
import { defaultBudget, type MemoryBudget } from '../../src/engine/memoryBudget.ts'
import type { LayerPicture, Spectrum } from '../../src/engine/protocol.ts'
import { referenceBackend } from '../../src/engine/reference/runner.ts'
import type { Engine } from '../../src/engine/select.ts'
import { simulate, type SimulationResult } from '../../src/engine/simulate.ts'
import { GradedProduct } from '../../src/math/gradedProduct.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'

export const referenceEngine: Engine = {
  backend: referenceBackend,
  newProduct: (n) => new GradedProduct(n),
  reason: 'test',
}

/** Where the digits are. */
export const publicUrl = new URL('../../public/', import.meta.url).href

export interface TestRun extends SimulationResult {
  readonly spectra: readonly Spectrum[]
  readonly pictures: readonly LayerPicture[]
}

interface Options {
  readonly engine?: Engine
  readonly spectra?: readonly number[]
  readonly pictures?: readonly number[]
  readonly budget?: MemoryBudget
  readonly given?: Given
}

/** Runs a config to the end and collects everything it says. */
export async function run(
  overrides: Partial<NetworkConfig>,
  options: Options = {},
): Promise<TestRun> {
  const { engine = referenceEngine, spectra = [], pictures = [], budget = defaultBudget } = options
  const found: Spectrum[] = []
  const seen: LayerPicture[] = []
  for await (const event of simulate({
    config: { ...defaultConfig, ...overrides },
    engine,
    loadDigits: () => loadDigits(publicUrl),
    spectra,
    pictures,
    budget,
    given: options.given,
  })) {
    if (event.kind === 'spectrum') found.push(event.spectrum)
    if (event.kind === 'picture') seen.push(event.picture)
    if (event.kind === 'finished') return { ...event, spectra: found, pictures: seen }
  }
  throw new Error('run: the simulation must finish')
}
