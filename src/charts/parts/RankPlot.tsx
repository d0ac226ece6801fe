import { line } from 'd3-shape'
import type { Spectrum } from '../../engine/protocol.ts'
import { BottomAxis, ValueAxis } from './Axis.tsx'
import { type Domain, domainOf, layerTicks, log10Ticks } from './domain.ts'
import { type Plot, plotOf } from './plot.ts'

interface RankPlotProps {
  readonly spectrum: Spectrum
  /** The same as predicted. */
  readonly theory: Spectrum | undefined
  /** log10 of what theory says that none is above, and none below. */
  readonly bounds: { readonly low: number; readonly high: number } | undefined
  readonly width: number
  readonly height: number
  /** What is drawn, in a sentence. */
  readonly label: string
}

/** The axis never shows less than this many decades. */
const MIN_DECADES = 1

/** Singular values of one layer from the largest to the smallest, as measured and dashed as predicted. */
export function RankPlot({ spectrum, theory, bounds, width, height, label }: RankPlotProps) {
  const count = spectrum.log10SingularValues.length
  const edges = bounds ? [bounds.low, bounds.high] : []
  const rows = [spectrum, ...(theory ? [theory] : [])].map((one) => one.log10SingularValues)
  const domain = domainOf([...rows, edges], MIN_DECADES)
  const plot = plotOf({ width, height, depth: count, domain })
  return (
    <svg className="plot still" width={width} height={height} role="img" aria-label={label}>
      <RankAxes plot={plot} domain={domain} />
      <RankLine plot={plot} spectrum={spectrum} className="line forward" />
      {theory && <RankLine plot={plot} spectrum={theory} className="line theory spectrum-theory" />}
      <g className="line theory spectrum-bound minor">
        {edges.filter(Number.isFinite).map((edge) => (
          <path
            key={edge}
            className="curve"
            d={`M${plot.left},${plot.y(edge)}L${plot.right},${plot.y(edge)}`}
          />
        ))}
      </g>
    </svg>
  )
}

function RankAxes({ plot, domain }: { readonly plot: Plot; readonly domain: Domain }) {
  const { left, right, top, bottom, depth } = plot
  return (
    <>
      <ValueAxis plot={plot} ticks={log10Ticks(domain, (bottom - top) / 36)} />
      <BottomAxis
        plot={plot}
        ticks={layerTicks(depth, (right - left) / 80)}
        name="rank (1 = largest)"
      />
    </>
  )
}

interface RankLineProps {
  readonly plot: Plot
  readonly spectrum: Spectrum
  readonly className: string
}

/** Exact zeros end the line. */
function RankLine({ plot, spectrum, className }: RankLineProps) {
  const path = line<number>()
    .defined(Number.isFinite)
    .x((_, i) => plot.x(i + 1))
    .y((value) => plot.y(value))
    .digits(1)([...spectrum.log10SingularValues])
  return <g className={className}>{path !== null && <path className="curve" d={path} />}</g>
}
