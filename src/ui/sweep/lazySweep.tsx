import { lazy, Suspense } from 'react'
import type { TheoryPanel, TheoryPanelProps } from '../panels/theoryPanel.ts'
import { sweepWords } from './sweepWords.ts'

/** Fetched when a sweep is opened. */
const SweepPanel = lazy(async () => ({ default: (await import('./SweepPanel.tsx')).SweepPanel }))

function Lazily(props: TheoryPanelProps) {
  return (
    <Suspense fallback={<p className="chart-message">Fetching the sweep…</p>}>
      <SweepPanel {...props} />
    </Suspense>
  )
}

export const sweepPanel: TheoryPanel = { ...sweepWords, Component: Lazily }
