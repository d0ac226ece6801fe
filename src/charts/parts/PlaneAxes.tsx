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
    <g className="axis" aria-hidden="true">
      {ticksOf(y, bottom - top).map(({ value, label }) => (
        <g key={value} transform={`translate(${left},${y(value)})`}>
          <line className="grid" x2={right - left} />
          <text x={-6} dy="0.32em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} />
      {ticksOf(x, right - left).map(({ value, label }) => (
        <g key={value} transform={`translate(${x(value)},${bottom})`}>
          <line y2={4} />
          <text y={16} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      <text className="axis-name" x={(left + right) / 2} y={bottom + 30} textAnchor="middle">
        {name}
      </text>
      {upName !== undefined && (
        <text className="axis-name" x={left + 6} y={top + 10}>
          {upName}
        </text>
      )}
    </g>
  )
}
