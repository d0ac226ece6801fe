import { useViewportSize } from '@mantine/hooks'
import { memo, type ReactNode, useCallback, useMemo, useState } from 'react'
import type { Chart, Ghost, Measured, Predicted } from '../charts/chart.ts'
import { charts } from '../charts/index.ts'
import { changeView } from '../state/actions.ts'
import { cursorLayer, moveCursor } from '../state/cursor.ts'
import { measuredOf } from '../state/measured.ts'
import { ChartSave } from './ChartSave.tsx'
import { usePage, usePageState } from './page.ts'
import { PanelButtons } from './panels/PanelButtons.tsx'
import { phasePanel, useChosenPanels } from './panels/panels.ts'
import { useGhosts } from './pins/ghosts.ts'
import { useSize } from './useSize.ts'

const CHART_HEIGHT = 240
/** A chart that stands alone takes this share of the window's height. */
const LARGE_SHARE = 0.58
const LARGE_HEIGHT = 720

interface ChartGridProps {
  readonly scheme: 'light' | 'dark'
  readonly theory?: Predicted | undefined
  /** The panel of the page that has its place among the charts. */
  readonly children?: ReactNode
}

/** The charts of the link, side by side, in its order. */
export function ChartGrid({ scheme, theory, children }: ChartGridProps) {
  const failed = usePageState(({ activity }) => activity.kind === 'failed')
  const shown = usePageState((state) => state.shown)
  const cursor = usePageState(cursorLayer)
  const measured = useMemo(() => (shown ? measuredOf(shown) : null), [shown])
  const ghosts = useGhosts()
  const onCursor = useMoveCursor()
  const chosen = useChosenPanels()
  const isAlone = chosen.length === 1
  const onEnlarge = useEnlarge(isAlone)
  const height = useChartHeight(isAlone)
  const message = shown ? undefined : failed ? 'The run failed.' : 'Computing…'
  const common = { scheme, theory, ghosts, measured, cursor, onCursor, message, height }
  return (
    <div className={isAlone ? 'chart-grid alone' : 'chart-grid'}>
      {chosen.map((id) => {
        const chart = charts.find((other) => other.id === id)
        if (chart) return <SizedChart key={id} {...{ chart, isAlone, onEnlarge, ...common }} />
        return id === phasePanel.id ? <div key={id}>{children}</div> : null
      })}
    </div>
  )
}

function useMoveCursor(): (layer: number) => void {
  const { store } = usePage()
  return useCallback(
    (layer: number) => {
      moveCursor(store, layer)
    },
    [store],
  )
}

/** Shows one chart alone; goes back to those of before, or to all where the page was opened with one. */
function useEnlarge(isAlone: boolean): (id: string) => void {
  const { store } = usePage()
  const [before, setBefore] = useState<readonly string[]>([])
  return useCallback(
    (id: string) => {
      if (!isAlone) setBefore(store.getState().link.view.charts)
      changeView(store, { charts: isAlone ? before : [id] })
    },
    [store, isAlone, before],
  )
}

function useChartHeight(isAlone: boolean): number {
  const { height } = useViewportSize()
  const isEmbedded = usePageState(({ link }) => link.view.embed === 1)
  if (!isAlone || isEmbedded) return CHART_HEIGHT
  return Math.max(CHART_HEIGHT, Math.min(LARGE_HEIGHT, Math.round(LARGE_SHARE * height)))
}

interface SizedChartProps extends Omit<ChartGridProps, 'children'> {
  readonly chart: Chart
  readonly ghosts: readonly Ghost[]
  readonly measured: Measured | null
  readonly cursor: number
  readonly onCursor: (layer: number) => void
  readonly message: string | undefined
  readonly height: number
  readonly isAlone: boolean
  readonly onEnlarge: (id: string) => void
}

const SizedChart = memo(function SizedChart({
  chart,
  isAlone,
  onEnlarge,
  ...props
}: SizedChartProps) {
  const [ref, size] = useSize<HTMLDivElement>()
  const { Component, title, reading } = chart
  const actions = useMemo(
    () => (
      <>
        <ChartSave chart={chart} />
        <PanelButtons panel={chart} isAlone={isAlone} onEnlarge={onEnlarge} />
      </>
    ),
    [chart, isAlone, onEnlarge],
  )
  return (
    <div className="chart-cell" ref={ref}>
      {size && (
        <Component
          {...props}
          actions={actions}
          title={title}
          reading={reading}
          width={size.width}
        />
      )}
    </div>
  )
})
