import { describe, expect, it } from 'vitest'
import { combine, type Scaled } from '../../../src/base/scaled.ts'
import { drawBias, drawFilter, drawWeight, planLayer } from '../../../src/engine/draw.ts'
import {
  branchBackward,
  branchForward,
  filterBackward,
  mixForward,
  type Weights,
} from '../../../src/engine/reference/layer.ts'
import { activationIds } from '../../../src/model/activations.ts'
import { defaultConfig, type NetworkConfig, orderIds } from '../../../src/model/config.ts'
import { inputs } from '../../../src/model/inputs.ts'
import { mixingIds } from '../../../src/model/mixings.ts'
import { type Network, resolveNetwork } from '../../../src/model/network.ts'
import { normalizationIds } from '../../../src/model/normalizations.ts'
import { CENTRAL_DIFFERENCES } from '../../tolerances.ts'

/** Small enough that every derivative is checked, batch and width large enough that no norm is trivial. */
const small: Partial<NetworkConfig> = { width: 5, batch: 4, depth: 4, sw: 1.3, sb: 0.4, seed: 7 }

const plain = ({ values, exponent }: Scaled) => values.map((v) => v * 2 ** exponent)

function drawAll(network: Network): readonly Weights[] {
  return Array.from({ length: network.depth }, (_, i) => {
    const plan = planLayer(network, i + 1)
    const [w, b] = [drawWeight(network, 7, i + 1), drawBias(network, 7, i + 1)]
    if (plan.filter === 'identity') return { w, b, s: 'identity' }
    return {
      w,
      b,
      s: plan.filterLayer === undefined ? undefined : drawFilter(network, 7, plan.filterLayer),
    }
  })
}

function forward(network: Network, weights: readonly Weights[], x0: Float64Array) {
  let x: Scaled = { values: x0, exponent: 0 }
  let start = x
  const tapes = weights.map((own, i) => {
    const tape = branchForward(x, own, network, i + 1)
    x = mixForward(start, tape.y, own.s, network)
    if ((i + 1) % network.config.branch === 0) start = x
    return tape
  })
  return { x, tapes }
}

function backward(
  network: Network,
  weights: readonly Weights[],
  x0: Float64Array,
  cotangent: Float64Array,
) {
  const { tapes } = forward(network, weights, x0)
  const { branch } = network.config
  let gradient: Scaled = { values: cotangent, exponent: 0 }
  let skipped: Scaled | undefined
  const dws: Float64Array[] = []
  for (let layer = network.depth; layer >= 1; layer--) {
    const own = weights[layer - 1]!
    if (own.s !== undefined) {
      skipped = filterBackward(gradient, own.s, network)
      gradient = { ...gradient, values: gradient.values.map((v) => v * network.beta) }
    }
    const { dx, dw } = branchBackward(gradient, tapes[layer - 1]!, own, { network, layer })
    dws[layer - 1] = plain(dw)
    gradient = (layer - 1) % branch === 0 && skipped ? combine(1, dx, 1, skipped) : dx
  }
  return { dx0: plain(gradient), dws }
}

/** Five-point central difference: its error falls with the fourth power of the step. */
function difference(loss: (shift: number) => number): number {
  const step = 2e-5
  const first = loss(step) - loss(-step)
  const second = loss(2 * step) - loss(-2 * step)
  return (8 * first - second) / (12 * step)
}

/** Largest |analytic - central difference| over the largest |analytic|. */
function worst(analytic: Float64Array, parameters: Float64Array, loss: () => number): number {
  let [error, size] = [0, 0]
  for (let i = 0; i < parameters.length; i++) {
    const kept = parameters[i]!
    const numeric = difference((shift) => {
      parameters[i] = kept + shift
      return loss()
    })
    parameters[i] = kept
    error = Math.max(error, Math.abs(analytic[i]! - numeric))
    size = Math.max(size, Math.abs(analytic[i]!))
  }
  return error / size
}

function check(overrides: Partial<NetworkConfig>): void {
  const config: NetworkConfig = { ...defaultConfig, ...small, ...overrides }
  const network = resolveNetwork(config)
  const weights = drawAll(network)
  const x0 = inputs.gaussian.draw(config)
  const cotangent = inputs.gaussian.draw({ ...config, seed: 99 })
  const loss = () => {
    const out = plain(forward(network, weights, x0).x)
    return out.reduce((sum, v, i) => sum + v * cotangent[i]!, 0)
  }
  const { dx0, dws } = backward(network, weights, x0, cotangent)
  expect(worst(dx0, x0, loss)).toBeLessThan(CENTRAL_DIFFERENCES)
  expect(worst(dws[0]!, weights[0]!.w, loss)).toBeLessThan(CENTRAL_DIFFERENCES)
  expect(worst(dws[2]!, weights[2]!.w, loss)).toBeLessThan(CENTRAL_DIFFERENCES)
}

describe('branchBackward agrees with central differences', () => {
  const shapes = normalizationIds.flatMap((norm) =>
    orderIds.flatMap((order) =>
      mixingIds.flatMap((mix) => [1, 2].map((branch) => ({ norm, order, mix, branch }))),
    ),
  )
  it.each(shapes)('norm=$norm order=$order mix=$mix branch=$branch', (shape) => {
    check({ ...shape, act: 'tanh', gain: 1.2, gain_decay: 0.3 })
  })
  it.each(activationIds)('act=%s', (act) => {
    check({ act, norm: 'batch' })
    check({ act, norm: 'none', gpn: 1 })
  })
})
