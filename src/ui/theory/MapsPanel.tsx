import { Cobweb } from '../../charts/cobweb.tsx'
import { CARD_PANELS } from '../../state/card.ts'
import { usePageState } from '../page.ts'
import type { TheoryPanel, TheoryPanelProps } from '../panels/theoryPanel.ts'

/** The maps of a layer of the present settings. */
function MapsPanel({ width, height, actions }: TheoryPanelProps) {
  const card = usePageState((state) => state.card)
  const isGiven = usePageState(({ shown }) => shown !== null && shown.files.weights !== null)
  const { title, reading } = mapsPanel
  return (
    <Cobweb
      {...{ title, reading, width, height, actions }}
      maps={card?.maps ?? null}
      message={isGiven ? 'No prediction: the weights come from a file.' : undefined}
    />
  )
}

export const mapsPanel: TheoryPanel = {
  id: CARD_PANELS.maps,
  title: 'Layer by layer to a fixed point',
  reading:
    'What one layer makes of the variance q of its inputs and of the correlation c of two of them; the staircase goes up to the map and across to the diagonal, once a layer.',
  Component: MapsPanel,
}
