import { createTheme, MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { isCardFresh } from '../state/card.ts'
import type { Hideable } from '../state/fields.ts'
import { areWeightsFresh } from '../state/layerWeights.ts'
import { forecastOf, isTold } from '../state/shownForecast.ts'
import type { PageState } from '../state/store.ts'
import { ChartGrid } from './ChartGrid.tsx'
import { ControlPanel } from './controls/ControlPanel.tsx'
import { EmbedView } from './embed/EmbedView.tsx'
import { Header } from './Header.tsx'
import { Help } from './Help.tsx'
import { useKeys } from './keys.ts'
import { UpdateNotice } from './offline/UpdateNotice.tsx'
import { DropTarget } from './open/DropTarget.tsx'
import { FileBar } from './open/FileBar.tsx'
import { LessonSide } from './lessons/LessonSide.tsx'
import { type Page, PageContext, usePage, usePageState } from './page.ts'
import { PinBar } from './pins/PinBar.tsx'
import { usePlayback } from './playback.ts'
import { Notices, RunStatus } from './Status.tsx'
import { Transport } from './Transport.tsx'
import { useDialog } from './useDialog.ts'
import { VerdictBar } from './VerdictBar.tsx'

const SettingsDrawer = lazy(async () => ({
  default: (await import('./SettingsDrawer.tsx')).SettingsDrawer,
}))

const theme = createTheme({
  fontFamily: 'system-ui, sans-serif',
  primaryShade: 8,
  cursorType: 'pointer',
})

export function App(page: Page) {
  return (
    <PageContext value={page}>
      <Themed />
    </PageContext>
  )
}

/** The scheme that the link asks for; that of the system where it does not say. */
function useScheme(): 'light' | 'dark' {
  const chosen = usePageState(({ link }) => link.view.theme)
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)', false, {
    getInitialValueInEffect: false,
  })
  return chosen === 'auto' ? (prefersDark ? 'dark' : 'light') : chosen
}

function Themed() {
  const scheme = useScheme()
  const isEmbedded = usePageState(({ link }) => link.view.embed === 1)
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      {isEmbedded ? <Embedded scheme={scheme} /> : <Layout scheme={scheme} />}
    </MantineProvider>
  )
}

function useShows(): (part: Hideable) => boolean {
  const hidden = usePageState(({ link }) => link.view.hide)
  return (part) => !hidden.includes(part)
}

function Embedded({ scheme }: { scheme: 'light' | 'dark' }) {
  const forecast = usePageState(forecastOf)
  return <EmbedView scheme={scheme} theory={forecast?.rows} />
}

/** Is what workers beside the engine's have to say that of the page as it is? */
const isComplete = (state: PageState) =>
  isTold(state) && isCardFresh(state) && areWeightsFresh(state)

interface FindingsProps {
  readonly scheme: 'light' | 'dark'
  readonly showsVerdict: boolean
}

/** What was found: in words, and in charts. */
function Findings({ scheme, showsVerdict }: FindingsProps) {
  const forecast = usePageState(forecastOf)
  const told = usePageState(isComplete)
  return (
    <main className="main" data-forecast={told ? 'shown' : 'awaited'}>
      <UpdateNotice />
      <Notices />
      {showsVerdict && <VerdictBar predictedGrowth={forecast?.gradientGrowth ?? null} />}
      <RunStatus />
      <FileBar />
      <PinBar />
      <ChartGrid scheme={scheme} theory={forecast?.rows} />
    </main>
  )
}

/** Is there no room for the settings beside the charts? */
function useIsFolded(hasLesson: boolean): boolean {
  const options = { getInitialValueInEffect: false }
  const isNarrow = useMediaQuery('(max-width: 50em)', false, options)
  const isMedium = useMediaQuery('(max-width: 77.5em)', false, options)
  return isNarrow || (hasLesson && isMedium)
}

function Layout({ scheme }: { scheme: 'light' | 'dark' }) {
  const { store } = usePage()
  const hasLesson = usePageState(({ link }) => link.view.lesson !== null)
  const isFolded = useIsFolded(hasLesson)
  const isCalm = useMediaQuery('(prefers-reduced-motion: reduce)')
  const settings = useDialog()
  const help = useDialog()
  const shows = useShows()
  useKeys(store, help.open)
  usePlayback(store, isCalm)
  const hasPanel = shows('controls')
  return (
    <div className="page">
      {shows('header') && (
        <Header onControls={isFolded && hasPanel ? settings.open : undefined} onHelp={help.open} />
      )}
      <div className={hasLesson ? 'columns with-lesson' : 'columns'}>
        <LessonSide />
        {hasPanel && !isFolded && (
          <aside className="panel" aria-label="Settings of the network">
            <ControlPanel />
          </aside>
        )}
        <Findings scheme={scheme} showsVerdict={shows('verdict')} />
      </div>
      {shows('transport') && <Transport />}
      <DropTarget />
      <Help {...help} />
      {hasPanel && isFolded && settings.isOpen && (
        <Suspense fallback={null}>
          <SettingsDrawer onClose={settings.close} />
        </Suspense>
      )}
    </div>
  )
}
