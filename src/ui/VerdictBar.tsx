import { Button } from '@mantine/core'
import { memo, useMemo } from 'react'
import { changeNetwork } from '../state/actions.ts'
import type { Run } from '../state/run.ts'
import { forecastOf } from '../state/shownForecast.ts'
import type { Activity, PageState } from '../state/store.ts'
import { type Remedy, verdictOf } from '../state/verdict.ts'
import { usePage, usePageState } from './page.ts'

/** What is said while there is no verdict. */
const waiting: Readonly<Record<Activity['kind'], string>> = {
  idle: 'Computing…',
  running: 'Computing…',
  cancelled: 'Stopped before signal and gradient were through.',
  failed: 'The run failed.',
}

const DASHED = 'Dashed lines are predicted, for every layer; measured ones are on their way.'

/** Is something predicted of a run that is not through? */
const isForetold = (state: PageState) =>
  state.activity.kind === 'running' &&
  Object.values(forecastOf(state)?.rows ?? {}).some((row) => row !== null)

/** What the run on show means, in words; read out by screen readers when it changes. */
export function VerdictBar({ predictedGrowth }: { predictedGrowth: number | null }) {
  const { store } = usePage()
  const shown = usePageState((state) => state.shown)
  const activity = usePageState((state) => state.activity.kind)
  const foretold = usePageState(isForetold)
  const verdict = useVerdict(shown, predictedGrowth)
  return (
    <section className="verdict" data-tone={verdict?.tone} aria-label="What this shows">
      <p aria-live="polite">
        {verdict ? (
          <>
            <strong>{verdict.headline}</strong> {verdict.cause}
          </>
        ) : (
          `${waiting[activity]}${foretold ? ` ${DASHED}` : ''}`
        )}
      </p>
      {verdict?.remedy && (
        <RemedyButton
          remedy={verdict.remedy}
          onApply={({ changes }) => {
            changeNetwork(store, changes)
          }}
        />
      )}
    </section>
  )
}

function useVerdict(shown: Run | null, predictedGrowth: number | null) {
  return useMemo(() => verdictOf(shown, predictedGrowth), [shown, predictedGrowth])
}

interface RemedyButtonProps {
  readonly remedy: Remedy
  readonly onApply: (remedy: Remedy) => void
}

const RemedyButton = memo(function RemedyButton({ remedy, onApply }: RemedyButtonProps) {
  return (
    <Button
      size="compact-sm"
      onClick={() => {
        onApply(remedy)
      }}
    >
      {remedy.label}
    </Button>
  )
})
