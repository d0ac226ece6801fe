import { useMemo } from 'react'
import type { Spectrum, SpectrumForecast } from '../../engine/protocol.ts'
import { predictedSpectra, type SpectrumSummary, summarizeSpectrum } from '../parts/spectra.ts'

/** log10 of what no singular value of a layer is above, and none below. */
export interface Bound {
  readonly layer: number
  readonly low: number
  readonly high: number
}

/** What of a prediction is drawn. */
export interface DrawnTheory {
  readonly spectra: readonly Spectrum[]
  readonly summaries: readonly SpectrumSummary[]
  readonly bounds: readonly Bound[]
}

/** Bounds further apart than this would make a line of the spectrum: they are said in words only. */
const MAX_BOUND_DECADES = 3

/** Bounds that leave the spectrum large enough to be seen. */
function drawnBounds(forecasts: readonly SpectrumForecast[]): readonly Bound[] {
  const known = forecasts.flatMap(({ layer, bounds }) => (bounds ? [{ layer, ...bounds }] : []))
  return known.filter(({ low, high }) => high - low <= MAX_BOUND_DECADES)
}

export function useDrawnTheory(forecasts: readonly SpectrumForecast[]): DrawnTheory {
  return useMemo(() => {
    const spectra = predictedSpectra(forecasts)
    return { spectra, summaries: spectra.map(summarizeSpectrum), bounds: drawnBounds(forecasts) }
  }, [forecasts])
}
