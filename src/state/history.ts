import type { Clock } from './clock.ts'
import { followLink } from './actions.ts'
import type { PageState, PageStore } from './store.ts'
import { encodeLink } from './url.ts'

/** The address bar, as far as the page uses it. Hashes without the #. */
export interface AddressBar {
  read(): string
  push(hash: string): void
  replace(hash: string): void
  /** Calls back when somebody else changed the hash: Back, Forward, an edit. */
  onMove(listener: () => void): () => void
}

/** Browsers refuse more than about a hundred writes in thirty seconds. */
const THROTTLE_MS = 320

/**
 * Keeps the address and the settings in step. The first change of a gesture makes a new entry in the
 * history, so that Back returns to what was before it; the rest of the gesture, and changes of the
 * view alone, overwrite that entry at a rate that browsers allow.
 */
export function bindHistory(store: PageStore, address: AddressBar, clock: Clock): () => void {
  let written = address.read()
  let gestureId = store.getState().gesture.id
  let cancelWrite: (() => void) | undefined
  let isFollowing = false

  const write = (how: 'push' | 'replace') => {
    cancelWrite?.()
    cancelWrite = undefined
    const hash = encodeLink(store.getState().link)
    if (hash === written) return
    try {
      address[how](hash)
      written = hash
    } catch {
      // Refused for writing too often: the next change tries again.
    }
  }
  const later = () => {
    cancelWrite ??= clock.after(THROTTLE_MS, () => {
      write('replace')
    })
  }
  const follow = ({ link, gesture }: PageState, previous: PageState) => {
    const isSettled = previous.gesture.isOpen && !gesture.isOpen
    if (isFollowing || (link === previous.link && !isSettled)) return
    if (link.network !== previous.link.network && gesture.id !== gestureId) {
      gestureId = gesture.id
      write('push')
    } else if (isSettled) write('replace')
    else later()
  }

  const unsubscribe = store.subscribe(follow)
  const unlisten = address.onMove(() => {
    const hash = address.read()
    if (hash === written) return
    cancelWrite?.()
    cancelWrite = undefined
    written = hash
    isFollowing = true
    followLink(store, hash)
    isFollowing = false
  })
  return () => {
    unsubscribe()
    unlisten()
    cancelWrite?.()
  }
}
