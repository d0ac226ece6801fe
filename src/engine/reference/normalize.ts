import { type Scaled } from '../../base/scaled.ts'
import { normalizations, type NormalizationId } from '../../model/normalizations.ts'

/** A centred group whose norm is under this times its norm before centring counts as zero (contract 5). */
const COLLAPSED = 1e-13

/** What normalization did, enough to undo it backward. */
export interface Normalized {
  readonly z: Scaled
  /** Per group: mean of H and 1 / sigma (0 for a group that counts as zero), in units of H's exponent. */
  readonly mean: Float64Array
  readonly inverse: Float64Array
  /** Exponent of H: sigma = 2^exponent / inverse. */
  readonly exponent: number
}

/** The entries that share a statistic: `count` groups of `size` entries, start and stride of each. */
interface Groups {
  readonly count: number
  readonly size: number
  readonly start: (group: number) => number
  readonly stride: number
}

export function groupsOf(axis: 'batch' | 'feature', m: number, n: number): Groups {
  return axis === 'batch'
    ? { count: n, size: m, start: (group) => group, stride: n }
    : { count: m, size: n, start: (group) => group * n, stride: 1 }
}

/**
 * Z = norm(H), H of shape [m, n]: each group (a column for batch, a row for layer and rms) is centred
 * where the normalization says so and divided by its standard deviation or rms; epsilon = 0.
 */
export function normalize(h: Scaled, n: number, id: NormalizationId): Normalized {
  const { axis, centred } = normalizations[id]
  if (axis === 'none')
    return { z: h, mean: new Float64Array(0), inverse: new Float64Array(0), exponent: 0 }
  const { count, size, start, stride } = groupsOf(axis, h.values.length / n, n)
  const [mean, inverse] = [new Float64Array(count), new Float64Array(count)]
  const z = new Float64Array(h.values.length)
  for (let g = 0; g < count; g++) {
    const entries = Float64Array.from({ length: size }, (_, i) => h.values[start(g) + i * stride]!)
    mean[g] = centred ? entries.reduce((sum, v) => sum + v, 0) / size : 0
    inverse[g] = inverseDeviation(entries, mean[g]!)
    for (let i = 0; i < size; i++) z[start(g) + i * stride] = (entries[i]! - mean[g]!) * inverse[g]!
  }
  return { z: { values: z, exponent: 0 }, mean, inverse, exponent: h.exponent }
}

/** 1 / sqrt(mean (v - mean)^2), or 0 where the group collapsed onto its mean. */
function inverseDeviation(entries: Float64Array, mean: number): number {
  let [before, after] = [0, 0]
  for (const v of entries) {
    before += v * v
    after += (v - mean) * (v - mean)
  }
  return after <= COLLAPSED * COLLAPSED * before ? 0 : Math.sqrt(entries.length / after)
}

/**
 * d loss / d H from d loss / d Z: (dZ - mean dZ - Z mean(dZ Z)) / sigma in each group, the mean of dZ
 * only where the normalization centres. Cross-entry terms are exact. A centred group of two has
 * Z = +-1 whatever H is, so its gradient is exactly zero and is set so.
 */
export function normalizeBackward(
  dz: Scaled,
  tape: Normalized,
  n: number,
  id: NormalizationId,
): Scaled {
  const { axis, centred } = normalizations[id]
  if (axis === 'none') return dz
  const { count, size, start, stride } = groupsOf(axis, dz.values.length / n, n)
  const out = new Float64Array(dz.values.length)
  const exponent = dz.exponent - tape.exponent
  if (centred && size === 2) return { values: out, exponent }
  for (let g = 0; g < count; g++) {
    let [sum, dot] = [0, 0]
    for (let i = 0, k = start(g); i < size; i++, k += stride) {
      sum += dz.values[k]!
      dot += dz.values[k]! * tape.z.values[k]!
    }
    const shift = centred ? sum / size : 0
    for (let i = 0, k = start(g); i < size; i++, k += stride)
      out[k] = (dz.values[k]! - shift - (tape.z.values[k]! * dot) / size) * tape.inverse[g]!
  }
  return { values: out, exponent }
}
