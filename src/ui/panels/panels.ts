import { charts } from '../../charts/index.ts'
import { changeView } from '../../state/actions.ts'
import type { View } from '../../state/fields.ts'
import { advancePanel, chosenPanels, SWEEP_PANEL, togglePanel } from '../../state/panelChoice.ts'
import type { PageStore } from '../../state/store.ts'
import { closeSweep, openSweep } from '../../state/sweepActions.ts'
import { usePageState } from '../page.ts'
import { sweepPanel } from '../sweep/SweepPanel.tsx'
import type { Panel } from './panel.ts'
import { theoryPanels } from './theoryPanels.ts'

const alwaysThere: readonly Panel[] = [...charts, ...theoryPanels]
export const panels: readonly Panel[] = [sweepPanel, ...alwaysThere]
const ids = panels.map(({ id }) => id)
const idsWithoutSweep = alwaysThere.map(({ id }) => id)

/** The sweep is there while the link has one, or names its panel. */
const hasSweep = ({ sweep, charts: names }: View) => sweep !== null || names.includes(SWEEP_PANEL)
const knownIn = (view: View) => (hasSweep(view) ? ids : idsWithoutSweep)

function panelsNow(store: PageStore) {
  const { view } = store.getState().link
  const known = knownIn(view)
  return { chosen: chosenPanels(view.charts, known), known }
}

/** Ids of the panels on show, in their order; in a frame of another page one unless the link names more. */
export function useChosenPanels(): readonly string[] {
  const names = usePageState(({ link }) => link.view.charts)
  const isEmbedded = usePageState(({ link }) => link.view.embed === 1)
  const known = usePageState(({ link }) => knownIn(link.view))
  const chosen = chosenPanels(names, known)
  const isNamed = names.some((name) => known.includes(name))
  return isEmbedded && !isNamed ? chosen.slice(0, 1) : chosen
}

export function toggle(store: PageStore, id: string): void {
  const { chosen, known } = panelsNow(store)
  if (id !== SWEEP_PANEL) changeView(store, { charts: togglePanel(chosen, known, id) })
  else if (chosen.includes(id)) closeSweep(store)
  else openSweep(store)
}

export function advance(store: PageStore, id: string): void {
  const { chosen, known } = panelsNow(store)
  changeView(store, { charts: advancePanel(chosen, known, id) })
}
