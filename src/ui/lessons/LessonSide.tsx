import { lazy, Suspense } from 'react'
import { isLessonId } from '../../lessons/lessons.ts'
import { usePageState } from '../page.ts'

const LessonPanel = lazy(async () => ({
  default: (await import('./LessonPanel.tsx')).LessonPanel,
}))

/** The lesson that the link names, fetched when there is one. */
export function LessonSide() {
  const name = usePageState(({ link }) => link.view.lesson)
  if (name === null) return null
  if (!isLessonId(name))
    return (
      <aside className="lesson-missing" aria-label="Lesson">
        There is no lesson called {name}.
      </aside>
    )
  return (
    <Suspense fallback={<aside className="lesson" aria-label="Lesson" />}>
      <LessonPanel id={name} />
    </Suspense>
  )
}
