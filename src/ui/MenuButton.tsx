import { Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactElement, useState } from 'react'

export interface MenuItem {
  readonly label: string
  /** Why it cannot be done here, if so. */
  readonly obstacle?: string | undefined
  /** Does it; what is said afterwards, or nothing and the menu closes. Gets the item that was pressed. */
  readonly run: (item: Element, say: (words: string) => void) => Promise<string>
}

interface MenuButtonProps {
  /** What the menu is called. */
  readonly name: string
  readonly items: readonly MenuItem[]
  /** The button that opens it. */
  readonly button: (toggle: () => void) => ReactElement
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A button with a menu of things to do; what came of the last of them stands below. */
export function MenuButton({ name, items, button }: MenuButtonProps) {
  const [isOpen, { close, toggle }] = useDisclosure()
  const [outcome, setOutcome] = useState('')
  const finish = (words: string) => {
    setOutcome(words)
    if (words === '') close()
  }
  return (
    <Popover
      opened={isOpen}
      onDismiss={close}
      onOpen={() => {
        setOutcome('')
      }}
      position="bottom-end"
      shadow="md"
      withinPortal={false}
      trapFocus
    >
      <Popover.Target>{button(toggle)}</Popover.Target>
      <Popover.Dropdown className="menu" aria-label={name}>
        {items.map(({ label, obstacle, run }) => (
          <button
            key={label}
            type="button"
            disabled={obstacle !== undefined}
            title={obstacle}
            onClick={({ currentTarget }) => {
              run(currentTarget, setOutcome).then(finish, (error: unknown) => {
                finish(wordsOf(error))
              })
            }}
          >
            {label}
            {obstacle !== undefined && <small> ({obstacle})</small>}
          </button>
        ))}
        {outcome !== '' && <p aria-live="polite">{outcome}</p>}
      </Popover.Dropdown>
    </Popover>
  )
}
