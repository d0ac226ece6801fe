import type { Spectrum } from '../engine/protocol.ts'
import { affordsSpectra } from './closeUps.ts'
import { type Run, shownSpectra } from './run.ts'

const TOO_COSTLY =
  'Following every direction through a network of this depth and width takes minutes; lower one of them to see the singular values.'

/** A run in the form that charts take. */
export interface MeasuredRun extends Pick<Run, 'rows' | 'bands' | 'pictures'> {
  readonly depth: number
  readonly spectra: readonly Spectrum[]
  readonly hasOldSpectra: boolean
  readonly noSpectra: string | undefined
}

export function measuredOf(run: Run): MeasuredRun {
  const { rows, bands, pictures, start, config } = run
  return {
    depth: start.depth,
    rows,
    bands,
    pictures,
    spectra: shownSpectra(run),
    hasOldSpectra: run.spectra.length === 0,
    noSpectra: affordsSpectra(config) ? undefined : TOO_COSTLY,
  }
}
