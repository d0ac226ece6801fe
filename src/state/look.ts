import { changeView } from './actions.ts'
import type { View } from './fields.ts'
import type { PageStore } from './store.ts'

/** The way of looking at one layer's weights that the spectrum chart has, as the link says it. */
export const WEIGHTS_LOOK = { chart: 'spectrum', look: 'weights' } as const

/** Which of its ways to look at it a chart takes; null where the link leaves it to the chart. */
export function lookOf({ look }: Pick<View, 'look'>, chart: string): string | null {
  const word = look.find((text) => text.startsWith(`${chart}:`))
  return word === undefined ? null : word.slice(chart.length + 1)
}

/** Looks at a chart in another way; null: in its first one. */
export function changeLook(store: PageStore, chart: string, look: string | null): void {
  const { view } = store.getState().link
  const others = view.look.filter((text) => !text.startsWith(`${chart}:`))
  changeView(store, { look: look === null ? others : [...others, `${chart}:${look}`] })
}
