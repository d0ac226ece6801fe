import { type Scaled, sumOfSquares } from '../../base/scaled.ts'
import { normalizations, type NormalizationId } from '../../model/normalizations.ts'

/**
 * A group whose norm is under this times its norm before a projection counts as zero: what enters, after
 * centring (contract 5), and what goes back, after the directions that the normalization cannot see are gone.
 */
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

/** d - mean d - z mean(d z), the mean of d only where `centred`; exact zeros where nothing but rounding is left. */
function unseenRemoved(d: Float64Array, z: Float64Array, centred: boolean): Float64Array {
  const size = d.length
  const mean = centred ? d.reduce((sum, v) => sum + v, 0) / size : 0
  const along = d.reduce((sum, v, i) => sum + v * z[i]!, 0) / size
  const left = d.map((v, i) => v - mean - along * z[i]!)
  const [before, after] = [sumOfSquares(d), sumOfSquares(left)]
  return after <= COLLAPSED * COLLAPSED * before ? left.fill(0) : left
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
    const at = Int32Array.from({ length: size }, (_, i) => start(g) + i * stride)
    const entries = Float64Array.from(at, (k) => dz.values[k]!)
    const z = Float64Array.from(at, (k) => tape.z.values[k]!)
    const left = unseenRemoved(entries, z, centred)
    at.forEach((k, i) => (out[k] = left[i]! * tape.inverse[g]!))
  }
  return { values: out, exponent }
}
