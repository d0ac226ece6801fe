import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Question } from '../../lessons/lesson.ts'
import { Prose } from './Prose.tsx'

interface QuestionBoxProps {
  readonly question: Question
  /** Lets the charts show the answer. */
  readonly onReveal: () => void
}

/** Something to think about first; the answer is in words and in the charts. */
export function QuestionBox({ question, onReveal }: QuestionBoxProps) {
  const [isRevealed, setRevealed] = useState(false)
  return (
    <section className="lesson-box" aria-label="Question">
      <h4>Before you look</h4>
      <Prose text={question.ask} />
      {!isRevealed && (
        <Button
          size="compact-sm"
          onClick={() => {
            setRevealed(true)
            onReveal()
          }}
        >
          Show the answer
        </Button>
      )}
      <div aria-live="polite">{isRevealed && <Prose text={question.answer} />}</div>
    </section>
  )
}
