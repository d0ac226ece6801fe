import { ActivationCard } from '../../charts/activationCard.tsx'
import { CARD_PANELS } from '../../state/card.ts'
import { usePageState } from '../page.ts'
import type { TheoryPanel, TheoryPanelProps } from '../panels/theoryPanel.ts'

/** The activation of the present settings and its constants. */
function ActivationPanel({ width, height, actions }: TheoryPanelProps) {
  const card = usePageState((state) => state.card)
  const config = usePageState(({ link }) => link.network)
  const { title, reading } = activationPanel
  return (
    <ActivationCard
      {...{ title, reading, width, height, actions }}
      config={card?.config ?? config}
      constants={card?.card ?? null}
    />
  )
}

export const activationPanel: TheoryPanel = {
  id: CARD_PANELS.constants,
  title: 'Activation',
  reading:
    'The activation (blue) and its slope (orange) over the weight of what enters it (grey), and the numbers that decide how signal and gradient grow.',
  Component: ActivationPanel,
}
