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

export const browserAddress: AddressBar = {
  read: () => window.location.hash.slice(1),
  push: (hash) => {
    window.history.pushState(null, '', addressOf(hash))
  },
  replace: (hash) => {
    window.history.replaceState(null, '', addressOf(hash))
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
