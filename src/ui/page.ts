import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { DrawRequest, NetworkArrays } from '../engine/protocol.ts'
import type { Session } from '../state/session.ts'
import type { PageState, PageStore } from '../state/store.ts'
import type { Sweeps } from '../state/sweep.ts'

/** What every part of the page can reach. */
export interface Page {
  readonly store: PageStore
  readonly session: Session
  readonly sweeps: Sweeps
  /** Draws a network once more, for a file. */
  readonly drawNetwork: (request: DrawRequest) => Promise<NetworkArrays>
  /** Where the data files are, an absolute address. */
  readonly dataUrl: string
  /** Version of the program, for the files that it writes. */
  readonly version: string
}

export const PageContext = createContext<Page | null>(null)

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('usePage: must be used below PageContext')
  return page
}

/** One thing out of the page's state; the component renders again when that thing changes. */
export function usePageState<T>(select: (state: PageState) => T): T {
  return useStore(usePage().store, select)
}
