import { activationPanel } from '../theory/ActivationPanel.tsx'
import { mapsPanel } from '../theory/MapsPanel.tsx'
import { phasePanel } from '../theory/PhaseDiagram.tsx'
import type { TheoryPanel } from './theoryPanel.ts'

/** TABLE: the panels behind the charts, in their order. */
export const theoryPanels: readonly TheoryPanel[] = [phasePanel, activationPanel, mapsPanel]
