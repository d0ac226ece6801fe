import type { SpectrumForecast, WeightSpectrum } from '../../engine/protocol.ts'
import type { Network } from '../../model/network.ts'
import type { ChartProps, Measured } from '../chart.ts'
import { RankPlot } from '../parts/RankPlot.tsx'
import { summarizeSpectrum } from '../parts/spectra.ts'
import { forecastWords, layerName, spectrumWords } from '../parts/spectrumWords.ts'
import type { TableData } from '../parts/Table.tsx'
import type { Face } from './face.ts'

const TITLE = 'Weight singular values'

const readingOf = (whose: string) =>
  `How much ${whose} stretch each direction by themselves: orthogonal ones all alike, independent ones some by 2 σw and others hardly.`

/** The curve of the table. */
const SERIES = { id: 'log10_singular_value', label: 'log10 singular value of W' }

/** Whose weights they are. */
function nameOf(layer: number, { config }: Network): string {
  return config.tied === 1 ? 'every layer' : layerName(layer)
}

/** Is there another matrix in a layer, that of its skip path? */
const isMixed = (measured: Measured | null) =>
  measured !== null && measured.network.config.mix !== 'none'

function messageOf({ message, measured, weights }: ChartProps): string | undefined {
  if (message !== undefined) return message
  if (measured?.noWeights !== undefined) return measured.noWeights
  if (!measured || !weights) return 'Computing…'
  return weights.spectrum ? undefined : 'These singular values could not be computed.'
}

function tableOf({ log10SingularValues, theory }: WeightSpectrum): TableData {
  const { label } = SERIES
  const measured = { series: SERIES, label, values: log10SingularValues }
  const predicted = theory && {
    series: SERIES,
    part: 'theory' as const,
    label: `${label}, theory`,
    values: theory.log10SingularValues,
  }
  return {
    rowName: 'rank',
    layers: Array.from(log10SingularValues, (_, i) => i + 1),
    columns: predicted ? [measured, predicted] : [measured],
  }
}

/** The law of W as a forecast of its layer. */
function forecastOf(layer: number, { theory }: WeightSpectrum): SpectrumForecast | undefined {
  return theory ? { layer, ...theory, bounds: null, moments: null } : undefined
}

/** The singular values of W of the layer at the cursor, by rank and as a histogram. */
export function weightsFace(props: ChartProps): Face {
  const { measured, weights, width, height } = props
  const hasBranch = isMixed(measured)
  const reading = readingOf(
    hasBranch ? 'the branch’s weights W at the cursor' : 'the weights W at the cursor',
  )
  const face = { title: TITLE, reading, message: messageOf(props), isOld: false, row: 1 }
  if (face.message !== undefined || !measured || !weights?.spectrum)
    return { ...face, words: '', theoryWords: undefined, table: undefined, drawing: null }
  const { layer, spectrum } = weights
  const { log10SingularValues } = spectrum
  const name = nameOf(layer, measured.network)
  const summary = summarizeSpectrum({ layer, log10SingularValues })
  const words = spectrumWords(summary, hasBranch ? `W of the branch, ${name}` : name)
  const forecast = forecastOf(layer, spectrum)
  const theory = spectrum.theory ? { layer, ...spectrum.theory } : undefined
  const label = `${TITLE} by rank. ${words}`
  return {
    ...face,
    words,
    theoryWords: forecastWords(forecast, summary),
    table: () => tableOf(spectrum),
    drawing: (
      <RankPlot
        {...{ name, theory, width, height, label }}
        spectrum={{ layer, log10SingularValues }}
        bounds={undefined}
      />
    ),
  }
}
