import type { Forecast, TheoryReply, TheoryRequest } from './protocol.ts'

export const NO_FORECAST: Forecast = { rows: {}, gradientGrowth: null, gscGrowth: null }

/** What is answered where theory broke: that nothing is known. */
export function noTheory(request: TheoryRequest): readonly TheoryReply[] {
  switch (request.kind) {
    case 'predict': {
      const { forecastId } = request
      const nothing = { forecast: NO_FORECAST, point: null, spectraFollow: false }
      return [{ kind: 'predicted', forecastId, ...nothing }]
    }
    case 'map': {
      const { mapId, sws, sbs } = request
      const lnGrowth = new Float32Array(sws.length).fill(NaN)
      return sbs.map((_, row) => ({ kind: 'map-row', mapId, row, lnGrowth }))
    }
    case 'card':
      return [{ kind: 'no-card', cardId: request.cardId }]
    case 'weights':
      return [{ kind: 'weights', weightsId: request.weightsId, spectrum: null }]
  }
}
