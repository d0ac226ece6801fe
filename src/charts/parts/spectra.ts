import type { Spectrum, SpectrumForecast } from '../../engine/protocol.ts'

/** What a spectrum comes to; log10, NaN where every singular value is zero. */
export interface SpectrumSummary {
  readonly layer: number
  readonly largest: number
  readonly median: number
  /** The smallest that is not exactly zero. */
  readonly smallest: number
  readonly zeros: number
  readonly count: number
  /** log10 of the mean squared singular value, and the variance of the squares in units of its square. */
  readonly log10Mean: number
  readonly spread: number
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
    ...squares(log10SingularValues, at(0)),
  }
}

/** Mean and spread of the squares, on the scale of the largest: they may be beyond floats. */
function squares(log10: Float64Array, largest: number) {
  const units = log10.map((value) => 100 ** (value - largest))
  const mean = units.reduce((sum, value) => sum + value, 0) / units.length
  const square = units.reduce((sum, value) => sum + value * value, 0) / units.length
  return { log10Mean: 2 * largest + Math.log10(mean), spread: square / mean ** 2 - 1 }
}

/** The forecasts that name every singular value, as spectra. */
export function predictedSpectra(forecasts: readonly SpectrumForecast[]): readonly Spectrum[] {
  return forecasts.flatMap(({ layer, log10SingularValues }) =>
    log10SingularValues ? [{ layer, log10SingularValues }] : [],
  )
}

/** Bins over [low, high]; values outside fall into the outermost. */
export interface Bins {
  readonly domain: readonly [number, number]
  readonly count: number
}

const placeIn = ({ domain: [low, high], count }: Bins, value: number) =>
  ((value - low) / (high - low)) * count

const binOf = (bins: Bins, value: number) =>
  Math.max(0, Math.min(bins.count - 1, Math.floor(placeIn(bins, value))))

/** Shares of the singular values in equal bins; exact zeros are in none. */
export function binShares({ log10SingularValues }: Spectrum, bins: Bins): Float64Array {
  const shares = new Float64Array(bins.count)
  for (const value of log10SingularValues) {
    if (Number.isFinite(value)) shares[binOf(bins, value)]! += 1 / log10SingularValues.length
  }
  return shares
}

/** The same of predicted values, each spread half-way to its neighbours: a density rather than a count. */
export function smoothShares({ log10SingularValues }: Spectrum, bins: Bins): Float64Array {
  const values = log10SingularValues.filter(Number.isFinite)
  const share = 1 / log10SingularValues.length
  const shares = new Float64Array(bins.count)
  const between = (i: number) => ((values[i - 1] ?? values[i]!) + (values[i] ?? values[i - 1]!)) / 2
  values.forEach((_, i) => {
    addEvenly(shares, bins, { low: between(i + 1), high: between(i), share })
  })
  return shares
}

interface Cell {
  readonly low: number
  readonly high: number
  readonly share: number
}

function addEvenly(shares: Float64Array, bins: Bins, { low, high, share }: Cell): void {
  const [first, last] = [binOf(bins, low), binOf(bins, high)]
  if (first === last) shares[first]! += share
  else {
    const [from, to] = [placeIn(bins, low), placeIn(bins, high)]
    for (let bin = first; bin <= last; bin++) {
      const inside = Math.min(to, bin + 1) - Math.max(from, bin)
      shares[bin]! += (share * Math.max(0, inside)) / (to - from)
    }
  }
}
