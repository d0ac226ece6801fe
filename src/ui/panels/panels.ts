import { charts } from '../../charts/index.ts'
import { changeView } from '../../state/actions.ts'
import type { LinkState, View } from '../../state/fields.ts'
import { advancePanel, chosenPanels, SWEEP_PANEL, togglePanel } from '../../state/panelChoice.ts'
import type { PageStore } from '../../state/store.ts'
import { closeSweep, openSweep } from '../../state/sweepActions.ts'
import { usePageState } from '../page.ts'
import { sweepPanel } from '../sweep/lazySweep.tsx'
import type { Panel } from './panel.ts'
import { theoryPanels } from './theoryPanels.ts'

export const panels: readonly Panel[] = [sweepPanel, ...charts, ...theoryPanels]

/** The sweep is there while the link has one, or names its panel. */
const hasSweep = ({ sweep, charts: names }: View) => sweep !== null || names.includes(SWEEP_PANEL)

/** Ids of the panels that have something to show, as one text: a page compares texts cheaply. */
function knownIn({ view, network }: LinkState): string {
  const hidden = charts.filter(({ appliesTo }) => appliesTo?.(network) === false)
  const known = panels.filter((panel) => panel !== sweepPanel || hasSweep(view))
  return known.flatMap(({ id }) => (hidden.some((chart) => chart.id === id) ? [] : [id])).join(' ')
}

/** What the menu offers beside the panels on show. */
export function useHiddenPanels(): readonly Panel[] {
  const chosen = useChosenPanels()
  const known = usePageState(({ link }) => knownIn(link)).split(' ')
  return panels.filter(
    ({ id }) => !chosen.includes(id) && (known.includes(id) || id === SWEEP_PANEL),
  )
}

function panelsNow(store: PageStore) {
  const { link } = store.getState()
  const { view } = link
  const known = knownIn(link).split(' ')
  return { chosen: chosenPanels(view.charts, known), known }
}

/** Ids of the panels on show, in their order; in a frame of another page one unless the link names more. */
export function useChosenPanels(): readonly string[] {
  const names = usePageState(({ link }) => link.view.charts)
  const isEmbedded = usePageState(({ link }) => link.view.embed === 1)
  const known = usePageState(({ link }) => knownIn(link)).split(' ')
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
