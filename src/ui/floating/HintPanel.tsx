import { Tooltip } from '@mantine/core'

export interface HintPanelProps {
  readonly label: string
  readonly width: number
  readonly position: 'right' | 'top'
  readonly target: HTMLElement
  readonly isOpen: boolean
  /** Has the tabulator come to it? Then it stands above its target, so that what has the focus is seen. */
  readonly isReached: boolean
}

export function HintPanel(props: HintPanelProps) {
  const { label, width, target, isOpen, isReached } = props
  const position = isReached ? 'top-start' : props.position
  return <Tooltip {...{ label, target, position }} opened={isOpen} w={width} multiline />
}
