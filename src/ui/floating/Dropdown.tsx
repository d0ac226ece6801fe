import { useDisclosure } from '@mantine/hooks'
import { lazy, type ReactElement, type ReactNode, Suspense, useId, useState } from 'react'
import type { DropdownPanelProps } from './DropdownPanel.tsx'

/** What the button of a dropdown is given. */
interface Opener {
  readonly ref: (button: HTMLElement | null) => void
  readonly id: string
  readonly 'aria-haspopup': 'dialog'
  readonly 'aria-expanded': boolean
  readonly 'aria-controls': string | undefined
  readonly onClick: () => void
  readonly onPointerEnter: () => void
  readonly onFocus: () => void
}

type Looks = Pick<DropdownPanelProps, 'name' | 'className' | 'position' | 'width'>

interface DropdownProps extends Looks {
  /** The button that opens it. */
  readonly button: (opener: Opener) => ReactElement
  readonly onOpen?: () => void
  /** What stands in it; gets what closes it. */
  readonly children: (close: () => void) => ReactNode
}

/** Fetched when the pointer or the focus comes to a button that needs it. */
const DropdownPanel = lazy(async () => {
  try {
    return { default: (await import('./DropdownPanel.tsx')).DropdownPanel }
  } catch {
    return { default: Unfetched }
  }
})

/** A button, and what opens below it. */
export function Dropdown({ button, onOpen, children, ...looks }: DropdownProps) {
  const id = useId()
  const [target, setTarget] = useState<HTMLElement | null>(null)
  const [isNear, { open: approach }] = useDisclosure()
  const [isOpen, { close, toggle }] = useDisclosure(false, onOpen && { onOpen })
  // What had the focus inside is gone then: the keyboard goes on from the button.
  const leave = () => {
    close()
    target?.focus()
  }
  return (
    <>
      {button({
        ref: setTarget,
        id,
        'aria-haspopup': 'dialog',
        'aria-expanded': isOpen,
        'aria-controls': isOpen ? panelId(id) : undefined,
        onClick: toggle,
        onPointerEnter: approach,
        onFocus: approach,
      })}
      {(isNear || isOpen) && target && (
        <Suspense fallback={isOpen && <Below target={target}>Fetching…</Below>}>
          <DropdownPanel {...looks} {...{ id, target, isOpen }} onClose={close}>
            {children(leave)}
          </DropdownPanel>
        </Suspense>
      )}
    </>
  )
}

/** The id that the panel below the button of an id has. */
const panelId = (id: string) => `${id}-dropdown`

function Unfetched({ isOpen, target }: DropdownPanelProps) {
  return isOpen && <Below target={target}>Not fetched: check the connection, then reload.</Below>
}

/** A few words where the panel will stand. */
function Below({ target, children }: { target: HTMLElement; children: string }) {
  const place = { left: target.offsetLeft, top: target.offsetTop + target.offsetHeight }
  return (
    <span className="dropdown-words" role="status" style={place}>
      {children}
    </span>
  )
}
