import { type PointerEvent, useState } from 'react'
import { layerAt, type Plot } from './plot.ts'

/** The line at the layer under the cursor. */
export function CursorLine({ plot, layer }: { plot: Plot; layer: number }) {
  return <CursorMark top={plot.top} bottom={plot.bottom} x={plot.x(Math.min(layer, plot.depth))} />
}

interface CursorMarkProps {
  readonly x: number
  readonly top: number
  readonly bottom: number
}

/** The line at the place across where things stand. */
export function CursorMark({ x, top, bottom }: CursorMarkProps) {
  return (
    <g className="cursor" aria-hidden="true">
      <line x1={x} x2={x} y1={top} y2={bottom} />
      <path d={`M${x - 5},${top - 8}L${x},${top}L${x + 5},${top - 8}Z`} />
    </g>
  )
}

export interface LayerPointer {
  /** The layer that the mouse is over, while it is. */
  readonly hovered: number | null
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<SVGSVGElement>) => void
    readonly onPointerMove: (event: PointerEvent<SVGSVGElement>) => void
    readonly onPointerLeave: () => void
  }
}

/** Mouse and touch on a drawing: hovering reads a layer, a click or a drag moves the cursor there. */
export function useLayerPointer(plot: Plot, onCursor: (layer: number) => void): LayerPointer {
  const [hovered, setHovered] = useState<number | null>(null)
  const layerOf = (event: PointerEvent<SVGSVGElement>) =>
    layerAt(plot, event.clientX - event.currentTarget.getBoundingClientRect().left)
  return {
    hovered: hovered === null ? null : Math.min(hovered, plot.depth),
    handlers: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        onCursor(layerOf(event))
      },
      onPointerMove: (event) => {
        setHovered(layerOf(event))
        if (event.buttons === 1) onCursor(layerOf(event))
      },
      onPointerLeave: () => {
        setHovered(null)
      },
    },
  }
}
