import { Button } from '@mantine/core'
import { type LessonId, lessonIds, lessons } from '../../lessons/lessons.ts'
import { changeView } from '../../state/actions.ts'
import { enterStep } from '../../state/lessonPlace.ts'
import { Dropdown } from '../floating/Dropdown.tsx'
import { usePage } from '../page.ts'

/** The lessons there are; one that is chosen is fetched and begun. */
export function LessonMenu() {
  const { store } = usePage()
  const begin = (id: LessonId) => {
    const place = { lesson: id, step: 1 }
    lessons[id].load().then(
      ([first]) => {
        if (first) enterStep(store, place, first)
      },
      () => {
        // The panel fetches it once more, and says so where that fails.
        changeView(store, place)
      },
    )
  }
  return (
    <Dropdown
      name="Lessons"
      className="presets"
      position="bottom-start"
      width={340}
      button={(opener) => (
        <Button size="compact-sm" variant="default" {...opener}>
          Lessons
        </Button>
      )}
    >
      {(close) =>
        lessonIds.map((id) => (
          <button
            key={id}
            type="button"
            onClick={() => {
              close()
              begin(id)
            }}
          >
            <strong>{lessons[id].title}</strong>
            <span>{lessons[id].about}</span>
            <em>{lessons[id].minutes} minutes</em>
          </button>
        ))
      }
    </Dropdown>
  )
}
