import type { DigitImages, Spectrum, Summary } from '../engine/protocol.ts'
import { summarize } from '../engine/summary.ts'
import type { Network } from '../model/network.ts'
import { affordsSpectra } from './closeUps.ts'
import { networkOfRun } from './facts.ts'
import { MAX_WEIGHTS_WIDTH } from './layerWeights.ts'
import { type Run, shownSpectra } from './run.ts'

const TOO_COSTLY =
  'Following every direction through a network of this depth and width takes minutes; lower one of them to see the singular values.'

const TOO_WIDE = `Singular values of a matrix this wide take seconds; lower the width to ${MAX_WEIGHTS_WIDTH} or less to see them.`

/** A run in the form that charts take. */
export interface MeasuredRun extends Pick<Run, 'rows' | 'bands' | 'pictures'> {
  readonly network: Network
  readonly depth: number
  readonly spectra: readonly Spectrum[]
  readonly hasOldSpectra: boolean
  readonly noSpectra: string | undefined
  readonly noWeights: string | undefined
  readonly summary: Summary | null
  readonly images: DigitImages | undefined
}

export function measuredOf(run: Run): MeasuredRun {
  const { rows, bands, pictures, start, config } = run
  const network = networkOfRun(run)
  return {
    network,
    depth: start.depth,
    rows,
    bands,
    pictures,
    spectra: shownSpectra(run),
    hasOldSpectra: run.spectra.length === 0,
    noSpectra: affordsSpectra(config) ? undefined : TOO_COSTLY,
    noWeights: config.width > MAX_WEIGHTS_WIDTH ? TOO_WIDE : undefined,
    images: start.images,
    summary: run.isComplete ? (run.summary ?? summarize(rows, network)) : null,
  }
}
