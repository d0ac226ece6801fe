import {
  type ComponentType,
  type KeyboardEvent,
  lazy,
  type PointerEvent,
  type ReactElement,
  Suspense,
  useEffect,
  useState,
} from 'react'
import type { HintPanelProps } from './HintPanel.tsx'

/** What the thing explained is given. */
interface Target {
  readonly ref: (element: HTMLElement | null) => void
  readonly onPointerEnter: (event: PointerEvent) => void
  readonly onPointerLeave: () => void
}

/** What is given to that which takes the focus, or stands around it. */
interface Focusable {
  readonly onKeyUp: (event: KeyboardEvent) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onBlur: () => void
}

interface HintProps extends Omit<HintPanelProps, 'target' | 'isOpen' | 'isReached'> {
  /** How long the pointer rests before it opens, in milliseconds. */
  readonly delay: number
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

/** Has something been so for so long? */
function useHasLasted(isSo: boolean, ms: number): boolean {
  const [hasLasted, setLasted] = useState(false)
  useEffect(() => {
    if (!isSo) return undefined
    const timer = setTimeout(() => {
      setLasted(true)
    }, ms)
    return () => {
      clearTimeout(timer)
      setLasted(false)
    }
  }, [isSo, ms])
  return hasLasted
}

/** Explains something while the pointer rests on it, and when the tabulator comes to it; Escape takes that away. */
export function Hint({ children, delay, ...words }: HintProps) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [isWanted, setWanted] = useState(false)
  const [isOver, setOver] = useState(false)
  const [isReached, setReached] = useState(false)
  const isOpen = useHasLasted(isOver, delay) || isReached
  const onPointerEnter = ({ pointerType }: PointerEvent) => {
    setWanted(true)
    setOver(pointerType !== 'touch')
  }
  const onPointerLeave = () => {
    setOver(false)
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
      {children({ ref: setElement, onPointerEnter, onPointerLeave }, focusable)}
      {(isWanted || isReached) && element && (
        <Suspense fallback={null}>
          <HintPanel {...words} {...{ isOpen, isReached }} target={element} />
        </Suspense>
      )}
    </>
  )
}
