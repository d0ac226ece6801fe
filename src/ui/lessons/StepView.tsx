import { useEffect, useRef } from 'react'
import type { Step } from '../../lessons/lesson.ts'
import { replaceNetwork } from '../../state/actions.ts'
import { networkOfStep } from '../../state/lessonPlace.ts'
import type { PageStore } from '../../state/store.ts'
import { ControlRow } from '../controls/ControlRow.tsx'
import { usePage } from '../page.ts'
import { panels } from '../panels/panels.ts'
import { ChallengeCheck } from './ChallengeCheck.tsx'
import { Prose } from './Prose.tsx'
import { QuestionBox } from './QuestionBox.tsx'

/** One page of a lesson: words, settings to play with, and a question or a challenge. */
export function StepView({ step }: { step: Step }) {
  const { store } = usePage()
  const heading = useHeadingFocus(store)
  const { question, challenge } = step
  return (
    <>
      <h3 tabIndex={-1} ref={heading}>
        {step.title}
      </h3>
      {step.text.map((text) => (
        <Prose key={text} text={text} />
      ))}
      <LookAt step={step} />
      {step.settings.length > 0 && (
        <div className="lesson-settings" role="group" aria-label="Settings of this step">
          {step.settings.map((name) => (
            <ControlRow key={name} name={name} place="lesson" />
          ))}
        </div>
      )}
      {question && (
        <QuestionBox
          question={question}
          onReveal={() => {
            const { shows } = question
            if (shows) replaceNetwork(store, { ...networkOfStep(step), ...shows }, {})
          }}
        />
      )}
      {challenge && <ChallengeCheck challenge={challenge} />}
    </>
  )
}

function LookAt({ step: { look, notice } }: { step: Step }) {
  const title = panels.find(({ id }) => id === look[0])?.title ?? ''
  return (
    <div className="lesson-look">
      <strong>{title}</strong>
      <Prose text={notice} />
    </div>
  )
}

/** Reading goes on at the new step's title, unless the page has only just been opened. */
function useHeadingFocus(store: PageStore) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (store.getState().gesture.id > 0) heading.current?.focus()
  }, [store])
  return heading
}
