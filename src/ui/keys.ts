import { useEffect } from 'react'
import { changeNetwork, choosePreset, resetNetwork } from '../state/actions.ts'
import { cursorLayer, moveCursor, topLayer } from '../state/cursor.ts'
import { presetIds } from '../state/presets.ts'
import type { PageStore } from '../state/store.ts'
import { pinPresent } from '../state/pinned.ts'
import { newSeed } from './newSeed.ts'
import { togglePlay } from './playback.ts'

interface Key {
  /** What it is called in the list of keys. */
  readonly name: string
  readonly does: string
  readonly matches: (event: KeyboardEvent) => boolean
  readonly run: (store: PageStore, event: KeyboardEvent) => void
}

const moveBy = (store: PageStore, step: number, event: KeyboardEvent) => {
  moveCursor(store, cursorLayer(store.getState()) + step * (event.shiftKey ? 10 : 1))
}

const plain =
  (...names: readonly string[]) =>
  (event: KeyboardEvent) =>
    names.includes(event.key)

/** TABLE: the keys of the page. */
export const keys: readonly Key[] = [
  {
    name: '→',
    does: 'next layer (with Shift: ten)',
    matches: plain('ArrowRight'),
    run: (store, event) => {
      moveBy(store, 1, event)
    },
  },
  {
    name: '←',
    does: 'layer before (with Shift: ten)',
    matches: plain('ArrowLeft'),
    run: (store, event) => {
      moveBy(store, -1, event)
    },
  },
  {
    name: 'Home',
    does: 'input layer',
    matches: plain('Home'),
    run: (store) => {
      moveCursor(store, 0)
    },
  },
  {
    name: 'End',
    does: 'top layer',
    matches: plain('End'),
    run: (store) => {
      moveCursor(store, topLayer(store.getState()))
    },
  },
  { name: 'Space', does: 'play, pause', matches: plain(' '), run: togglePlay },
  {
    name: 'N',
    does: 'new seed',
    matches: plain('n', 'N'),
    run: (store) => {
      changeNetwork(store, { seed: newSeed() })
    },
  },
  { name: 'P', does: 'pin this run', matches: plain('p', 'P'), run: pinPresent },
  { name: 'R', does: 'reset to the preset', matches: plain('r', 'R'), run: resetNetwork },
  {
    name: '1 … 9',
    does: 'presets, in the order of the menu',
    matches: ({ key }) => /^[1-9]$/.test(key),
    run: (store, { key }) => {
      const preset = presetIds[Number(key) - 1]
      if (preset) choosePreset(store, preset)
    },
  },
]

const TYPING =
  'input, textarea, select, [role=slider], [role=menu], [role=dialog], [contenteditable]'
const PRESSABLE = 'button, a, summary'

/** Is the key meant for what has the focus? */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  if (!(event.target instanceof Element)) return false
  if (event.target.closest(TYPING)) return true
  return event.key === ' ' && event.target.closest(PRESSABLE) !== null
}

export function useKeys(store: PageStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event)) return
      const key = keys.find(({ matches }) => matches(event))
      if (!key) return
      event.preventDefault()
      key.run(store, event)
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
    }
  }, [store])
}
