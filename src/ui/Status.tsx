import { Alert, Button, CloseButton } from '@mantine/core'
import { dismissNotices } from '../state/actions.ts'
import type { Activity } from '../state/store.ts'
import { failureWords } from './failures.ts'
import { usePage, usePageState } from './page.ts'

/** What could not be taken from the link. */
export function Notices() {
  const { store } = usePage()
  const notices = usePageState((state) => state.notices)
  if (notices.length === 0) return null
  return (
    <div className="notices" role="status">
      <ul>
        {notices.map(({ text }, i) => (
          <li key={i}>{text}</li>
        ))}
      </ul>
      <CloseButton
        size="sm"
        aria-label="Dismiss the notices"
        onClick={() => {
          dismissNotices(store)
        }}
      />
    </div>
  )
}

/** How far the run is, from half a second on, with a way to stop it; what went wrong, with a way out. */
export function RunStatus() {
  const { session } = usePage()
  const activity = usePageState((state) => state.activity)
  if (activity.kind === 'failed')
    return (
      <Failure
        failure={activity}
        onRetry={() => {
          session.retry()
        }}
      />
    )
  if (activity.kind !== 'running') return null
  return (
    <div className="progress" key={activity.runId}>
      <progress aria-label="Progress of the run" {...progressOf(activity)} />
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          session.cancel()
        }}
      >
        Cancel
      </Button>
    </div>
  )
}

function progressOf({ progress }: Extract<Activity, { kind: 'running' }>) {
  return progress ? { value: progress.done, max: progress.total } : {}
}

interface FailureProps {
  readonly failure: Extract<Activity, { kind: 'failed' }>
  readonly onRetry: () => void
}

function Failure({ failure, onRetry }: FailureProps) {
  const { text, wayOut } = failureWords(failure.code)
  return (
    <Alert className="failure" color="red" variant="light" title={text} role="alert">
      {wayOut} {failure.message && <span className="failure-detail">({failure.message}) </span>}
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        Run again
      </Button>
    </Alert>
  )
}
