import { useEffect } from 'react'
import { changeNetwork, choosePreset, resetNetwork } from '../state/actions.ts'
import { cursorLayer, moveCursor, topLayer } from '../state/cursor.ts'
import { presetIds } from '../state/presets.ts'
import type { PageStore } from '../state/store.ts'
import { pinPresent } from '../state/pinned.ts'
import { redo, undo } from './browser.ts'
import { newSeed } from './newSeed.ts'
import { togglePlay } from './playback.ts'

interface Key {
  /** What it is called in the list of keys. */
  readonly name: string
  readonly does: string
  /** Is it pressed together with Ctrl (or Command)? */
  readonly isCommand?: true
  readonly matches: (event: KeyboardEvent) => boolean
  readonly run: (store: PageStore, event: KeyboardEvent, openHelp: () => void) => void
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
  {
    name: 'Ctrl Z',
    does: 'undo a change of the settings (with Shift: do it again), as Back and Forward do',
    matches: ({ key }) => key === 'z' || key === 'Z',
    isCommand: true,
    run: (_, { shiftKey }) => {
      if (shiftKey) redo()
      else undo()
    },
  },
  {
    name: '?',
    does: 'this list',
    matches: plain('?'),
    run: (_store, _event, openHelp) => {
      openHelp()
    },
  },
]

const TEXT = 'input:not([type=checkbox], [type=radio], [type=file]), textarea, [contenteditable]'

/** TABLE: which keys are meant for what has the focus. */
const taken: readonly (readonly [string, (key: string) => boolean])[] = [
  [`${TEXT}, select, [role=menu], [role=dialog]`, () => true],
  ['[role=slider]', (key) => /^(Arrow|Page|Home|End)/.test(key)],
  ['input, button, a, summary', (key) => key === ' '],
]

const isCommand = ({ ctrlKey, metaKey }: KeyboardEvent) => ctrlKey || metaKey

/** Is the key meant for what has the focus? A command is, where there is a text to undo changes of. */
function isTaken(event: KeyboardEvent): boolean {
  const { target, key } = event
  if (event.defaultPrevented || event.altKey) return true
  if (!(target instanceof Element)) return false
  if (isCommand(event)) return target.closest(TEXT) !== null
  return taken.some(([place, takes]) => takes(key) && target.closest(place) !== null)
}

export function useKeys(store: PageStore, openHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTaken(event)) return
      const key = keys.find(
        (one) => (one.isCommand ?? false) === isCommand(event) && one.matches(event),
      )
      if (!key) return
      event.preventDefault()
      key.run(store, event, openHelp)
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
    }
  }, [store, openHelp])
}
