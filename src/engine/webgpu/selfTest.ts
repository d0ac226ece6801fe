import { words } from '../../math/random.ts'
import { defaultConfig, type NetworkConfig } from '../../model/config.ts'
import { resolveNetwork } from '../../model/network.ts'
import { roles } from '../../model/streams.ts'
import type { Backend } from '../backend.ts'
import { EngineError } from '../errors.ts'
import { referenceBackend } from '../reference/runner.ts'
import { emptyRows, type LayerRows, statisticIds } from '../statistics.ts'
import { webGpuBackend } from './backend.ts'
import type { Gpu } from './gpu.ts'
import { words as wordsKernel, wordsGrid } from './kernels/words.ts'
import { noParameters } from './parameters.ts'
import type { shapeOf } from './shape.ts'

/** Entries of the rows may differ by this: hundreds of times what rounding does in four layers. */
const TOLERANCE = 1e-3
const WORDS = 96

/** A small network for each way that layers run on the device. */
interface Trial {
  readonly config: Partial<NetworkConfig>
  readonly chooseShape?: typeof shapeOf
}

const small = { depth: 4, width: 24, batch: 6, sb: 0.2, seed: 20_261 }
const trials: readonly Trial[] = [
  { config: { ...small, act: 'tanh', norm: 'layer', init: 'orthogonal', mix: 'orthogonal' } },
  { config: { ...small, act: 'selu', norm: 'batch', mix: 'skip', branch: 2 } },
  {
    config: { ...small, act: 'gelu', norm: 'batch', order: 'norm_act_linear' },
    chooseShape: () => ({ kind: 'wide' }),
  },
]

/**
 * Runs small networks forward and backward against the reference engine, and the generator's words against
 * the CPU's. Some phones compute wrong gradients with WebGPU (tensorflow/tfjs issue 8590); a page
 * about gradients must not.
 * @throws EngineError 'self-test-failed' that names what differs
 */
export async function selfTest(gpu: Gpu): Promise<void> {
  await checkWords(gpu)
  for (const { config, ...options } of trials) {
    const expected = await runOnce(referenceBackend, config)
    compare(expected, await runOnce(webGpuBackend(gpu, options), config), config)
  }
}

async function checkWords(gpu: Gpu): Promise<void> {
  const stream = { seed: 0x9e3779b9, role: roles.weight, layer: 7 }
  const found = await gpuWords(gpu, stream, WORDS)
  const expected = words(stream, WORDS)
  const wrong = expected.findIndex((word, i) => word !== found[i])
  if (wrong >= 0) fail(`word ${wrong} of the generator is ${found[wrong]}, not ${expected[wrong]}`)
}

/** The first words of a stream as the device makes them. `count` must be even and no power of two. */
export async function gpuWords(
  gpu: Gpu,
  stream: { readonly seed: number; readonly role: number; readonly layer: number },
  count: number,
): Promise<Uint32Array> {
  const output = gpu.allocateWords(count)
  gpu.run({
    kernel: wordsKernel,
    output,
    parameters: { ...noParameters, draw: [stream.seed, stream.role, stream.layer, 0] },
    grid: wordsGrid(count),
  })
  const values = await gpu.read(output)
  gpu.free(output)
  return new Uint32Array(values.buffer)
}

async function runOnce(backend: Backend, config: Partial<NetworkConfig>): Promise<LayerRows> {
  const network = resolveNetwork({ ...defaultConfig, ...config })
  const rows = emptyRows(network.depth)
  const span = { from: 0, to: network.depth }
  const seed = network.config.seed
  const runner = await backend.open({ network, seed, rows, weightBytes: 2 ** 20 })
  try {
    await runner.forward(span, { record: true, measure: true })
    await runner.startBackward()
    await runner.backward(span)
  } finally {
    runner.dispose()
  }
  return rows
}

function compare(expected: LayerRows, found: LayerRows, { act, norm }: Partial<NetworkConfig>) {
  for (const id of statisticIds) {
    expected[id].forEach((value, layer) => {
      const other = found[id][layer]!
      const agree = Object.is(value, other) || Math.abs(value - other) < TOLERANCE
      if (!agree) fail(`${id} of layer ${layer} (${act}, ${norm}) is ${other}, not ${value}`)
    })
  }
}

function fail(what: string): never {
  throw new EngineError('self-test-failed', `this GPU computes wrongly: ${what}`)
}
