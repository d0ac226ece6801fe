import { Button } from '@mantine/core'
import { changeNetwork, resetNetwork } from '../../state/actions.ts'
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
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          resetNetwork(store)
        }}
      >
        Reset all settings
      </Button>
    </div>
  )
}
