import { type ReactNode, useCallback } from 'react'
import type { ChartProps } from '../chart.ts'
import { LayerAxis, ValueAxis } from './Axis.tsx'
import { Canvas } from './Canvas.tsx'
import { columnOf } from './columns.ts'
import { CursorLine, type LayerPointer } from './Cursor.tsx'
import { layerTicks, type Tick } from './domain.ts'
import type { Plot } from './plot.ts'

/** What one layer holds along the value axis. */
export interface DensityColumn {
  readonly layer: number
  /** Shares in equal bins, the lowest first. */
  readonly shares: ArrayLike<number>
  /** Share of what no axis reaches, a strip along the foot; no strip where absent. */
  readonly foot?: number
}

interface DensityProps {
  readonly plot: Plot
  /** Ascending by layer. */
  readonly columns: readonly DensityColumn[]
  /** From a share to the opacity that shows it, 0 ... 1. */
  readonly inkOf: (share: number) => number
  readonly width: number
  readonly height: number
}

interface DensityMapProps extends DensityProps {
  readonly scheme: ChartProps['scheme']
  /** What is drawn, in a sentence. */
  readonly label: string
  readonly ticks: readonly Tick[]
  readonly cursor: number
  readonly handlers: LayerPointer['handlers']
  /** Drawn over the density. */
  readonly children?: ReactNode
}

const FOOT_PIXELS = 5
const PIXELS_A_LAYER_TICK = 80

/** A density over the layers on a canvas, its axes and whatever lies over it. */
export function DensityMap(props: DensityMapProps) {
  const { plot, columns, inkOf, width, height, scheme, label, ticks, cursor, handlers } = props
  return (
    <div className="layered">
      {/* Its colour is read from the style sheet: another scheme is another drawing. */}
      <Density key={scheme} {...{ plot, columns, inkOf, width, height }} />
      <svg
        className="plot"
        width={width}
        height={height}
        role="img"
        aria-label={label}
        {...handlers}
      >
        <ValueAxis plot={plot} ticks={ticks} />
        <LayerAxis
          plot={plot}
          ticks={layerTicks(plot.depth, (plot.right - plot.left) / PIXELS_A_LAYER_TICK)}
        />
        {props.children}
        <CursorLine plot={plot} layer={cursor} />
      </svg>
    </div>
  )
}

function Density({ plot, columns, inkOf, width, height }: DensityProps) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, colour: string) => {
      context.fillStyle = colour
      columns.forEach((column, i) => {
        drawColumn(context, { plot, column, inkOf, span: columnOf(plot, columns, i) })
      })
    },
    [plot, columns, inkOf],
  )
  return <Canvas className="density" width={width} height={height} draw={draw} />
}

interface DrawnColumn extends Pick<DensityProps, 'plot' | 'inkOf'> {
  readonly column: DensityColumn
  /** From where to where it reaches across. */
  readonly span: readonly [number, number]
}

function drawColumn(context: CanvasRenderingContext2D, { plot, column, inkOf, span }: DrawnColumn) {
  const { shares, foot = 0 } = column
  const [left, width] = [span[0], span[1] - span[0]]
  const pixels = (plot.bottom - plot.top) / shares.length
  for (let bin = 0; bin < shares.length; bin++) {
    if (shares[bin] === 0) continue
    context.globalAlpha = inkOf(shares[bin]!)
    context.fillRect(left, plot.bottom - (bin + 1) * pixels, width, pixels)
  }
  context.globalAlpha = inkOf(foot)
  context.fillRect(left, plot.bottom - FOOT_PIXELS, width, FOOT_PIXELS)
}
