import { useCallback } from 'react'
import { Canvas } from './Canvas.tsx'

export interface HeatmapProps {
  /** [size, size], row-major. */
  readonly values: Float32Array
  readonly size: number
  /** Side in CSS pixels. */
  readonly side: number
  readonly colourOf: (value: number) => string
  readonly label: string
}

/** A square matrix as coloured cells. */
export function Heatmap({ values, size, side, colourOf, label }: HeatmapProps) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      const edge = (i: number) => Math.round((i * side) / size)
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          context.fillStyle = colourOf(values[row * size + column]!)
          const [x, y] = [edge(column), edge(row)]
          context.fillRect(x, y, edge(column + 1) - x, edge(row + 1) - y)
        }
      }
    },
    [values, size, side, colourOf],
  )
  return <Canvas className="heatmap" width={side} height={side} draw={draw} label={label} />
}
