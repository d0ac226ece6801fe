import { defaultConfig, type NetworkConfig } from '../model/config.ts'
import { changeView, replaceNetwork } from './actions.ts'
import type { PageStore } from './store.ts'
import { decode } from './url.ts'

/** What a step of a lesson sets up. */
export interface StepScene {
  /** What stands behind the # of the step's link. */
  readonly link: string
  /** The panels on show, the one to look at first. */
  readonly look: readonly string[]
}

export interface LessonPlace {
  readonly lesson: string
  /** From 1. */
  readonly step: number
}

/** The network that a step opens with. */
export const networkOfStep = ({ link }: Pick<StepScene, 'link'>): NetworkConfig =>
  decode(link).state.network

/** Goes to a step: its network, cursor and pins replace the present ones; colours and engine stay. */
export function enterStep(store: PageStore, place: LessonPlace, { link, look }: StepScene): void {
  const { network, view } = decode(link).state
  const { preset, layer, pin } = view
  replaceNetwork(store, network, { ...place, preset, layer, pin, charts: look })
}

/** A link that names a step and nothing else opens it as it begins. */
export function enterIfBare(store: PageStore, place: LessonPlace, scene: StepScene): void {
  const { network, view } = store.getState().link
  const keys = Object.keys(defaultConfig) as (keyof typeof defaultConfig)[]
  const isBare =
    view.charts.length === 0 && keys.every((key) => network[key] === defaultConfig[key])
  if (isBare) enterStep(store, place, scene)
}

/** Ends the lesson; the network stays, and all panels are on show again. */
export function closeLesson(store: PageStore): void {
  changeView(store, { lesson: null, step: 1, charts: [] })
}
