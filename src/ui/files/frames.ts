import { pngFile } from '../../export/pngFile.ts'
import { spread } from '../../state/closeUps.ts'
import { cursorLayer, moveCursor, topLayer } from '../../state/cursor.ts'
import { setPlayback } from '../../state/actions.ts'
import { areWeightsFresh } from '../../state/layerWeights.ts'
import type { PageStore } from '../../state/store.ts'
import { type ChartOnPage, drawnChart } from './chartFiles.ts'

/** A sweep at the speed of the page has about as many; each takes some 50 ms to draw. */
const MAX_FRAMES = 100

/** How far something has come is said, and whether it is still wanted is asked. */
export interface Wanted {
  readonly say: (words: string) => void
  readonly signal: AbortSignal
}

/** Until what a worker has to say of the layer under the cursor is there. */
const told = (store: PageStore) =>
  new Promise<void>((resolve) => {
    if (areWeightsFresh(store.getState())) {
      resolve()
      return
    }
    const unsubscribe = store.subscribe((state) => {
      if (!areWeightsFresh(state)) return
      unsubscribe()
      resolve()
    })
  })

/** Until what has changed is painted. */
const painted = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => {
      setTimeout(resolve)
    })
  })

/** Pictures (PNG) of a chart as the cursor goes through the layers, the input first; throws where it is stopped. */
export async function framesOf(
  chart: ChartOnPage,
  { say, signal }: Wanted,
): Promise<readonly Blob[]> {
  const { store } = chart.page
  const inside = chart.inside.closest('figure')
  if (!inside) throw new Error('framesOf: the button must stand in a figure')
  const before = cursorLayer(store.getState())
  const layers = spread(0, topLayer(store.getState()), MAX_FRAMES)
  const frames: Blob[] = []
  setPlayback(store, { isPlaying: false })
  try {
    for (const layer of layers) {
      moveCursor(store, layer)
      await told(store)
      await painted()
      signal.throwIfAborted()
      frames.push(await pngFile({ ...drawnChart({ ...chart, inside }), scale: 1 }))
      say(`Picture ${frames.length} of ${layers.length}…`)
    }
  } finally {
    moveCursor(store, before)
  }
  return frames
}
