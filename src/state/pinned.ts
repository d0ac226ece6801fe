import { type NetworkConfig, type NetworkKey, networkKeys } from '../model/config.ts'
import { changeView, replaceNetwork } from './actions.ts'
import { MAX_PINS } from './fields.ts'
import { fileWords } from './files.ts'
import { pinnedNetwork } from './pins.ts'
import type { PinnedRun } from './run.ts'
import type { PageState, PageStore } from './store.ts'

/** The name by which a network is known among the pinned ones: its text in the link. */
export const pinName = (network: NetworkConfig): string => pinnedNetwork.format(network)

export function isPinned({ link }: PageState, network: NetworkConfig): boolean {
  return link.view.pin.some((pin) => pinName(pin) === pinName(network))
}

/** Is there a place for the present network among the pinned ones? */
export function canPin(state: PageState): boolean {
  return state.link.view.pin.length < MAX_PINS && !isPinned(state, state.link.network)
}

/** A pinned network that no run is known of. */
export function missingPin({ link, pinned }: PageState): NetworkConfig | undefined {
  return link.view.pin.find((pin) => !Object.hasOwn(pinned, pinName(pin)))
}

/** Remembers the run of a network, and forgets those that are pinned no more. */
export function keepPinned(store: PageStore, network: NetworkConfig, run: PinnedRun | null): void {
  const { link, pinned } = store.getState()
  const names = new Set(link.view.pin.map(pinName))
  const kept = Object.entries(pinned).filter(([name]) => names.has(name))
  store.setState({ pinned: { ...Object.fromEntries(kept), [pinName(network)]: run } })
}

/** The run on show stands for its network as soon as it has gone to its end. */
function keepShown(store: PageStore): void {
  const { shown, link } = store.getState()
  // What comes from a file is not what the link of the network gives.
  if (!shown?.timing || fileWords(shown.files) !== '') return
  if (pinName(shown.config) !== pinName(link.network)) return
  keepPinned(store, link.network, { depth: shown.start.depth, rows: shown.rows })
}

/** Pins the present network; does nothing where it is pinned already or there is no place left. */
export function pinPresent(store: PageStore): void {
  const state = store.getState()
  if (!canPin(state)) return
  keepShown(store)
  changeView(store, { pin: [...state.link.view.pin, state.link.network] })
}

export function unpin(store: PageStore, network: NetworkConfig): void {
  const { pin } = store.getState().link.view
  changeView(store, { pin: pin.filter((other) => other !== network) })
}

/** The pinned network becomes the present one, and the present one takes its place. */
export function swapPin(store: PageStore, network: NetworkConfig): void {
  const { link } = store.getState()
  if (pinName(network) === pinName(link.network)) return
  const { layer } = link.view
  const rest = link.view.pin.filter((pin) => pinName(pin) !== pinName(link.network))
  const pin = rest.map((other) => (other === network ? link.network : other))
  keepShown(store)
  replaceNetwork(store, network, {
    pin,
    preset: null,
    layer: layer !== null && layer < network.depth ? layer : null,
  })
}

/** The keys in which two networks differ, in the table's order. */
export function differingKeys(one: NetworkConfig, other: NetworkConfig): readonly NetworkKey[] {
  return networkKeys.filter((key) => one[key] !== other[key])
}
