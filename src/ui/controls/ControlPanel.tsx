import { Button } from '@mantine/core'
import { changeNetwork, resetNetwork } from '../../state/actions.ts'
import { redo, undo } from '../browser.ts'
import { newSeed } from '../newSeed.ts'
import { usePage } from '../page.ts'
import { LayerEquation } from '../LayerEquation.tsx'
import { ControlRow } from './ControlRow.tsx'
import { groups, keysOf } from './controls.ts'

/** Everything that describes the network. */
export function ControlPanel() {
  const { store } = usePage()
  return (
    <div className="control-panel">
      <LayerEquation />
      {groups.map((group) => (
        <fieldset key={group} className="control-group">
          <legend>{group}</legend>
          {keysOf(group).map((key) => (
            <ControlRow key={key} name={key} />
          ))}
          {group === 'Seed' && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                changeNetwork(store, { seed: newSeed() })
              }}
            >
              New seed
            </Button>
          )}
        </fieldset>
      ))}
      <div className="control-buttons">
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            resetNetwork(store)
          }}
        >
          Reset all settings
        </Button>
        <Button size="compact-xs" variant="default" title="Ctrl Z" onClick={undo}>
          Undo
        </Button>
        <Button size="compact-xs" variant="default" title="Ctrl Shift Z" onClick={redo}>
          Redo
        </Button>
      </div>
    </div>
  )
}
