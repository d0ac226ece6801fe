import { type NetworkKey } from '../model/config.ts'
import { changeNetwork, changeView } from './actions.ts'
import { withoutSweepPanel, withSweepPanel } from './panelChoice.ts'
import type { PageStore } from './store.ts'
import type { Sweep, SweptValue } from './sweepField.ts'
import { DEFAULT_QUANTITY } from './sweepQuantities.ts'
import { suggestedValues } from './sweepValues.ts'

/** A sweep over a key to begin with. */
const sweepOver = (
  key: NetworkKey,
  { quantity = DEFAULT_QUANTITY }: Partial<Sweep> = {},
): Sweep => ({
  key,
  values: suggestedValues(key),
  quantity,
})

/** Opens the panel, with a sweep over the depth where the link has none. */
export function openSweep(store: PageStore): void {
  const { sweep, charts } = store.getState().link.view
  changeView(store, { sweep: sweep ?? sweepOver('depth'), charts: withSweepPanel(charts) })
}

/** Closes the panel; the link loses its sweep. */
export function closeSweep(store: PageStore): void {
  const { charts } = store.getState().link.view
  changeView(store, { sweep: null, charts: withoutSweepPanel(charts) })
}

/** Varies another key, over values that suit it. */
export function sweepKey(store: PageStore, key: NetworkKey): void {
  const { sweep } = store.getState().link.view
  changeView(store, { sweep: sweepOver(key, sweep ?? {}) })
}

/** Changes the values, or what is drawn. */
export function changeSweep(store: PageStore, changes: Partial<Omit<Sweep, 'key'>>): void {
  const { sweep } = store.getState().link.view
  if (sweep) changeView(store, { sweep: { ...sweep, ...changes } })
}

/** Gives the network a value of the sweep. */
export function applySwept(store: PageStore, key: NetworkKey, value: SweptValue): void {
  changeNetwork(store, { [key]: value })
}
