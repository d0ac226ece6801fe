import { memo, type ReactNode, useCallback, useMemo } from 'react'
import type { Chart, Measured, Predicted } from '../charts/chart.ts'
import { charts } from '../charts/index.ts'
import { cursorLayer, moveCursor } from '../state/cursor.ts'
import type { View } from '../state/fields.ts'
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

/** The charts that the link names; where it names none that there is, all of them, or one in a frame. */
function chosenCharts({ charts: names, embed }: View): readonly Chart[] {
  const named = charts.filter(({ id }) => names.includes(id))
  if (named.length > 0) return named
  return embed === 1 ? charts.slice(0, 1) : charts
}

/** The charts of the link, side by side. */
export function ChartGrid({ scheme, theory, children }: ChartGridProps) {
  const { store } = usePage()
  const shown = usePageState((state) => state.shown)
  const cursor = usePageState(cursorLayer)
  const visible = chosenCharts(usePageState(({ link }) => link.view))
  const failed = usePageState(({ activity }) => activity.kind === 'failed')
  const measured = useMemo(() => (shown ? measuredOf(shown) : null), [shown])
  const onCursor = useCallback(
    (layer: number) => {
      moveCursor(store, layer)
    },
    [store],
  )
  const message = shown ? undefined : failed ? 'The run failed.' : 'Computing…'
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
