import { useMemo } from 'react'
import { formatCount } from '../../base/formatLog10.ts'
import type { Spectrum, SpectrumForecast } from '../../engine/protocol.ts'
import type { ChartProps, Measured } from '../chart.ts'
import { useLayerPointer } from '../parts/Cursor.tsx'
import { domainOf } from '../parts/domain.ts'
import { nearest } from '../parts/nearest.ts'
import { plotOf } from '../parts/plot.ts'
import { RankPlot } from '../parts/RankPlot.tsx'
import { summarizeSpectrum } from '../parts/spectra.ts'
import { HISTOGRAM_WIDTH } from '../parts/SpectrumHistogram.tsx'
import { forecastWords, layerName, spectrumWords } from '../parts/spectrumWords.ts'
import { ofLayer } from './atLayer.ts'
import type { Face } from './face.ts'
import { SpectrumMap } from './SpectrumMap.tsx'
import { spectrumTable } from './spectrumTable.ts'
import { type DrawnTheory, useDrawnTheory } from './spectrumTheory.ts'

/** Spectra that there are at many layers: how they are looked at, and of what. */
export type LayerLook = 'depth' | 'rank' | 'signal'

/** The axis never shows less than this many decades, so that a narrow spectrum looks narrow. */
const MIN_DECADES = 1

const SIGNAL_TITLE = 'Signal singular values'
const SIGNAL_READING =
  'How far the images of the inputs spread in each direction at a layer: when all but one die away, the inputs have become one direction.'

const NONE: Measured['spectra'] = []
const NO_FORECASTS: readonly SpectrumForecast[] = []

/** Singular values of the samples shown, where pictures carry them. */
function signalSpectra(measured: Measured | null): readonly Spectrum[] {
  return (measured?.pictures ?? []).flatMap(({ layer, log10SingularValues }) =>
    log10SingularValues ? [{ layer, log10SingularValues }] : [],
  )
}

/** The spectra of a look, and what theory says of them; undefined where nobody asked. */
function useSource(look: LayerLook, { measured, spectrumTheory }: ChartProps) {
  const isSignal = look === 'signal'
  const isOld = !isSignal && measured?.hasOldSpectra === true
  const spectra = useMemo(
    () => (isSignal ? signalSpectra(measured) : (measured?.spectra ?? NONE)),
    [isSignal, measured],
  )
  const asked = isSignal && spectrumTheory ? NO_FORECASTS : spectrumTheory
  return { spectra, isOld, known: isOld || spectra.length === 0 ? undefined : asked }
}

function usePlot(props: ChartProps, spectra: readonly Spectrum[], theory: DrawnTheory) {
  const { measured, width, height } = props
  const depth = measured?.depth ?? 1
  return useMemo(() => {
    const shown = [...spectra, ...theory.spectra].map((one) => one.log10SingularValues)
    const edges = theory.bounds.flatMap(({ low, high }) => [low, high])
    const domain = domainOf([...shown, edges], MIN_DECADES)
    return plotOf({ width: width - HISTOGRAM_WIDTH, height, depth, domain })
  }, [width, height, depth, spectra, theory])
}

function messageOf({ message, measured }: ChartProps, spectra: readonly Spectrum[]) {
  if (message !== undefined) return message
  if (measured && spectra.length > 0) return undefined
  return measured?.noSpectra ?? 'The singular values come last, after signal and gradient.'
}

/** The layer of a spectrum, and where it is not the one that was asked for, which that is. */
function nameOf({ layer }: Spectrum, asked: number): string {
  const name = layerName(layer)
  return layer === asked ? name : `${name} (nearest to ${formatCount(asked)})`
}

/** The Jacobian's singular values, or the signal's: over the depth, or by rank at the cursor. */
export function useLayerSpectra(look: LayerLook, props: ChartProps): Face {
  const { width, height, scheme, cursor } = props
  const { spectra, isOld, known } = useSource(look, props)
  const forecasts = known ?? NO_FORECASTS
  const theory = useDrawnTheory(forecasts)
  const plot = usePlot(props, spectra, theory)
  const summaries = useMemo(() => spectra.map(summarizeSpectrum), [spectra])
  const { hovered, handlers } = useLayerPointer(plot, props.onCursor)
  const asked = hovered ?? cursor
  const shown = nearest(spectra, asked)
  const summary = shown && summarizeSpectrum(shown)
  const words = spectrumWords(summary, shown && nameOf(shown, asked))
  const [title, reading] =
    look === 'signal' ? [SIGNAL_TITLE, SIGNAL_READING] : [props.title, props.reading]
  const size = { width, height, label: `${title}. ${words}` }
  return {
    title,
    reading,
    message: messageOf(props, spectra),
    words,
    theoryWords: known && summary && forecastWords(ofLayer(known, summary.layer), summary),
    table: spectra.length > 0 ? () => spectrumTable(summaries, forecasts) : undefined,
    row: cursor,
    isOld,
    drawing:
      look === 'rank' ? (
        <Ranks {...{ shown, theory, ...size }} />
      ) : (
        <SpectrumMap
          {...{ plot, spectra, summaries, theory, shown, handlers, scheme, cursor, ...size }}
        />
      ),
  }
}

interface RanksProps {
  readonly shown: Spectrum | undefined
  readonly theory: DrawnTheory
  readonly width: number
  readonly height: number
  readonly label: string
}

function Ranks({ shown, theory, ...size }: RanksProps) {
  if (!shown) return null
  const { layer } = shown
  return (
    <RankPlot
      {...size}
      spectrum={shown}
      name={layerName(layer)}
      theory={ofLayer(theory.spectra, layer)}
      bounds={ofLayer(theory.bounds, layer)}
    />
  )
}
