import type { ComponentType, ReactNode } from 'react'
import type { Panel } from './panel.ts'

/** What the page gives a panel that is drawn from the settings, whatever was measured. */
export interface TheoryPanelProps {
  /** Room for the drawing, in pixels. */
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
  /** Buttons for the panel's head. */
  readonly actions: ReactNode
}

/** A panel that is drawn from theory alone: it has its place among the charts, and their head. */
export interface TheoryPanel extends Panel {
  readonly Component: ComponentType<TheoryPanelProps>
}
