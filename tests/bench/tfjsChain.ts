import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import { fileURLToPath } from 'node:url'
import type { Chain } from './chain.ts'
import { drawLayers, goBackward, goForward, multiplyJacobians } from './tfjsLayers.ts'

/** The same chain written with TensorFlow.js operations, one by one. */
export async function tfjsChain(
  backend: 'cpu' | 'wasm',
  chain: Chain,
): Promise<() => Promise<void>> {
  const here = import.meta.resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(fileURLToPath(new URL('.', here)))
  await tf.setBackend(backend)
  const layers = drawLayers(chain)
  return async () => {
    const last = tf.tidy(() => {
      const xs = goForward(layers)
      return tf.add(multiplyJacobians(layers, xs), goBackward(layers, xs))
    })
    await last.data()
    last.dispose()
  }
}
