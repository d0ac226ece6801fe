import { useViewportSize } from '@mantine/hooks'
import { memo, type ReactNode, type RefObject, useCallback, useMemo, useState } from 'react'
import type { Chart, ChartProps, Ghost, Measured, Predicted } from '../charts/chart.ts'
import { charts } from '../charts/index.ts'
import type { SpectrumForecast } from '../engine/protocol.ts'
import { changeView } from '../state/actions.ts'
import { cursorLayer, moveCursor } from '../state/cursor.ts'
import { changeLook, lookOf, WEIGHTS_LOOK } from '../state/look.ts'
import { measuredOf } from '../state/measured.ts'
import { forecastOf } from '../state/shownForecast.ts'
import type { PageState } from '../state/store.ts'
import { ChartSave } from './ChartSave.tsx'
import { HeldChart } from './HeldChart.tsx'
import { usePage, usePageState } from './page.ts'
import { PanelButtons } from './panels/PanelButtons.tsx'
import type { Panel } from './panels/panel.ts'
import { useChosenPanels } from './panels/panels.ts'
import type { TheoryPanel } from './panels/theoryPanel.ts'
import { theoryPanels } from './panels/theoryPanels.ts'
import { useGhosts } from './pins/ghosts.ts'
import { sweepPanel } from './sweep/lazySweep.tsx'
import { useIsSeen } from './useIsSeen.ts'
import { useSize } from './useSize.ts'

const CHART_HEIGHT = 240
/** In a tall window a chart takes this share of it: three rows and what stands above them. */
const SHARE = 0.2
const MOST_HEIGHT = 360
/** A chart that stands alone takes this share of the window's height. */
const LARGE_SHARE = 0.58
const LARGE_HEIGHT = 720

interface ChartGridProps {
  readonly scheme: 'light' | 'dark'
  readonly theory?: Predicted | undefined
}

/** The charts of the link, side by side, in its order. */
export function ChartGrid({ scheme, theory }: ChartGridProps) {
  const failed = usePageState(({ activity }) => activity.kind === 'failed')
  const shown = usePageState((state) => state.shown)
  const cursor = usePageState(cursorLayer)
  const measured = useMemo(() => (shown ? measuredOf(shown) : null), [shown])
  const spectrumTheory = usePageState(forecastSpectra)
  const theoryBands = usePageState(forecastBands)
  const ghosts = useGhosts()
  const onCursor = useMoveCursor()
  const chosen = useChosenPanels()
  const isAlone = chosen.length === 1
  const onEnlarge = useEnlarge(isAlone)
  const height = useChartHeight(isAlone)
  const message = shown ? undefined : failed ? 'The run failed.' : 'Computing…'
  const place = { scheme, height, isAlone, onEnlarge }
  const common = {
    ...place,
    theory,
    theoryBands,
    spectrumTheory,
    ghosts,
    measured,
    cursor,
    onCursor,
    message,
  }
  return (
    <div className={isAlone ? 'chart-grid alone' : 'chart-grid'}>
      {chosen.map((id) => {
        const chart = charts.find((other) => other.id === id)
        if (chart) return <SizedChart key={id} {...{ chart, ...common }} />
        const panel = [sweepPanel, ...theoryPanels].find((other) => other.id === id)
        return panel && <SizedPanel key={id} {...{ panel, ...place }} />
      })}
    </div>
  )
}

const forecastBands = (state: PageState) => forecastOf(state)?.bands
const forecastSpectra = (state: PageState) => forecastOf(state)?.spectra

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
  if (isEmbedded) return CHART_HEIGHT
  const [share, most] = isAlone ? [LARGE_SHARE, LARGE_HEIGHT] : [SHARE, MOST_HEIGHT]
  return Math.max(CHART_HEIGHT, Math.min(most, Math.round(share * height)))
}

interface Placed extends Pick<ChartGridProps, 'scheme'> {
  readonly height: number
  readonly isAlone: boolean
  readonly onEnlarge: (id: string) => void
}

interface SizedChartProps extends Placed, ChartGridProps {
  readonly chart: Chart
  readonly theoryBands: ChartProps['theoryBands']
  readonly spectrumTheory: readonly SpectrumForecast[] | undefined
  readonly ghosts: readonly Ghost[]
  readonly measured: Measured | null
  readonly cursor: number
  readonly onCursor: (layer: number) => void
  readonly message: string | undefined
}

const SizedChart = memo(function SizedChart({
  chart,
  isAlone,
  onEnlarge,
  ...props
}: SizedChartProps) {
  const { ref, width, actions } = useCell(chart, isAlone, onEnlarge)
  const isSeen = useIsSeen(ref)
  const isHeld = usePageState(({ gesture }) => gesture.isOpen && !isSeen)
  const { Component, title, reading } = chart
  const looked = { ...useChartLook(chart), isHeld }
  return (
    <div className="chart-cell" ref={ref}>
      {width !== null && (
        <HeldChart {...props} {...{ Component, actions, title, reading, width, ...looked }} />
      )}
    </div>
  )
})

/** How the link looks at a chart, and what is known only for that. */
function useChartLook({ id }: Chart): Pick<ChartProps, 'look' | 'onLook' | 'weights'> {
  const { store } = usePage()
  const look = usePageState(({ link }) => lookOf(link.view, id))
  const wantsWeights = id === WEIGHTS_LOOK.chart && look === WEIGHTS_LOOK.look
  const weights = usePageState((state) => (wantsWeights ? state.weights : null))
  const onLook = useCallback(
    (next: string | null) => {
      changeLook(store, id, next)
    },
    [store, id],
  )
  return { look, onLook, weights }
}

interface SizedPanelProps extends Placed {
  readonly panel: TheoryPanel
}

const SizedPanel = memo(function SizedPanel(props: SizedPanelProps) {
  const { panel, isAlone, onEnlarge, height, scheme } = props
  const { ref, width, actions } = useCell(panel, isAlone, onEnlarge)
  const { Component } = panel
  return (
    <div className="chart-cell theory-panel" ref={ref}>
      {width !== null && <Component {...{ actions, width, height, scheme }} />}
    </div>
  )
})

interface Cell {
  readonly ref: RefObject<HTMLDivElement | null>
  /** null until it is on the page. */
  readonly width: number | null
  readonly actions: ReactNode
}

/** The place of a panel in the grid: how wide it is, and the buttons that every panel has. */
function useCell(panel: Panel, isAlone: boolean, onEnlarge: (id: string) => void): Cell {
  const [ref, size] = useSize<HTMLDivElement>()
  const actions = useMemo(
    () => (
      <>
        <ChartSave chart={panel} />
        <PanelButtons panel={panel} isAlone={isAlone} onEnlarge={onEnlarge} />
      </>
    ),
    [panel, isAlone, onEnlarge],
  )
  return { ref, width: size?.width ?? null, actions }
}
