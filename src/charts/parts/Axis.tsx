import type { Tick } from './domain.ts'
import type { Plot } from './plot.ts'

interface BottomAxisProps {
  readonly plot: Pick<Plot, 'left' | 'right' | 'bottom'> & { readonly x: (value: number) => number }
  readonly ticks: readonly Tick[]
  /** What runs across. */
  readonly name: string
}

export function BottomAxis({ plot, ticks, name }: BottomAxisProps) {
  const { x, left, right, bottom } = plot
  return (
    <g className="axis" aria-hidden="true">
      <line x1={left} x2={right} y1={bottom} y2={bottom} />
      {ticks.map(({ value, label }) => (
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
    </g>
  )
}

export function LayerAxis(props: Omit<BottomAxisProps, 'name'>) {
  return <BottomAxis {...props} name="layer (0 = input)" />
}

interface ValueAxisProps {
  readonly plot: Pick<Plot, 'left' | 'right'> & { readonly y: (value: number) => number }
  readonly ticks: readonly Tick[]
}

export function ValueAxis({ plot, ticks }: ValueAxisProps) {
  const { y, left, right } = plot
  return (
    <g className="axis" aria-hidden="true">
      {ticks.map(({ value, label }) => (
        <g key={value} transform={`translate(${left},${y(value)})`}>
          <line className="grid" x2={right - left} />
          <text x={-6} dy="0.32em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
    </g>
  )
}
