import { Button, CloseButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Lesson } from '../../lessons/lesson.ts'
import { type LessonEntry, type LessonId, lessons } from '../../lessons/lessons.ts'
import { closeLesson, enterIfBare, enterStep } from '../../state/lessonPlace.ts'
import { usePage, usePageState } from '../page.ts'
import './lessons.css'
import { StepView } from './StepView.tsx'

/** A lesson beside the live page. */
export function LessonPanel({ id }: { id: LessonId }) {
  const { store } = usePage()
  const entry = lessons[id]
  return (
    <aside className="lesson" aria-label={`Lesson: ${entry.title}`}>
      <div className="panel-head">
        <h2>{entry.title}</h2>
        <CloseButton
          aria-label="Close the lesson"
          onClick={() => {
            closeLesson(store)
          }}
        />
      </div>
      <FetchedLesson key={id} id={id} entry={entry} />
    </aside>
  )
}

function FetchedLesson({ id, entry }: { id: LessonId; entry: LessonEntry }) {
  const lesson = useLesson(entry)
  if (lesson === 'failed')
    return <p role="alert">The lesson could not be fetched. Reload the page to try again.</p>
  return lesson ? <Steps id={id} lesson={lesson} /> : <p>Fetching the lesson…</p>
}

function useLesson({ load }: LessonEntry): Lesson | 'failed' | undefined {
  const [lesson, setLesson] = useState<Lesson | 'failed'>()
  useEffect(() => {
    let isGone = false
    const take = (fetched: Lesson | 'failed') => {
      if (!isGone) setLesson(fetched)
    }
    load().then(take, () => {
      take('failed')
    })
    return () => {
      isGone = true
    }
  }, [load])
  return lesson
}

function Steps({ id, lesson }: { id: LessonId; lesson: Lesson }) {
  const { store } = usePage()
  const number = usePageState(({ link }) => Math.min(link.view.step, lesson.length))
  const step = lesson[number - 1]
  const [round, setRound] = useState(0)
  useEffect(() => {
    const { step: named } = store.getState().link.view
    const scene = lesson[Math.min(named, lesson.length) - 1]
    if (scene) enterIfBare(store, { lesson: id, step: named }, scene)
  }, [store, id, lesson])
  const goTo = (next: number) => {
    const scene = lesson[next - 1]
    setRound(round + 1)
    if (scene) enterStep(store, { lesson: id, step: next }, scene)
  }
  if (!step) return null
  return (
    <>
      <StepDots lesson={lesson} number={number} onGo={goTo} />
      <StepView key={`${number}-${round}`} step={step} />
      <StepButtons number={number} count={lesson.length} onGo={goTo} />
    </>
  )
}

interface StepDotsProps {
  readonly lesson: Lesson
  readonly number: number
  readonly onGo: (number: number) => void
}

function StepDots({ lesson, number, onGo }: StepDotsProps) {
  return (
    <nav aria-label="Steps of the lesson">
      <ol className="lesson-dots">
        {lesson.map(({ title }, i) => (
          <li key={title}>
            <button
              type="button"
              aria-label={`Step ${i + 1}: ${title}`}
              title={title}
              aria-current={i + 1 === number ? 'step' : undefined}
              onClick={() => {
                onGo(i + 1)
              }}
            >
              {i + 1}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface StepButtonsProps {
  readonly number: number
  readonly count: number
  readonly onGo: (number: number) => void
}

function StepButtons({ number, count, onGo }: StepButtonsProps) {
  const { store } = usePage()
  const goBy = (by: number) => () => {
    onGo(number + by)
  }
  return (
    <div className="lesson-buttons">
      <Button size="compact-sm" variant="default" disabled={number === 1} onClick={goBy(-1)}>
        Back
      </Button>
      <Button size="compact-sm" variant="default" onClick={goBy(0)}>
        Start this step over
      </Button>
      {number < count ? (
        <Button size="compact-sm" onClick={goBy(1)}>
          Next
        </Button>
      ) : (
        <Button
          size="compact-sm"
          onClick={() => {
            closeLesson(store)
          }}
        >
          Finish
        </Button>
      )}
    </div>
  )
}
