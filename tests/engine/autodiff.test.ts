import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { networkArrays } from '../../src/engine/networkArrays.ts'
import { referenceBackend } from '../../src/engine/reference/runner.ts'
import { defaultConfig, type NetworkConfig } from '../../src/model/config.ts'
import { type Network, resolveNetwork } from '../../src/model/network.ts'
import { AUTODIFF } from '../tolerances.ts'
import { run } from './run.ts'

/** Another program's derivatives: the network written with tensor operations, differentiated by TensorFlow.js. */

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const phis: Readonly<Partial<Record<NetworkConfig['act'], (z: tf.Tensor2D) => tf.Tensor2D>>> = {
  tanh: (z) => tf.tanh(z),
  relu: (z) => tf.relu(z),
  sigmoid: (z) => tf.sigmoid(z),
  softplus: (z) => tf.softplus(z),
}

function normalize(h: tf.Tensor2D, norm: NetworkConfig['norm']): tf.Tensor2D {
  if (norm === 'none') return h
  const axis = norm.startsWith('batch') ? 0 : 1
  const centred = norm === 'batch' || norm === 'layer' ? tf.sub(h, tf.mean(h, axis, true)) : h
  return tf.div(centred, tf.sqrt(tf.mean(tf.square(centred), axis, true)))
}

interface Weights {
  readonly w: readonly tf.Tensor2D[]
  readonly b: readonly tf.Tensor1D[]
  readonly s: readonly tf.Tensor2D[]
}

function forward(x0: tf.Tensor2D, { w, b, s }: Weights, network: Network): tf.Tensor2D {
  const { config, alpha, beta, depth } = network
  const phi = (z: tf.Tensor2D) => phis[config.act]!(z)
  let [x, start] = [x0, x0]
  for (let l = 1; l <= depth; l++) {
    const linear = (v: tf.Tensor2D): tf.Tensor2D =>
      tf.add(tf.matMul(v, w[l - 1]!, false, true), b[l - 1]!)
    const y =
      config.order === 'linear_norm_act'
        ? phi(normalize(linear(x), config.norm))
        : linear(phi(normalize(x, config.norm)))
    x = y
    if (config.mix === 'none' || l % config.branch !== 0) continue
    const block = l / config.branch - 1
    const kept = config.mix === 'skip' ? start : tf.matMul(start, s[block]!, false, true)
    x = tf.add(tf.mul(kept, alpha), tf.mul(y, beta))
    start = x
  }
  return x
}

const log10 = (square: tf.Tensor, count: number) =>
  0.5 * Math.log10(tf.sum(square).dataSync()[0]! / count)

const cases: readonly Partial<NetworkConfig>[] = [
  { act: 'tanh', norm: 'batch', order: 'norm_act_linear', mix: 'orthogonal', branch: 2 },
  { act: 'relu', norm: 'batch', sb: 0.3 },
  { act: 'softplus', norm: 'layer', mix: 'skip', tie: 'energy', alpha: 0.7 },
  { act: 'sigmoid', norm: 'rms', order: 'norm_act_linear', sb: 0.2 },
  { act: 'tanh', norm: 'batch_uncentered', mix: 'skip', tie: 'sum', branch: 3, sb: 0.1 },
]

describe('gradients agree with automatic differentiation', () => {
  it.each(cases)('%o', async (overrides) => {
    const config = { ...defaultConfig, width: 10, batch: 6, depth: 6, ...overrides }
    const network = resolveNetwork(config)
    const { rows } = await run(config)
    const arrays = await networkArrays(referenceBackend, {
      network,
      seed: config.seed,
      weightBytes: 1e6,
    })
    const stack = (array: { data: Float32Array | Float64Array }, size: number) =>
      Array.from({ length: array.data.length / size }, (_, i) =>
        array.data.slice(i * size, (i + 1) * size),
      )
    const matrices = (array: typeof arrays.w) =>
      stack(array, 100).map((data) => tf.tensor2d(Float32Array.from(data), [10, 10]))
    const weights: Weights = {
      w: matrices(arrays.w),
      b: stack(arrays.b, 10).map((data) => tf.tensor1d(Float32Array.from(data))),
      s: arrays.s ? matrices(arrays.s) : [],
    }
    const x0 = tf.tensor2d(Float32Array.from(arrays.x0.data), [6, 10])
    const cotangent = tf.tensor2d(Float32Array.from(arrays.cotangent.data), [6, 10])
    const gradients = tf.grads((x: tf.Tensor, ...w: tf.Tensor[]) => {
      const out = forward(x as tf.Tensor2D, { ...weights, w: w as tf.Tensor2D[] }, network)
      return tf.sum(tf.mul(out, cotangent))
    })([x0, ...weights.w])
    const [dx0, ...dw] = gradients
    expect(Math.abs(log10(tf.square(dx0!), 60) - rows.log10_gradient_rms[0]!)).toBeLessThan(
      AUTODIFF,
    )
    dw.forEach((g, i) => {
      const found = rows.log10_weight_gradient_norm[i + 1]!
      expect(Math.abs(log10(tf.square(g), 1) - found)).toBeLessThan(AUTODIFF)
    })
  })
})
