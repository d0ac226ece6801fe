import { type ComponentProps, useState } from 'react'
import { Dropdown } from './floating/Dropdown.tsx'

export interface MenuItem {
  readonly label: string
  /** Why it cannot be done here, if so. */
  readonly obstacle?: string | undefined
  /** Does it; what is said afterwards, or nothing and the menu closes. Gets the item that was pressed. */
  readonly run: (item: Element, say: (words: string) => void) => Promise<string>
}

interface MenuButtonProps extends Pick<ComponentProps<typeof Dropdown>, 'button'> {
  /** What the menu is called. */
  readonly name: string
  readonly items: readonly MenuItem[]
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A button with a menu of things to do; what came of the last of them stands below. */
export function MenuButton({ name, items, button }: MenuButtonProps) {
  const [outcome, setOutcome] = useState('')
  const forget = () => {
    setOutcome('')
  }
  return (
    <Dropdown {...{ name, button }} className="menu" position="bottom-end" onOpen={forget}>
      {(close) => <Items {...{ items, outcome, setOutcome, close }} />}
    </Dropdown>
  )
}

interface ItemsProps extends Pick<MenuButtonProps, 'items'> {
  readonly outcome: string
  readonly setOutcome: (words: string) => void
  readonly close: () => void
}

function Items({ items, outcome, setOutcome, close }: ItemsProps) {
  const finish = (words: string) => {
    setOutcome(words)
    if (words === '') close()
  }
  return (
    <>
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
    </>
  )
}
