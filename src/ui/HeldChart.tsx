import { type ComponentType, memo } from 'react'
import type { ChartProps } from '../charts/chart.ts'

interface HeldChartProps extends ChartProps {
  readonly Component: ComponentType<ChartProps>
  /** Stays as it is, whatever else is said. */
  readonly isHeld: boolean
}

const keysOf = (props: HeldChartProps) => Object.keys(props) as (keyof HeldChartProps)[]

/** A chart that can be told to wait: what is out of sight need not follow a slider that is being dragged. */
export const HeldChart = memo(
  function HeldChart({ Component, isHeld: _, ...props }: HeldChartProps) {
    return <Component {...props} />
  },
  (before, after) => after.isHeld || keysOf(after).every((key) => before[key] === after[key]),
)
