import { LOG10_2, log10Rms, type Scaled } from '../base/scaled.ts'
import { type SymmetricEigen, symmetricEigen } from '../math/eigen.ts'
import type { Network } from '../model/network.ts'
import type { FloatArray, LayerRunner } from './backend.ts'
import { type Histogram, HISTOGRAM_BINS, HISTOGRAM_RMS, type LayerPicture } from './protocol.ts'
import { activationSlopes } from './reference/activate.ts'

/** Rows of the batch that are seen close up: what a heat map can show, and what stays cheap. */
export const MAX_SAMPLES = 64
/** |phi'| under this share of the largest one counts as saturated. */
const SATURATED = 0.01

/** The current layer of a run seen close up. */
export async function takePicture(
  runner: LayerRunner,
  layer: number,
  network: Network,
): Promise<LayerPicture> {
  const samples = Math.min(network.batch, MAX_SAMPLES)
  const { values, exponent } = await runner.activations()
  const gram = gramOf(values.subarray(0, samples * network.width), network.width)
  const eigen = symmetricEigen(gram, samples)
  const base = {
    layer,
    samples,
    cosines: cosinesOf(gram, samples),
    ...project(eigen),
    log10SingularValues: log10Roots(eigen.values, exponent * LOG10_2),
  }
  if (layer === 0) return base
  return { ...base, histogram: histogramOf(await runner.preactivations(), network, layer) }
}

/** X X^T, [m, m], float64 sums. */
function gramOf(x: FloatArray, n: number): Float64Array {
  const m = x.length / n
  const gram = new Float64Array(m * m)
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += x[a * n + j]! * x[b * n + j]!
      gram[a * m + b] = gram[b * m + a] = sum
    }
  }
  return gram
}

function cosinesOf(gram: Float64Array, m: number): Float32Array {
  const norm = (a: number) => Math.sqrt(gram[a * m + a]!)
  return Float32Array.from(gram, (value, i) => {
    const [a, b] = [Math.floor(i / m), i % m]
    return a === b && norm(a) > 0 ? 1 : value / norm(a) / norm(b)
  })
}

/** Rounding of float32 entries leaves eigenvalues of this share of the largest. */
const ROUNDING = 1e-14

/** Singular values from eigenvalues (ascending) of the Gram matrix: log10, largest first. */
function log10Roots(values: Float64Array, log10Scale: number): Float64Array {
  const least = ROUNDING * values.at(-1)!
  return values
    .map((value) => (value > least ? log10Scale + Math.log10(value) / 2 : -Infinity))
    .reverse()
}

/** Principal components (not centred) from the Gram matrix: X V = U sqrt(lambda), in units of the rms of X. */
function project({ values, vectors }: SymmetricEigen) {
  const m = values.length
  const trace = values.reduce((sum, v) => sum + Math.max(v, 0), 0)
  const projection = new Float32Array(3 * m)
  const componentShares = new Float32Array(3)
  for (let k = 0; k < Math.min(3, m); k++) {
    const column = m - 1 - k
    const lambda = Math.max(values[column]!, 0)
    componentShares[k] = trace > 0 ? lambda / trace : 0
    const scale = trace > 0 ? Math.sqrt((lambda * m) / trace) : 0
    for (let a = 0; a < m; a++) projection[3 * a + k] = vectors[a * m + column]! * scale
  }
  return { projection, componentShares }
}

function histogramOf(z: Scaled<FloatArray>, network: Network, layer: number): Histogram {
  const { values, exponent } = z
  const log10Range = log10Rms(z) + Math.log10(HISTOGRAM_RMS)
  const range = 10 ** (log10Range - exponent * LOG10_2)
  const shares = new Float32Array(HISTOGRAM_BINS)
  for (const v of values) {
    const position =
      range > 0 ? Math.floor(((v / range + 1) / 2) * HISTOGRAM_BINS) : HISTOGRAM_BINS >> 1
    shares[Math.min(Math.max(position, 0), HISTOGRAM_BINS - 1)]! += 1 / values.length
  }
  const slopes = activationSlopes({ values: Float64Array.from(values), exponent }, network, layer)
  return { log10Range, shares, ...silent(slopes, network.width) }
}

/** Shares of entries that hardly pass a gradient and of units that pass none. */
function silent(slopes: Float64Array, n: number) {
  const largest = slopes.reduce((max, v) => Math.max(max, Math.abs(v)), 0)
  const saturated = slopes.filter((v) => Math.abs(v) < SATURATED * largest).length / slopes.length
  const alive = new Uint8Array(n)
  slopes.forEach((v, i) => {
    if (v !== 0) alive[i % n] = 1
  })
  return { saturated: largest === 0 ? 1 : saturated, dead: alive.filter((v) => v === 0).length / n }
}
