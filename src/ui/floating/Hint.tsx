import { type ComponentType, lazy, type ReactElement, Suspense, useState } from 'react'
import type { HintPanelProps } from './HintPanel.tsx'

/** What the thing explained is given. */
interface Target {
  readonly ref: (element: HTMLElement | null) => void
  readonly onPointerEnter: () => void
}

interface HintProps extends Omit<HintPanelProps, 'target'> {
  /** The thing explained. */
  readonly children: (target: Target) => ReactElement
}

/** Fetched when the pointer first comes to something explained; without it, nothing is explained. */
const HintPanel = lazy(async (): Promise<{ default: ComponentType<HintPanelProps> }> => {
  try {
    return { default: (await import('./HintPanel.tsx')).HintPanel }
  } catch {
    return { default: () => null }
  }
})

/** Explains something while the pointer rests on it. */
export function Hint({ children, ...words }: HintProps) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [isNear, setNear] = useState(false)
  const onPointerEnter = () => {
    setNear(true)
  }
  return (
    <>
      {children({ ref: setElement, onPointerEnter })}
      {isNear && element && (
        <Suspense fallback={null}>
          <HintPanel {...words} target={element} />
        </Suspense>
      )}
    </>
  )
}
