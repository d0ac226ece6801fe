import { type ComponentProps, useEffect, useState } from 'react'
import { Dropdown } from './floating/Dropdown.tsx'

export interface MenuItem {
  readonly label: string
  /** Why it cannot be done here, if so. */
  readonly obstacle?: string | undefined
  /** Does it take so long that it can be stopped? */
  readonly isLong?: true
  /** Does it; what is said afterwards, or nothing and the menu closes. */
  readonly run: (work: Work) => Promise<string>
}

/** What an item is given when it is pressed. */
export interface Work {
  /** The item itself. */
  readonly item: Element
  /** Says how far it is. */
  readonly say: (words: string) => void
  /** Gives the word to stop: from the button, or because the menu was closed. */
  readonly signal: AbortSignal
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
  const [work, setWork] = useState<AbortController | null>(null)
  // Whoever closes the menu, by Escape or a click beside it, wants no more of what it does.
  useEffect(() => () => work?.abort(), [work])
  const start = ({ run, isLong }: MenuItem, item: Element) => {
    const controller = new AbortController()
    const { signal } = controller
    const finish = (words: string) => {
      if (signal.aborted) return
      setWork(null)
      setOutcome(words)
      if (words === '') close()
    }
    if (isLong) setWork(controller)
    const say = (words: string) => {
      if (!signal.aborted) setOutcome(words)
    }
    run({ item, signal, say }).then(finish, (error: unknown) => {
      finish(wordsOf(error))
    })
  }
  return (
    <>
      {items.map((item) => (
        <ItemButton key={item.label} {...{ item, start }} isBusy={work !== null} />
      ))}
      {outcome !== '' && <p aria-live="polite">{outcome}</p>}
      {work && (
        <button
          type="button"
          autoFocus
          onClick={() => {
            work.abort()
            close()
          }}
        >
          Cancel
        </button>
      )}
    </>
  )
}

interface ItemButtonProps {
  readonly item: MenuItem
  readonly start: (item: MenuItem, button: Element) => void
  /** Is another one at work? */
  readonly isBusy: boolean
}

function ItemButton({ item, start, isBusy }: ItemButtonProps) {
  const { label, obstacle } = item
  return (
    <button
      type="button"
      disabled={isBusy || obstacle !== undefined}
      title={obstacle}
      onClick={({ currentTarget }) => {
        start(item, currentTarget)
      }}
    >
      {label}
      {obstacle !== undefined && <small> ({obstacle})</small>}
    </button>
  )
}
