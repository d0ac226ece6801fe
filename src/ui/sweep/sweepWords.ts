import { SWEEP_PANEL } from '../../state/panelChoice.ts'
import type { Panel } from '../panels/panel.ts'

/** What the panel of the sweep is called and how it is read, for the menu too. */
export const sweepWords: Panel = {
  id: SWEEP_PANEL,
  title: 'Sweep over a setting',
  reading:
    'Each point is a network of its own, with everything but one setting as on this page: measured solid, predicted dashed. A click on a point takes its value over.',
}
