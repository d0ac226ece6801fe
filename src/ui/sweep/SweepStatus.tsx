import { Button } from '@mantine/core'
import { type SweepRun, sweepProgress } from '../../state/sweepPoints.ts'
import { usePage, usePageState } from '../page.ts'

/** How far the sweep is, with a way to stop it, or to go on. */
export function SweepStatus() {
  const { sweeps } = usePage()
  const sweep = usePageState((state) => state.sweep)
  if (!sweep) return null
  const isRunning = sweep.stage === 'running'
  return (
    <div className="sweep-status" data-stage={sweep.stage}>
      {isRunning && (
        <progress aria-label="Progress of the sweep" value={sweepProgress(sweep)} max={1} />
      )}
      <span role="status">{statusWords(sweep)}</span>
      {isRunning ? (
        <SmallButton
          text="Cancel"
          onClick={() => {
            sweeps.cancel()
          }}
        />
      ) : (
        isIncomplete(sweep) && (
          <SmallButton
            text={sweep.stage === 'waiting' ? 'Run now' : 'Run the rest'}
            onClick={() => {
              sweeps.start()
            }}
          />
        )
      )}
    </div>
  )
}

function SmallButton({ text, onClick }: { text: string; onClick: () => void }) {
  return (
    <Button size="compact-xs" variant="default" onClick={onClick}>
      {text}
    </Button>
  )
}

const isIncomplete = ({ points }: SweepRun) =>
  points.some(({ stage }) => stage === 'waiting' || stage === 'failed')

/** Counts of what became of the values, those that are not zero. */
export function statusWords({ stage, points }: SweepRun): string {
  const count = (wanted: string) => points.filter((point) => point.stage === wanted).length
  const runs = points.length - count('illegal')
  const troubles = [
    [count('failed'), 'failed'],
    [count('illegal'), 'not legal with the other settings'],
  ] as const
  const said = troubles
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`)
  const opening = stage === 'waiting' ? 'Waits for the run of the network' : doneWords(stage)
  return [`${opening}: ${count('done')} of ${runs} values`, ...said].join(', ')
}

const doneWords = (stage: Exclude<SweepRun['stage'], 'waiting'>) =>
  ({ running: 'Computing', done: 'Done', cancelled: 'Stopped' })[stage]
