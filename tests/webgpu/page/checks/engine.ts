import type { Backend } from '../../../../src/engine/backend.ts'
import { referenceBackend } from '../../../../src/engine/reference/runner.ts'
import {
  emptyRows,
  type LayerRows,
  type StatisticId,
  statisticIds,
  statistics,
} from '../../../../src/engine/statistics.ts'
import { webGpuBackend } from '../../../../src/engine/webgpu/backend.ts'
import { activationIds } from '../../../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig, orderIds } from '../../../../src/model/config.ts'
import { inputIds, inputs } from '../../../../src/model/inputs.ts'
import { mixingIds } from '../../../../src/model/mixings.ts'
import { resolveNetwork } from '../../../../src/model/network.ts'
import { normalizationIds } from '../../../../src/model/normalizations.ts'
import { WEBGPU } from '../../../tolerances.ts'
import { type Check, demand, demandClose } from '../bench.ts'

/** One network forward and backward in one piece. */
export async function rowsOf(
  backend: Backend,
  overrides: Partial<NetworkConfig>,
): Promise<LayerRows> {
  const network = resolveNetwork({ ...defaultConfig, ...overrides })
  const { seed } = network.config
  const [rows, span] = [emptyRows(network.depth), { from: 0, to: network.depth }]
  const runner = await backend.open({ network, seed, rows, weightBytes: 2 ** 22 })
  await runner.forward(span, { record: true, measure: true })
  await runner.startBackward()
  await runner.backward(span)
  runner.dispose()
  return rows
}

/** What stands for an absence must agree exactly, numbers within the tolerance: absolute in log10 and cosines. */
export function demandSameRows(
  found: LayerRows,
  expected: LayerRows,
  ids: readonly StatisticId[] = statisticIds,
): void {
  for (const id of ids) {
    const isAbsolute = statistics[id].isLog10 || id.includes('cosine')
    expected[id].forEach((value, layer) => {
      const what = `${id} of layer ${layer}`
      if (Number.isFinite(value))
        demandClose(found[id][layer]!, value, {
          tolerance: WEBGPU,
          floor: isAbsolute ? 1 : 0.1,
          what,
        })
      else demand(Object.is(found[id][layer], value), `${what}: ${found[id][layer]}, not ${value}`)
    })
  }
}

const wide = { chooseShape: () => ({ kind: 'wide' }) as const }

const agrees =
  (overrides: Partial<NetworkConfig>, ids?: readonly StatisticId[]): Check =>
  async ({ gpu }) => {
    const expected = await rowsOf(referenceBackend, overrides)
    demandSameRows(await rowsOf(webGpuBackend(gpu), overrides), expected, ids)
    demandSameRows(await rowsOf(webGpuBackend(gpu, wide), overrides), expected, ids)
  }

/** Every norm, order, mixing and branch; the activations take turns. */
function combinations(): [string, Check][] {
  const all = normalizationIds.flatMap((norm) =>
    orderIds.flatMap((order) =>
      mixingIds.flatMap((mix) => [1, 2].map((branch) => ({ norm, order, mix, branch }))),
    ),
  )
  return all.map((choice, i) => {
    const act = activationIds[i % activationIds.length]!
    const { norm, order, mix, branch } = choice
    const title = `${act} with ${norm}, ${order}, ${mix}, branch ${branch}`
    return [title, agrees({ ...small, ...choice, act, sb: 0.2 })]
  })
}

const small = { depth: 4, width: 13, batch: 6, seed: 11, alpha: 0.6 }
/** Without what float32 cannot tell of rows that have collapsed onto each other. */
const settledIds = statisticIds.filter((id) => id !== 'isometry_gap' && id !== 'sign_diversity')

export const engineChecks: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(combinations()),
  ...Object.fromEntries(
    inputIds
      .filter((data) => !inputs[data].needsDigits)
      .map((data) => [`inputs: ${data}`, agrees({ ...small, data, distinct: 2 }, settledIds)]),
  ),
  'a signal of 10^500, and its gradient': agrees(
    { ...small, depth: 25, act: 'relu', sw: 1e20 },
    settledIds,
  ),
  'a signal that vanishes at 1e-30 a layer': agrees({ ...small, depth: 20, sw: 1e-30 }, settledIds),
  'a signal that is exactly zero': agrees({ ...small, sw: 0 }),
  'a gain of nothing': agrees({ ...small, gain: 0 }),
  'gains that fall from layer to layer': agrees({ ...small, gain: 3, gain_decay: 2 }),
  'branches of very different size': agrees({
    ...small,
    mix: 'orthogonal',
    tie: 'free',
    alpha: 1e-20,
    beta: 10,
  }),
  'a Gaussian-Poincare normalized softplus': agrees({ ...small, act: 'softplus', gpn: 1 }),
  'looks-linear weights that cancel exactly': agrees(
    { ...small, width: 14, init: 'looks_linear', act: 'abs' },
    settledIds,
  ),
  'two samples in a batch norm': agrees({ ...small, batch: 2, norm: 'batch' }),
  'two units in a layer norm': agrees({ ...small, width: 2, norm: 'layer' }),
  'more samples than units': agrees({ ...small, batch: 20, norm: 'batch' }),
  'a wide layer': agrees({ ...small, depth: 2, width: 270, norm: 'layer', mix: 'orthogonal' }),
  'a batch too large for one workgroup': agrees({
    ...small,
    depth: 2,
    width: 70,
    batch: 40,
    norm: 'batch',
  }),
  'weights shared by all layers': agrees({ ...small, tied: 1, mix: 'orthogonal', branch: 2 }),
}
