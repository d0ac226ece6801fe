import { formatCount, formatLog10, formatNumber } from '../../base/formatLog10.ts'
import type { SpectrumForecast } from '../../engine/protocol.ts'
import { type SpectrumSummary, summarizeSpectrum } from './spectra.ts'

/** From the largest to the smallest; one number where they read the same. */
function range(low: number, high: number): string {
  const [least, most] = [formatLog10(low, 2), formatLog10(high, 2)]
  return least === most ? `all ${most}` : `${most} to ${least}`
}

function conditionOf({ largest, smallest, zeros }: SpectrumSummary): string {
  if (zeros > 0) return '∞'
  return formatLog10(largest - smallest, 2)
}

export const layerName = (layer: number): string => `layer ${formatCount(layer)}`

/** A measured spectrum in words; none while there is none. `name`: whose it is, where that is not its layer. */
export function spectrumWords(summary: SpectrumSummary | undefined, name?: string): string {
  if (!summary) return ''
  const { layer, largest, smallest, zeros, count } = summary
  const whose = name ?? layerName(layer)
  if (zeros === count) return `${whose}: every singular value is exactly zero`
  const zeroWords = zeros === 0 ? '' : ` (${zeros} of ${count} exactly zero)`
  return `${whose}: ${range(smallest, largest)}, condition number ${conditionOf(summary)}${zeroWords}`
}

const momentWords = (log10Mean: number, spread: number) =>
  `mean square ${formatLog10(log10Mean, 2)}, relative variance ${formatNumber(spread, 2)}`

/** The mean and the variance of the squares in words, for comparison with a prediction of them. */
function measuredMoments({ log10Mean, spread }: SpectrumSummary): string {
  return `measured ${momentWords(log10Mean, spread)}`
}

/** What theory says of the same layer, and next to it what was measured of what it says. */
export function forecastWords(
  forecast: SpectrumForecast | undefined,
  measured: SpectrumSummary,
): string {
  if (!forecast) return 'theory: no prediction'
  const { layer, log10SingularValues, bounds, moments, law } = forecast
  const predicted = log10SingularValues && summarizeSpectrum({ layer, log10SingularValues })
  const parts = [
    predicted && `${range(predicted.smallest, predicted.largest)} (${law})`,
    !predicted &&
      moments &&
      `${momentWords(moments.log10Mean, moments.spread)}; ${measuredMoments(measured)}`,
    bounds && boundWords(bounds),
  ]
  return `theory: ${parts.filter((part) => typeof part === 'string').join('; ')}`
}

function boundWords({ low, high }: { readonly low: number; readonly high: number }): string {
  if (low === -Infinity) return `never above ${formatLog10(high, 2)}`
  return `never outside ${range(low, high)}`
}
