import { line } from 'd3-shape'
import type { Spectrum } from '../../engine/protocol.ts'
import type { Plot } from './plot.ts'
import { type Bins, binShares, smoothShares } from './spectra.ts'

export const HISTOGRAM_WIDTH = 96
const BIN_PIXELS = 4
const LONGEST_BAR = HISTOGRAM_WIDTH - 8

/** Bins of a few pixels over the axis of a plot. */
export function binsOf(plot: Plot): Bins {
  const count = Math.max(8, Math.floor((plot.bottom - plot.top) / BIN_PIXELS))
  return { domain: plot.y.domain() as [number, number], count }
}

interface SpectrumHistogramProps {
  readonly plot: Plot
  readonly spectrum: Spectrum
  /** The same as predicted. */
  readonly theory: Spectrum | undefined
  /** Whose it is: the layer. */
  readonly name: string
}

/** A spectrum lying on its side on the axis of the density, the predicted density dashed. */
export function SpectrumHistogram({ plot, spectrum, theory, name }: SpectrumHistogramProps) {
  const bins = binsOf(plot)
  const pixels = (plot.bottom - plot.top) / bins.count
  const shares = binShares(spectrum, bins)
  const predicted = theory && smoothShares(theory, bins)
  const most = Math.max(...shares, ...(predicted ?? []))
  return (
    <svg className="histogram" width={HISTOGRAM_WIDTH} height={plot.bottom + 34} aria-hidden="true">
      <line className="axis-line" x1={1} x2={1} y1={plot.top} y2={plot.bottom} />
      {[...shares].map((share, bin) =>
        share === 0 ? null : (
          <rect
            key={bin}
            className="forward"
            x={1}
            y={plot.bottom - (bin + 1) * pixels}
            width={(share / most) * LONGEST_BAR}
            height={Math.max(1, pixels - 1)}
          />
        ),
      )}
      {predicted && <PredictedDensity plot={plot} shares={predicted} most={most} />}
      <text className="axis-name" x={HISTOGRAM_WIDTH / 2} y={plot.bottom + 16} textAnchor="middle">
        {name}
      </text>
    </svg>
  )
}

interface PredictedDensityProps {
  readonly plot: Plot
  readonly shares: Float64Array
  readonly most: number
}

/** The outline of the bars that theory would draw. */
function PredictedDensity({ plot, shares, most }: PredictedDensityProps) {
  const pixels = (plot.bottom - plot.top) / shares.length
  const isNear = (bin: number) => [bin - 1, bin, bin + 1].some((at) => (shares[at] ?? 0) > 0)
  const corners = [...shares].flatMap((share, bin) => [
    { share, edge: bin, isDrawn: isNear(bin) },
    { share, edge: bin + 1, isDrawn: isNear(bin) },
  ])
  const path = line<(typeof corners)[number]>()
    .defined(({ isDrawn }) => isDrawn)
    .x(({ share }) => 1 + (share / most) * LONGEST_BAR)
    .y(({ edge }) => plot.bottom - edge * pixels)
    .digits(1)(corners)
  return (
    <g className="line theory density-theory">
      {path !== null && <path className="curve" d={path} />}
    </g>
  )
}
