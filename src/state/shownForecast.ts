import type { PageState, ShownForecast } from './store.ts'

/** The forecast that fits the run on show: that of the run before while a slider moves. */
export function forecastOf({
  forecast,
  shown,
  gesture,
}: Pick<PageState, 'forecast' | 'shown' | 'gesture'>): ShownForecast | null {
  if (!forecast || !shown) return null
  if (forecast.runId === shown.runId) return forecast
  return gesture.isOpen && forecast.depth === shown.start.depth ? forecast : null
}
