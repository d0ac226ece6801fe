import { Tooltip } from '@mantine/core'

export interface HintPanelProps {
  readonly label: string
  readonly width: number
  readonly position: 'right' | 'top'
  /** How long the pointer rests before it opens, in milliseconds. */
  readonly delay: number
  readonly target: HTMLElement
}

export function HintPanel({ label, width, position, delay, target }: HintPanelProps) {
  return <Tooltip {...{ label, position, target }} w={width} openDelay={delay} multiline />
}
