import type { ComponentType, ReactNode } from 'react'
import type { NetworkConfig } from '../model/config.ts'
import type {
  Band,
  DigitImages,
  LayerPicture,
  Spectrum,
  SpectrumForecast,
  Summary,
  WeightSpectrum,
} from '../engine/protocol.ts'
import type { LayerRows, StatisticId } from '../engine/statistics.ts'
import type { Network } from '../model/network.ts'

/** What was measured of one network, as far as it is known. */
export interface Measured {
  readonly network: Network
  readonly depth: number
  readonly rows: LayerRows
  /** 10 % and 90 % over the seeds; null with one seed. */
  readonly bands: Readonly<Partial<Record<StatisticId, Band>>> | null
  readonly spectra: readonly Spectrum[]
  /** Are the spectra still those of the settings before? */
  readonly hasOldSpectra: boolean
  /** Why there are no spectra, where there are none. */
  readonly noSpectra?: string | undefined
  /** Why there are none of the weights, where there are none. */
  readonly noWeights?: string | undefined
  readonly pictures: readonly LayerPicture[]
  /** What the samples are, where they are handwritten digits. */
  readonly images?: DigitImages | undefined
  /** Growth factors; null until both passes are through. */
  readonly summary: Summary | null
}

/** Singular values of one W. */
export interface LayerWeights {
  /** The layer that W was drawn for. */
  readonly layer: number
  /** null where it could not be computed. */
  readonly spectrum: WeightSpectrum | null
}

/** A pinned run, drawn behind the present one. */
export interface Ghost {
  /** Its place among the pins, from 1: what its curves are labelled with. */
  readonly number: number
  readonly depth: number
  readonly rows: LayerRows
}

/** Predicted rows; null or absent where nobody knows a prediction. */
export type Predicted = Readonly<Partial<Record<StatisticId, Float64Array | null>>>

/** All that a chart may know. */
export interface ChartProps {
  readonly title: string
  /** One sentence: how to read this. */
  readonly reading: string
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  /** null: nothing has been measured yet. */
  readonly measured: Measured | null
  readonly theory?: Predicted | undefined
  /** Between what eight in ten networks lie, where that is known. */
  readonly theoryBands?: Readonly<Partial<Record<StatisticId, Band>>> | undefined
  /** Predicted spectra by layer, ascending; undefined: nobody asked. */
  readonly spectrumTheory?: readonly SpectrumForecast[] | undefined
  readonly ghosts?: readonly Ghost[] | undefined
  /** The layer under the cursor. */
  readonly cursor: number
  readonly onCursor: (layer: number) => void
  /** W of the layer at the cursor, for a chart that is looked at so; null: not known yet. */
  readonly weights?: LayerWeights | null | undefined
  /** Which of its ways to look at it is taken; the first where absent or null. */
  readonly look?: string | null | undefined
  /** Takes another one; null: the first. */
  readonly onLook?: ((look: string | null) => void) | undefined
  /** Why there is nothing to show, where that is so. */
  readonly message?: string | undefined
  /** Buttons of the page that stand in the chart's head. */
  readonly actions?: ReactNode
}

/** A chart: one file `name.chart.tsx` with one of these as its default export. */
export interface Chart {
  readonly id: string
  readonly title: string
  readonly reading: string
  /** Place on the page, lowest first. */
  readonly order: number
  readonly Component: ComponentType<ChartProps>
  /** For which networks it has something to show; for all where absent. */
  readonly appliesTo?: (config: NetworkConfig) => boolean
}
