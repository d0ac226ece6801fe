import { line } from 'd3-shape'
import { formatLog10 } from '../../base/formatLog10.ts'
import type { Spectrum } from '../../engine/protocol.ts'
import { BottomAxis, ValueAxis } from './Axis.tsx'
import { useLayerPointer } from './Cursor.tsx'
import { domainOf, log10Ticks, rankTicks } from './domain.ts'
import { type Plot, plotOf } from './plot.ts'
import { HISTOGRAM_WIDTH, SpectrumHistogram } from './SpectrumHistogram.tsx'

interface RankPlotProps {
  readonly spectrum: Spectrum
  /** Whose it is: the layer. */
  readonly name: string
  /** The same as predicted. */
  readonly theory: Spectrum | undefined
  /** log10 of what theory says that none is above, and none below. */
  readonly bounds: { readonly low: number; readonly high: number } | undefined
  /** Of plot and histogram together. */
  readonly width: number
  readonly height: number
  /** What is drawn, in a sentence. */
  readonly label: string
}

/** The axis never shows less than this many decades. */
const MIN_DECADES = 1

const stay = () => undefined

/** Singular values of one layer from the largest to the smallest, dashed as predicted; their histogram beside. */
export function RankPlot(props: RankPlotProps) {
  const { spectrum, name, theory, bounds, label } = props
  const edges = bounds ? [bounds.low, bounds.high] : []
  const plot = rankPlotOf(props, edges)
  const { hovered, handlers } = useLayerPointer(plot, stay)
  return (
    <>
      <svg
        className="plot still"
        width={props.width - HISTOGRAM_WIDTH}
        height={props.height}
        role="img"
        aria-label={label}
        {...handlers}
      >
        <RankAxes plot={plot} />
        <RankLine plot={plot} spectrum={spectrum} className="line forward" />
        {theory && (
          <RankLine plot={plot} spectrum={theory} className="line theory spectrum-theory" />
        )}
        <g className="line theory spectrum-bound minor">
          {edges.filter(Number.isFinite).map((edge) => (
            <path
              key={edge}
              className="curve"
              d={`M${plot.left},${plot.y(edge)}L${plot.right},${plot.y(edge)}`}
            />
          ))}
        </g>
        {hovered !== null && (
          <Reading {...{ plot, spectrum, theory }} rank={Math.max(1, hovered)} />
        )}
      </svg>
      <SpectrumHistogram {...{ plot, spectrum, theory, name }} />
    </>
  )
}

function rankPlotOf({ spectrum, theory, width, height }: RankPlotProps, edges: readonly number[]) {
  const rows = [spectrum, ...(theory ? [theory] : [])].map((one) => one.log10SingularValues)
  const domain = domainOf([...rows, edges], MIN_DECADES)
  const depth = spectrum.log10SingularValues.length
  return plotOf({ width: width - HISTOGRAM_WIDTH, height, depth, first: 1, domain })
}

function RankAxes({ plot }: { readonly plot: Plot }) {
  const { left, right, top, bottom, depth } = plot
  const domain = plot.y.domain() as [number, number]
  return (
    <>
      <ValueAxis plot={plot} ticks={log10Ticks(domain, (bottom - top) / 36)} />
      <BottomAxis
        plot={plot}
        ticks={rankTicks(depth, (right - left) / 80)}
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

interface ReadingProps extends Pick<RankPlotProps, 'spectrum' | 'theory'> {
  readonly plot: Plot
  readonly rank: number
}

/** The singular value under the mouse. */
function Reading({ plot, spectrum, theory, rank }: ReadingProps) {
  const x = plot.x(rank)
  const valueIn = (one: Spectrum) => formatLog10(one.log10SingularValues[rank - 1] ?? NaN)
  const predicted = theory ? `, theory ${valueIn(theory)}` : ''
  return (
    <g pointerEvents="none">
      <line className="hover" x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
      <text className="axis-name" x={plot.right} y={plot.top + 10} textAnchor="end">
        rank {rank}: {valueIn(spectrum)}
        {predicted}
      </text>
    </g>
  )
}
