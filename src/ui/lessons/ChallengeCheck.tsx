import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Challenge } from '../../lessons/lesson.ts'
import { type Checked, checkConditions, readingsOf } from '../../state/challenge.ts'
import { usePageState } from '../page.ts'
import { Prose } from './Prose.tsx'

/** A task whose conditions are checked against every run. */
export function ChallengeCheck({ challenge }: { challenge: Challenge }) {
  const network = usePageState(({ link }) => link.network)
  const shown = usePageState((state) => state.shown)
  const checked = useMemo(
    () => checkConditions(challenge.conditions, network, readingsOf(shown, network)),
    [challenge, network, shown],
  )
  return (
    <section className="lesson-box" aria-label="Challenge" data-solved={isSolved(checked)}>
      <h4>Challenge</h4>
      <Prose text={challenge.goal} />
      <ul className="lesson-conditions">
        {checked.map((condition) => (
          <ConditionRow key={condition.text} {...condition} />
        ))}
      </ul>
      <p role="status" className="lesson-verdict">
        {verdict(checked)}
      </p>
      <Hint text={challenge.hint} />
    </section>
  )
}

const isSolved = (checked: readonly Checked[]) => checked.every(({ state }) => state === 'met')

function verdict(checked: readonly Checked[]): string {
  if (isSolved(checked)) return 'Solved. All conditions hold.'
  if (checked.some(({ state }) => state === 'unknown')) return 'Checking…'
  const met = checked.filter(({ state }) => state === 'met').length
  return `Not yet: ${met} of ${checked.length} conditions hold.`
}

const marks: Readonly<Record<Checked['state'], { readonly sign: string; readonly word: string }>> =
  {
    met: { sign: '✓', word: 'holds' },
    unmet: { sign: '✗', word: 'does not hold' },
    unknown: { sign: '…', word: 'is being checked' },
  }

function ConditionRow({ text, state, reading }: Checked) {
  return (
    <li data-state={state}>
      <span role="img" aria-label={marks[state].word}>
        {marks[state].sign}
      </span>
      <span>
        {text}
        {reading !== '' && <strong>, now {reading}</strong>}
      </span>
    </li>
  )
}

function Hint({ text }: { text: string }) {
  const [isShown, setShown] = useState(false)
  if (isShown) return <Prose text={text} />
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => {
        setShown(true)
      }}
    >
      Hint
    </Button>
  )
}
