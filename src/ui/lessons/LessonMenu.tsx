import { Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type LessonId, lessonIds, lessons } from '../../lessons/lessons.ts'
import { changeView } from '../../state/actions.ts'
import { enterStep } from '../../state/lessonPlace.ts'
import { usePage } from '../page.ts'

/** The lessons there are; one that is chosen is fetched and begun. */
export function LessonMenu() {
  const { store } = usePage()
  const [isOpen, { close, toggle }] = useDisclosure()
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
    <Popover
      opened={isOpen}
      onDismiss={close}
      width={340}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      trapFocus
    >
      <Popover.Target>
        <Button size="compact-sm" variant="default" onClick={toggle}>
          Lessons
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="presets" aria-label="Lessons">
        {lessonIds.map((id) => (
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
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
