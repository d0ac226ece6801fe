import * as tf from '@tensorflow/tfjs-core'
import type { Chain } from './chain.ts'

/** Plain tanh layers for TensorFlow.js, on the backend that is set. */
export interface TfjsLayers {
  readonly weights: readonly tf.Tensor2D[]
  readonly x0: tf.Tensor2D
}

export function drawLayers({ width: n, batch: m, depth }: Chain): TfjsLayers {
  const normal = (rows: number, scale: number) =>
    tf.tidy(() => tf.mul<tf.Tensor2D>(tf.randomNormal([rows, n]), scale))
  const weights = Array.from({ length: depth }, () => normal(n, 1 / Math.sqrt(n)))
  return { weights, x0: normal(m, 1) }
}

/** X of every layer, operation by operation. */
export function goForward({ weights, x0 }: TfjsLayers): readonly tf.Tensor2D[] {
  const xs = [x0]
  for (const w of weights) xs.push(tf.tanh(tf.matMul(xs.at(-1)!, w, false, true)))
  return xs
}

/** The gradient of layer 0 and one sum over the weight gradients, so that none is left out. */
export function goBackward({ weights, x0 }: TfjsLayers, xs: readonly tf.Tensor2D[]): tf.Tensor {
  let g: tf.Tensor2D = tf.onesLike(x0)
  let total: tf.Tensor = tf.scalar(0)
  for (let l = weights.length - 1; l >= 0; l--) {
    const d = tf.mul<tf.Tensor2D>(g, tf.sub(1, tf.square(xs[l + 1]!)))
    total = tf.add(total, tf.sum(tf.matMul(d, xs[l]!, true, false)))
    g = tf.matMul(d, weights[l]!)
  }
  return tf.add(tf.sum(g), total)
}

/** J = D W J for sample 0, summed. */
export function multiplyJacobians({ weights }: TfjsLayers, xs: readonly tf.Tensor2D[]): tf.Tensor {
  let j: tf.Tensor2D = weights[0]!
  weights.forEach((w, i) => {
    const slopes = tf.sub<tf.Tensor2D>(1, tf.square(xs[i + 1]!))
    j = tf.mul(tf.reshape(tf.slice(slopes, [0, 0], [1, -1]), [-1, 1]), tf.matMul(w, j))
  })
  return tf.sum(j)
}
