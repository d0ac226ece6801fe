import { framesZip } from '../../export/framesZip.ts'
import type { ChartOnPage } from './chartFiles.ts'
import { download } from './download.ts'
import { filmFormat, recordFilm } from './film.ts'
import { framesOf, type Wanted } from './frames.ts'
import { fileNameOf } from './origin.ts'

/** Saves a chart at every layer (up to a hundred of them) as numbered pictures. */
export async function saveFrames(chart: ChartOnPage, wanted: Wanted): Promise<string> {
  const frames = await framesOf(chart, wanted)
  const bytes = await Promise.all(
    frames.map(async (frame) => new Uint8Array(await frame.arrayBuffer())),
  )
  const name = fileNameOf(chart.page, `${chart.id}-layers`, 'zip')
  download(new Blob([framesZip(bytes)], { type: 'application/zip' }), name)
  return ''
}

/** Saves the same as a film. */
export async function saveFilm(chart: ChartOnPage, wanted: Wanted): Promise<string> {
  const format = filmFormat()
  if (!format) throw new Error('This browser records no films.')
  const frames = await framesOf(chart, wanted)
  const film = await recordFilm(frames, format.type, wanted)
  download(film, fileNameOf(chart.page, `${chart.id}-layers`, format.extension))
  return ''
}
