import { BottomAxis, ValueAxis } from './Axis.tsx'
import { linearTicks, type Tick } from './domain.ts'
import type { Plane } from './plane.ts'

const PIXELS_A_TICK = 52

interface PlaneAxesProps {
  readonly plane: Plane
  /** What runs across, and what runs up where it is one thing. */
  readonly name: string
  readonly upName?: string
}

const ticksOf = (scale: Plane['x'], pixels: number): readonly Tick[] =>
  linearTicks(scale.domain() as [number, number], Math.max(2, pixels / PIXELS_A_TICK))

/** Axes of one number against another. */
export function PlaneAxes({ plane, name, upName }: PlaneAxesProps) {
  const { x, y, left, right, top, bottom } = plane
  return (
    <>
      <ValueAxis plot={plane} ticks={ticksOf(y, bottom - top)} />
      <BottomAxis plot={plane} ticks={ticksOf(x, right - left)} name={name} />
      {upName !== undefined && (
        <g className="axis" aria-hidden="true">
          <text className="axis-name" x={left + 6} y={top + 10}>
            {upName}
          </text>
        </g>
      )}
    </>
  )
}
