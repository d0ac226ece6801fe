import {
  type ComponentType,
  type KeyboardEvent,
  lazy,
  type ReactElement,
  Suspense,
  useState,
} from 'react'
import type { HintPanelProps } from './HintPanel.tsx'

/** What the thing explained is given. */
interface Target {
  readonly ref: (element: HTMLElement | null) => void
  readonly onPointerEnter: () => void
}

/** What is given to that which takes the focus, or stands around it. */
interface Focusable {
  readonly onKeyUp: (event: KeyboardEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onBlur: () => void
}

interface HintProps extends Omit<HintPanelProps, 'target' | 'isReached'> {
  /** The thing explained. */
  readonly children: (target: Target, focusable: Focusable) => ReactElement
}

/** Fetched when the pointer or the tabulator first comes to something explained; without it, nothing is explained. */
const HintPanel = lazy(async (): Promise<{ default: ComponentType<HintPanelProps> }> => {
  try {
    return { default: (await import('./HintPanel.tsx')).HintPanel }
  } catch {
    return { default: () => null }
  }
})

/** Explains something while the pointer rests on it, and when the tabulator comes to it; Escape takes that away. */
export function Hint({ children, ...words }: HintProps) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [isNear, setNear] = useState(false)
  const [isReached, setReached] = useState(false)
  const onPointerEnter = () => {
    setNear(true)
  }
  const leave = () => {
    setReached(false)
  }
  const focusable: Focusable = {
    // The key that brought the focus here is let go here; a pointer that brings it lets go of none.
    onKeyUp: ({ key }) => {
      if (key === 'Tab') setReached(true)
    },
    onKeyDown: ({ key }) => {
      if (key === 'Escape') leave()
    },
    onBlur: leave,
  }
  return (
    <>
      {children({ ref: setElement, onPointerEnter }, focusable)}
      {(isNear || isReached) && element && (
        <Suspense fallback={null}>
          <HintPanel {...words} {...{ isReached }} target={element} />
        </Suspense>
      )}
    </>
  )
}
