import { useEffect } from 'react'
import { setPlayback } from '../state/actions.ts'
import { cursorLayer, moveCursor, topLayer } from '../state/cursor.ts'
import type { PageStore } from '../state/store.ts'
import { usePageState } from './page.ts'

/** A sweep at speed 1 takes this long, however deep the network. */
const SWEEP_MS = 5000
/** With reduced motion the cursor makes a few large steps instead of sweeping. */
const CALM_STEPS = 8
const CALM_STEP_MS = 1200

/** The layer after `elapsedMs` of playing from `start`; null when the top is passed and nothing loops. */
export function playedLayer(
  { start, top, speed, loops }: { start: number; top: number; speed: number; loops: boolean },
  elapsedMs: number,
): number | null {
  const layer = start + (elapsedMs * speed * top) / SWEEP_MS
  if (layer <= top) return Math.round(layer)
  return loops ? Math.round(layer % (top + 1)) % (top + 1) : null
}

function advance(store: PageStore, start: number, elapsedMs: number): void {
  const state = store.getState()
  const { speed, loops } = state.playback
  const layer = playedLayer({ start, top: topLayer(state), speed, loops }, elapsedMs)
  if (layer === null) setPlayback(store, { isPlaying: false })
  moveCursor(store, layer ?? topLayer(state))
}

/** Moves the cursor while the page plays. */
export function usePlayback(store: PageStore, isCalm: boolean): void {
  const { isPlaying, speed } = usePageState(({ playback }) => playback)
  useEffect(() => {
    if (!isPlaying) return
    const state = store.getState()
    const atTop = cursorLayer(state) === topLayer(state)
    const start = atTop ? 0 : cursorLayer(state)
    return isCalm ? step(store, start, speed) : sweep(store, start)
  }, [store, isPlaying, speed, isCalm])
}

function sweep(store: PageStore, start: number): () => void {
  const begun = performance.now()
  let frame = requestAnimationFrame(function tick(now) {
    advance(store, start, now - begun)
    frame = requestAnimationFrame(tick)
  })
  return () => {
    cancelAnimationFrame(frame)
  }
}

function step(store: PageStore, start: number, speed: number): () => void {
  let steps = 0
  const timer = setInterval(() => {
    steps++
    advance(store, start, (steps * SWEEP_MS) / CALM_STEPS / speed)
  }, CALM_STEP_MS)
  return () => {
    clearInterval(timer)
  }
}

export function togglePlay(store: PageStore): void {
  setPlayback(store, { isPlaying: !store.getState().playback.isPlaying })
}
