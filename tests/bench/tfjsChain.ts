import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { fileURLToPath } from 'node:url'
import type { Chain } from './chain.ts'

/** The same chain written with TensorFlow.js operations, one by one. */
export async function tfjsChain(
  backend: 'cpu' | 'wasm',
  chain: Chain,
): Promise<() => Promise<void>> {
  const here = import.meta.resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(fileURLToPath(new URL('.', here)))
  await tf.setBackend(backend)
  const { width: n, batch: m, depth } = chain
  const normal = (rows: number, scale: number) => tf.mul(tf.randomNormal([rows, n]), scale)
  const weights = Array.from({ length: depth }, () => normal(n, 1 / Math.sqrt(n)) as tf.Tensor2D)
  const x0 = normal(m, 1) as tf.Tensor2D
  return async () => {
    const last = tf.tidy(() => runChain(weights, x0))
    await last.data()
    last.dispose()
  }
}

function runChain(weights: readonly tf.Tensor2D[], x0: tf.Tensor2D): tf.Tensor {
  const xs = [x0]
  for (const w of weights) xs.push(tf.tanh(tf.matMul(xs.at(-1)!, w, false, true)))
  let g: tf.Tensor2D = tf.onesLike(x0)
  let j: tf.Tensor2D = weights[0]!
  let total: tf.Tensor = tf.scalar(0)
  weights.forEach((w, i) => {
    const slopes = tf.sub<tf.Tensor2D>(1, tf.square(xs[i + 1]!))
    j = tf.mul(tf.reshape(tf.slice(slopes, [0, 0], [1, -1]), [-1, 1]), tf.matMul(w, j))
  })
  for (let l = weights.length - 1; l >= 0; l--) {
    const d = tf.mul<tf.Tensor2D>(g, tf.sub(1, tf.square(xs[l + 1]!)))
    total = tf.add(total, tf.sum(tf.matMul(d, xs[l]!, true, false)))
    g = tf.matMul(d, weights[l]!)
  }
  return tf.add(tf.add(tf.sum(g), tf.sum(j)), total)
}
