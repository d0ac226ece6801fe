import { charts } from '../../charts/index.ts'
import { changeView } from '../../state/actions.ts'
import { advancePanel, chosenPanels, togglePanel } from '../../state/panelChoice.ts'
import type { PageStore } from '../../state/store.ts'
import { usePageState } from '../page.ts'
import type { Panel } from './panel.ts'
import { theoryPanels } from './theoryPanels.ts'

export const panels: readonly Panel[] = [...charts, ...theoryPanels]
const known = panels.map(({ id }) => id)

const chosenNow = (store: PageStore) => chosenPanels(store.getState().link.view.charts, known)

/** Ids of the panels on show, in their order; in a frame of another page one unless the link names more. */
export function useChosenPanels(): readonly string[] {
  const names = usePageState(({ link }) => link.view.charts)
  const isEmbedded = usePageState(({ link }) => link.view.embed === 1)
  const chosen = chosenPanels(names, known)
  const isNamed = names.some((name) => known.includes(name))
  return isEmbedded && !isNamed ? chosen.slice(0, 1) : chosen
}

export function toggle(store: PageStore, id: string): void {
  changeView(store, { charts: togglePanel(chosenNow(store), known, id) })
}

export function advance(store: PageStore, id: string): void {
  changeView(store, { charts: advancePanel(chosenNow(store), known, id) })
}
