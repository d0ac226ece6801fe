import { Tooltip } from '@mantine/core'

export interface HintPanelProps {
  readonly label: string
  readonly width: number
  readonly position: 'right' | 'top'
  /** How long the pointer rests before it opens, in milliseconds. */
  readonly delay: number
  readonly target: HTMLElement
  /** Has the tabulator come to it? Then it is open, above its target, so that what has the focus is seen. */
  readonly isReached: boolean
}

export function HintPanel(props: HintPanelProps) {
  const { label, width, position, delay, target, isReached } = props
  const reached = isReached ? ({ opened: true, position: 'top-start' } as const) : { position }
  return <Tooltip {...{ label, target }} {...reached} w={width} openDelay={delay} multiline />
}
