import { type Network } from '../model/network.ts'
import type { Backend, FloatArray, Opening } from './backend.ts'
import { countMatrices } from './given.ts'
import { emptyRows } from './statistics.ts'

/** The exact arrays of one network as an engine uses them (contract section 4). */
export interface NetworkArrays {
  readonly x0: ShapedArray
  readonly w: ShapedArray
  readonly b: ShapedArray
  readonly s?: ShapedArray
  readonly cotangent: ShapedArray
}

export interface ShapedArray {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}

function counts(network: Network) {
  const { layers, blocks } = countMatrices(network)
  return { layers, filters: network.config.mix === 'orthogonal' ? blocks : 0 }
}

/** Bytes of all arrays at the engine's precision. */
export function networkBytes(network: Network, bytesPerNumber: number): number {
  const { layers, filters } = counts(network)
  const { width: n, batch: m } = network
  return bytesPerNumber * (2 * m * n + layers * (n * n + n) + filters * n * n)
}

/** Arrays of the kind the engine hands out, filled one part at a time. */
function blank(like: FloatArray, length: number): FloatArray {
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length)
}

/** Collects X_0, every W, b and S, and the cotangent of a network. */
export async function networkArrays(
  backend: Backend,
  opening: Omit<Opening, 'rows'>,
): Promise<NetworkArrays> {
  const { network } = opening
  const { width: n, batch: m, config } = network
  const { layers, filters } = counts(network)
  const runner = await backend.open({ ...opening, rows: emptyRows(network.depth) })
  try {
    const x0 = (await runner.activations()).values.slice()
    const [w, b, s] = [layers * n * n, layers * n, filters * n * n].map((size) => blank(x0, size))
    for (let layer = 1; layer <= layers; layer++) {
      const drawn = await runner.weights(layer)
      w!.set(drawn.w, (layer - 1) * n * n)
      b!.set(drawn.b, (layer - 1) * n)
    }
    for (let block = 1; block <= filters; block++) {
      const drawn = await runner.weights(block * config.branch)
      s!.set(drawn.s!, (block - 1) * n * n)
    }
    const arrays = {
      x0: { shape: [m, n], data: x0 },
      w: { shape: [layers, n, n], data: w! },
      b: { shape: [layers, n], data: b! },
      cotangent: { shape: [m, n], data: runner.cotangent().slice() },
    }
    return filters === 0 ? arrays : { ...arrays, s: { shape: [filters, n, n], data: s! } }
  } finally {
    runner.dispose()
  }
}
