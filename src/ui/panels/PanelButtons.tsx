import { memo } from 'react'
import { usePage, usePageState } from '../page.ts'
import type { Panel } from './panel.ts'
import { toggle } from './panels.ts'

interface PanelButtonsProps {
  readonly panel: Panel
  readonly isAlone: boolean
  /** Shows this panel alone, or goes back to what was shown before. */
  readonly onEnlarge: (id: string) => void
}

/** Buttons in the head of a panel: large and back, away. */
export const PanelButtons = memo(function PanelButtons(props: PanelButtonsProps) {
  const { store } = usePage()
  const { panel, isAlone, onEnlarge } = props
  const isEmbedded = usePageState(({ link }) => link.view.embed === 1)
  if (isEmbedded) return null
  const name = isAlone ? 'Back to the other charts' : `Enlarge: ${panel.title}`
  return (
    <>
      <button
        type="button"
        className="chart-switch chart-icon"
        aria-label={name}
        title={name}
        onClick={() => {
          onEnlarge(panel.id)
        }}
      >
        {isAlone ? '⤡' : '⤢'}
      </button>
      {!isAlone && (
        <button
          type="button"
          className="chart-switch chart-icon"
          aria-label={`Hide: ${panel.title}`}
          title={`Hide: ${panel.title} (bring it back under Charts)`}
          onClick={() => {
            toggle(store, panel.id)
          }}
        >
          ×
        </button>
      )}
    </>
  )
})
