import { changeView } from './actions.ts'
import type { PageState, PageStore } from './store.ts'

/** The top layer: of the run on show, or of the settings while there is none. */
export function topLayer({ shown, link }: PageState): number {
  return shown?.start.depth ?? link.network.depth
}

/** The layer under the cursor: what the link says, the top layer where it says nothing. */
export function cursorLayer(state: PageState): number {
  const top = topLayer(state)
  return Math.min(state.link.view.layer ?? top, top)
}

/** Moves the cursor; past either end it stops there. The top layer is the default and not written. */
export function moveCursor(store: PageStore, layer: number): void {
  const state = store.getState()
  const top = topLayer(state)
  const clamped = Math.max(0, Math.min(top, Math.round(layer)))
  const next = clamped === top ? null : clamped
  if (next !== state.link.view.layer) changeView(store, { layer: next })
}
