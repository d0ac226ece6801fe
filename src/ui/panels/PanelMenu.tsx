import { Button } from '@mantine/core'
import { changeView } from '../../state/actions.ts'
import { SWEEP_PANEL } from '../../state/panelChoice.ts'
import { Dropdown } from '../floating/Dropdown.tsx'
import { usePage } from '../page.ts'
import type { Panel } from './panel.ts'
import { advance, panels, toggle, useChosenPanels, useHiddenPanels } from './panels.ts'

/** Which charts are on show, and in which order. */
export function PanelMenu() {
  return (
    <Dropdown
      name="Charts on show"
      className="menu"
      position="bottom-end"
      button={(opener) => (
        <Button size="compact-sm" variant="default" {...opener}>
          Charts
        </Button>
      )}
    >
      {() => <PanelList />}
    </Dropdown>
  )
}

function PanelList() {
  const { store } = usePage()
  const chosen = useChosenPanels()
  const shown = chosen.flatMap((id) => panels.filter((panel) => panel.id === id))
  const hidden = useHiddenPanels()
  return (
    <>
      <ul className="panel-list">
        {[...shown, ...hidden].map((panel) => (
          <PanelRow
            key={panel.id}
            panel={panel}
            place={chosen.indexOf(panel.id)}
            isLast={chosen.length === 1 && chosen[0] === panel.id}
          />
        ))}
      </ul>
      <button
        type="button"
        disabled={hidden.every(({ id }) => id === SWEEP_PANEL)}
        onClick={() => {
          changeView(store, { charts: [] })
        }}
      >
        Show all
      </button>
    </>
  )
}

interface PanelRowProps {
  readonly panel: Panel
  /** Among those on show; -1 where it is hidden. */
  readonly place: number
  /** The last one on show cannot be hidden. */
  readonly isLast: boolean
}

function PanelRow({ panel: { id, title }, place, isLast }: PanelRowProps) {
  const { store } = usePage()
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={place >= 0}
          disabled={isLast}
          onChange={() => {
            toggle(store, id)
          }}
        />
        {title}
      </label>
      <button
        type="button"
        aria-label={`Move up: ${title}`}
        disabled={place < 1}
        onClick={() => {
          advance(store, id)
        }}
      >
        ↑
      </button>
    </li>
  )
}
