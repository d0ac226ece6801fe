import { Popover, type PopoverProps } from '@mantine/core'
import { type ReactNode, type Ref, useLayoutEffect, useState } from 'react'

export interface DropdownPanelProps {
  /** What it is called. */
  readonly name: string
  readonly className: string
  readonly position: NonNullable<PopoverProps['position']>
  readonly width?: number
  /** The button below which it stands, and the button's id. */
  readonly target: HTMLElement
  readonly id: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The part of a dropdown that keeps itself inside the window, and the focus inside itself. */
export function DropdownPanel({ target, isOpen, onClose, children, ...looks }: DropdownPanelProps) {
  const { name, className, id, position, width = 'max-content' } = looks
  // Opened once it knows where: the focus goes back to the button only from a panel that was closed.
  const [isPlaced, setPlaced] = useState(false)
  return (
    <Popover
      opened={isOpen && isPlaced}
      onDismiss={onClose}
      shadow="md"
      withinPortal={false}
      trapFocus
      {...{ id, position, width }}
    >
      <Popover.Target>
        <Place target={target} onPlaced={setPlaced} />
      </Popover.Target>
      <Popover.Dropdown className={className} aria-label={name}>
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

interface PlaceProps {
  readonly target: HTMLElement
  readonly onPlaced: (isPlaced: boolean) => void
  readonly ref?: Ref<HTMLElement>
}

/** Stands for a button that is drawn elsewhere. */
function Place({ target, onPlaced, ref }: PlaceProps) {
  useLayoutEffect(() => {
    if (typeof ref === 'function') ref(target)
    onPlaced(true)
  }, [ref, target, onPlaced])
  return null
}
