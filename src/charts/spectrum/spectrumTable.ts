import type { SpectrumForecast } from '../../engine/protocol.ts'
import { predictedSpectra, type SpectrumSummary, summarizeSpectrum } from '../parts/spectra.ts'
import type { TableData } from '../parts/Table.tsx'
import { type AtLayer, ofLayer } from './atLayer.ts'

type NumberOf<T> = (of: T) => number

/** What spectra come to layer by layer, and what theory says that they do. */
export function spectrumTable(
  summaries: readonly SpectrumSummary[],
  forecasts: readonly SpectrumForecast[],
): TableData {
  const column = (label: string, of: NumberOf<SpectrumSummary>) => ({
    label,
    values: summaries.map(of),
  })
  const predicted = predictedSpectra(forecasts).map(summarizeSpectrum)
  const theory = <T extends AtLayer>(label: string, known: readonly T[], of: NumberOf<T>) => {
    const values = summaries.map(({ layer }) => {
      const found = ofLayer(known, layer)
      return found ? of(found) : NaN
    })
    return values.every(Number.isNaN) ? [] : [{ label: `${label}, theory`, values }]
  }
  return {
    layers: summaries.map(({ layer }) => layer),
    columns: [
      column('log10 largest', ({ largest }) => largest),
      ...theory('log10 largest', predicted, ({ largest }) => largest),
      column('log10 median', ({ median }) => median),
      ...theory('log10 median', predicted, ({ median }) => median),
      column('log10 smallest above zero', ({ smallest }) => smallest),
      ...theory('log10 smallest above zero', predicted, ({ smallest }) => smallest),
      column('exact zeros', ({ zeros }) => zeros),
      column('log10 mean square', ({ log10Mean }) => log10Mean),
      ...theory('log10 mean square', forecasts, ({ moments }) => moments?.log10Mean ?? NaN),
      column('relative variance of squares', ({ spread }) => spread),
      ...theory('relative variance of squares', forecasts, ({ moments }) => moments?.spread ?? NaN),
    ],
  }
}
