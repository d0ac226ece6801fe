import { roundedDepth } from '../model/network.ts'
import { filesInUse } from './files.ts'
import type { ForecastSubject, PageState, ShownForecast } from './store.ts'

/** The present settings, as what is predicted. */
export function subjectOf({ link, files }: Pick<PageState, 'link' | 'files'>): ForecastSubject {
  return { config: link.network, files: filesInUse(files, link.network) }
}

/** Is the one about the same as the other? Settings that have not changed are the same record. */
export function isForecastOf(one: ForecastSubject, other: ForecastSubject): boolean {
  const [a, b] = [one.files, other.files]
  return one.config === other.config && a.weights === b.weights && a.inputs === b.inputs
}

type Source = Pick<PageState, 'forecast' | 'shown' | 'gesture' | 'link'>

/** Is there a forecast of the very run on show? */
export const isForetold = ({ forecast, shown }: Pick<Source, 'forecast' | 'shown'>): boolean =>
  forecast !== null && shown !== null && isForecastOf(forecast, shown)

/** Has theory told all of the run on show that it is asked for? Under the hand spectra are not. */
export const isTold = (state: Source): boolean =>
  isForetold(state) && (state.gesture.isOpen || state.forecast?.isWhole === true)

/** What is drawn beside the run on show: its forecast; while one of the two lags behind, the newest that fits. */
export function forecastOf(state: Source): ShownForecast | null {
  const { forecast, shown, gesture, link } = state
  if (!forecast || !shown || isForetold(state)) return shown && forecast
  const isMoving = gesture.isOpen || !shown.isComplete || shown.config !== link.network
  return isMoving && roundedDepth(forecast.config) === shown.start.depth ? forecast : null
}
