import type { Network } from '../model/network.ts'
import type { NetworkConfig } from '../model/config.ts'

type FloatArray = Float32Array | Float64Array

/** Matrices that somebody brings along, which take the place of drawn ones. */
export interface GivenWeights {
  /** Other matrices, another number: what an engine keeps of some is not taken for others. */
  readonly id: number
  /** [layers, n, n], (out, in); one layer is enough where all share their weights */
  readonly w: FloatArray
  /** [layers, n]; zeros where there are none */
  readonly b?: FloatArray | undefined
  /** [blocks, n, n]; filters are drawn where there are none, or not enough for every block */
  readonly s?: FloatArray | undefined
}

/** What a run takes from files instead of drawing it. */
export interface Given {
  readonly weights?: GivenWeights | undefined
  /** X_0, [batch, n] */
  readonly x0?: FloatArray | undefined
}

/** The settings that a run with given weights goes by: their scale is in the matrices, and no law is theirs. */
export function configOfGiven(config: NetworkConfig, { weights }: Given): NetworkConfig {
  return weights ? { ...config, init: 'gaussian', sw: 1, sb: weights.b ? 1 : 0 } : config
}

/** How many matrices W, and how many filters S, a network goes through; one of each where they are shared. */
export function countMatrices({ config, depth }: Network): {
  readonly layers: number
  readonly blocks: number
} {
  return config.tied === 1
    ? { layers: 1, blocks: 1 }
    : { layers: depth, blocks: depth / config.branch }
}

/** Throws where given arrays do not have the sizes of the network. */
export function checkGiven(network: Network, { weights, x0 }: Given): void {
  const { width: n, batch: m } = network
  const { layers } = countMatrices(network)
  if (weights && weights.w.length < layers * n * n)
    throw new Error(
      `checkGiven: there must be ${layers} matrices, got ${weights.w.length / (n * n)}`,
    )
  if (weights?.b && weights.b.length < layers * n)
    throw new Error(`checkGiven: there must be ${layers} biases, got ${weights.b.length / n}`)
  if (x0 && x0.length !== m * n)
    throw new Error(`checkGiven: X_0 must have ${m * n} entries, got ${x0.length}`)
}

/** W and b of a layer, as they are counted by drawing; views. */
export function givenLayer({ w, b }: GivenWeights, n: number, weightLayer: number) {
  const at = weightLayer - 1
  return {
    w: w.subarray(at * n * n, (at + 1) * n * n),
    b: b?.subarray(at * n, (at + 1) * n),
  }
}

/** S of a block; undefined where it is drawn. */
export function givenFilter(
  weights: GivenWeights | undefined,
  network: Network,
  block: number,
): FloatArray | undefined {
  const size = network.width ** 2
  const { blocks } = countMatrices(network)
  if (!weights?.s || weights.s.length < blocks * size) return undefined
  return weights.s.subarray((block - 1) * size, block * size)
}

/** Entries of this size, and their products, have room in float32. */
const PLAIN_LOG2 = 20

/** Is the largest entry of an array zero, or of a size for which float32 needs no scale beside it? */
function isPlain(array: FloatArray): boolean {
  let largest = 0
  for (const value of array) largest = Math.max(largest, Math.abs(value))
  return largest === 0 || Math.abs(Math.log2(largest)) <= PLAIN_LOG2
}

/** Can an engine that computes in float32 take these arrays, every matrix by itself? `n`: the width. */
export function fitsFloat32({ weights, x0 }: Given, n: number): boolean {
  const rest = [x0, weights?.b, weights?.s]
  if (!rest.every((array) => !array || isPlain(array))) return false
  if (!weights) return true
  const { w } = weights
  for (let at = 0; at < w.length; at += n * n)
    if (!isPlain(w.subarray(at, at + n * n))) return false
  return true
}
