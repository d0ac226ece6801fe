import { memo, type ReactNode, useCallback, useMemo } from 'react'
import type { Chart, Measured, Predicted } from '../charts/chart.ts'
import { charts } from '../charts/index.ts'
import { cursorLayer, moveCursor } from '../state/cursor.ts'
import { measuredOf } from '../state/measured.ts'
import { ChartSave } from './ChartSave.tsx'
import { usePage, usePageState } from './page.ts'
import { useSize } from './useSize.ts'

const CHART_HEIGHT = 240

interface ChartGridProps {
  readonly scheme: 'light' | 'dark'
  readonly theory?: Predicted | undefined
  /** What stands behind the charts in the same grid. */
  readonly children?: ReactNode
}

/** The charts that the link asks for, or all of them. */
export function ChartGrid({ scheme, theory, children }: ChartGridProps) {
  const { store } = usePage()
  const shown = usePageState((state) => state.shown)
  const cursor = usePageState(cursorLayer)
  const wanted = usePageState(({ link }) => link.view.charts)
  const failed = usePageState(({ activity }) => activity.kind === 'failed')
  const measured = useMemo(() => (shown ? measuredOf(shown) : null), [shown])
  const onCursor = useCallback(
    (layer: number) => {
      moveCursor(store, layer)
    },
    [store],
  )
  const message = shown ? undefined : failed ? 'The run failed.' : 'Computing…'
  const visible = wanted.length === 0 ? charts : charts.filter(({ id }) => wanted.includes(id))
  return (
    <div className="chart-grid">
      {visible.map((chart) => (
        <SizedChart
          key={chart.id}
          {...{ chart, scheme, theory, measured, cursor, onCursor, message }}
        />
      ))}
      {children}
    </div>
  )
}

interface SizedChartProps extends Omit<ChartGridProps, 'children'> {
  readonly chart: Chart
  readonly measured: Measured | null
  readonly cursor: number
  readonly onCursor: (layer: number) => void
  readonly message: string | undefined
}

const SizedChart = memo(function SizedChart({ chart, ...props }: SizedChartProps) {
  const [ref, size] = useSize<HTMLDivElement>()
  const { Component, title, reading } = chart
  const actions = useMemo(() => <ChartSave chart={chart} />, [chart])
  return (
    <div className="chart-cell" ref={ref}>
      {size && (
        <Component
          {...props}
          actions={actions}
          title={title}
          reading={reading}
          width={size.width}
          height={CHART_HEIGHT}
        />
      )}
    </div>
  )
})
