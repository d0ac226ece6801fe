import type { Spectrum } from '../../engine/protocol.ts'

/** What a spectrum comes to; log10, NaN where every singular value is zero. */
export interface SpectrumSummary {
  readonly layer: number
  readonly largest: number
  readonly median: number
  /** The smallest that is not exactly zero. */
  readonly smallest: number
  readonly zeros: number
  readonly count: number
}

export function summarizeSpectrum({ layer, log10SingularValues }: Spectrum): SpectrumSummary {
  const count = log10SingularValues.length
  const finite = log10SingularValues.filter((value) => value > -Infinity)
  const at = (share: number) => finite[Math.floor(share * (finite.length - 1))] ?? NaN
  return {
    layer,
    largest: at(0),
    median: at(0.5),
    smallest: at(1),
    zeros: count - finite.length,
    count,
  }
}

/** Shares of the singular values in equal bins over [low, high]; exact zeros are in none. */
export function binShares(
  { log10SingularValues }: Spectrum,
  [low, high]: readonly [number, number],
  bins: number,
): Float64Array {
  const shares = new Float64Array(bins)
  for (const value of log10SingularValues) {
    if (!Number.isFinite(value)) continue
    const bin = Math.floor(((value - low) / (high - low)) * bins)
    shares[Math.max(0, Math.min(bins - 1, bin))]! += 1 / log10SingularValues.length
  }
  return shares
}
