import { Drawer } from '@mantine/core'
import { ControlPanel } from './controls/ControlPanel.tsx'
import { PanelHead } from './PanelHead.tsx'

/** The settings, where there is no room for them beside the charts. */
export function SettingsDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Drawer.Root opened onClose={onClose} size={320}>
      <Drawer.Overlay />
      <Drawer.Content aria-label="Settings">
        <Drawer.Body>
          <PanelHead title="Settings" onClose={onClose} />
          <ControlPanel />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
