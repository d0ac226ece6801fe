import { CloseButton } from '@mantine/core'

interface PanelHeadProps {
  readonly title: string
  readonly onClose: () => void
}

/** Title and way out of what lies over the page (the library's own would be a second page header). */
export function PanelHead({ title, onClose }: PanelHeadProps) {
  return (
    <div className="panel-head">
      <h2>{title}</h2>
      <CloseButton aria-label="Close" onClick={onClose} />
    </div>
  )
}
