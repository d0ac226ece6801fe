import { type NetworkConfig, type NetworkKey, networkFields } from '../../model/config.ts'
import { differingKeys, pinName, swapPin, unpin } from '../../state/pinned.ts'
import { controls } from '../controls/controls.ts'
import { usePage, usePageState } from '../page.ts'

function settingWords(key: NetworkKey, network: NetworkConfig): string {
  const { label, labels } = controls[key]
  const value = network[key]
  if ('isFlag' in networkFields[key]) return `${label} ${value === 1 ? 'on' : 'off'}`
  return `${label} ${labels?.[value] ?? value}`
}

/** What a pinned network has that the present one has not. */
function differenceWords(pin: NetworkConfig, present: NetworkConfig): string {
  const keys = differingKeys(pin, present)
  return keys.length === 0 ? 'same as now' : keys.map((key) => settingWords(key, pin)).join(', ')
}

/** The pinned runs: their numbers in the charts, and in what they differ from what is on show. */
export function PinBar() {
  const pins = usePageState(({ link }) => link.view.pin)
  if (pins.length === 0) return null
  return (
    <ol className="pins" aria-label="Pinned runs">
      {pins.map((pin, i) => (
        <PinRow key={pinName(pin)} pin={pin} number={i + 1} />
      ))}
    </ol>
  )
}

function PinRow({ pin, number }: { pin: NetworkConfig; number: number }) {
  const { store } = usePage()
  const present = usePageState(({ link }) => link.network)
  const run = usePageState(({ pinned }) => pinned[pinName(pin)])
  const words = differenceWords(pin, present)
  return (
    <li>
      <span className="pin-number">{number}</span>
      <span className="pin-words">
        {words}
        {run === undefined && <em> computing…</em>}
        {run === null && <em> the run failed</em>}
      </span>
      <button
        type="button"
        aria-label={`Swap with pinned run ${number}`}
        title="Make this the present network, and pin the present one in its place"
        disabled={pinName(pin) === pinName(present)}
        onClick={() => {
          swapPin(store, pin)
        }}
      >
        Swap
      </button>
      <button
        type="button"
        aria-label={`Unpin run ${number}`}
        onClick={() => {
          unpin(store, pin)
        }}
      >
        Unpin
      </button>
    </li>
  )
}
