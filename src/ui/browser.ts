import type { Clock } from '../state/clock.ts'
import type { AddressBar } from '../state/history.ts'

export const browserClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}

const addressOf = (hash: string) =>
  `${window.location.pathname}${window.location.search}${hash === '' ? '' : `#${hash}`}`

/** What an entry of the history is marked with: how many changes of the page lie before it. */
const placeOf = (stepsBack: number) => ({ stepsBack })

function stepsBack(): number {
  const state: unknown = window.history.state
  if (typeof state !== 'object' || state === null || !('stepsBack' in state)) return 0
  return Number(state.stepsBack)
}

/** Takes the last change back, as the browser's Back does, but does not leave the page. */
export function undo(): void {
  if (stepsBack() > 0) window.history.back()
}

export function redo(): void {
  window.history.forward()
}

export const browserAddress: AddressBar = {
  read: () => window.location.hash.slice(1),
  push: (hash) => {
    window.history.pushState(placeOf(stepsBack() + 1), '', addressOf(hash))
  },
  replace: (hash) => {
    window.history.replaceState(placeOf(stepsBack()), '', addressOf(hash))
  },
  onMove: (listener) => {
    // Back and Forward fire both, an edit of the hash may fire either; a hash is only taken once.
    window.addEventListener('popstate', listener)
    window.addEventListener('hashchange', listener)
    return () => {
      window.removeEventListener('popstate', listener)
      window.removeEventListener('hashchange', listener)
    }
  },
}
