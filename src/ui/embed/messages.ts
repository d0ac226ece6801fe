import { changeView, followLink } from '../../state/actions.ts'
import type { LinkState } from '../../state/fields.ts'
import type { PageStore } from '../../state/store.ts'
import { encodeLink } from '../../state/url.ts'
import { withView } from '../pageLink.ts'

/**
 * What a frame with `embed=1` and the page around it say to each other by `postMessage`. A state is what
 * stands behind the # of a link.
 *
 * The frame says (first when it is ready, then at every change):
 *
 *     { kind: 'depthscope:state', state: 'depth=50&act=relu' }
 *     { kind: 'depthscope:height', height: 391 }      what the frame needs, in CSS pixels
 *
 * The page around it says:
 *
 *     { kind: 'depthscope:set-state', state: 'depth=50&act=relu' }
 *
 * Charts and colours stay as they are where that state names none. Everything else is ignored, from
 * whomever; an illegal value in a state is replaced and noted, as in any link. Any page may talk to the
 * frame: it has nothing to hide, and a state can do no more than a link.
 */
type Said =
  | { readonly kind: 'depthscope:state'; readonly state: string }
  | { readonly kind: 'depthscope:height'; readonly height: number }

/** Longer than any link of ours. */
const MAX_STATE_LENGTH = 20_000

/** The state that a message asks for; undefined where it is no such message. */
export function stateIn(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { kind, state } = message as { readonly kind?: unknown; readonly state?: unknown }
  if (kind !== 'depthscope:set-state' || typeof state !== 'string') return undefined
  return state.length <= MAX_STATE_LENGTH ? state : undefined
}

/** What the frame calls its state: that of the whole page. */
const stateOf = (link: LinkState) => encodeLink(withView(link, { embed: 0 }))

function say(message: Said): void {
  window.parent.postMessage(message, '*')
}

/** Takes over a state and stays a frame. */
export function setFrameState(store: PageStore, state: string): void {
  const { charts, theme } = store.getState().link.view
  followLink(store, state)
  const { view } = store.getState().link
  changeView(store, {
    embed: 1,
    charts: view.charts.length > 0 ? view.charts : charts,
    theme: view.theme === 'auto' ? theme : view.theme,
  })
}

/** Keeps the page around the frame informed and does what it asks; the result ends that. */
export function talkToParent(store: PageStore, content: Element): () => void {
  if (window.parent === window) return () => undefined
  let said = ''
  const sayState = () => {
    const state = stateOf(store.getState().link)
    if (state === said) return
    said = state
    say({ kind: 'depthscope:state', state })
  }
  const listen = ({ source, data }: MessageEvent<unknown>) => {
    const state = source === window.parent ? stateIn(data) : undefined
    if (state !== undefined) setFrameState(store, state)
  }
  const observer = new ResizeObserver(() => {
    say({
      kind: 'depthscope:height',
      height: Math.ceil(content.getBoundingClientRect().height),
    })
  })
  const unsubscribe = store.subscribe(sayState)
  window.addEventListener('message', listen)
  observer.observe(content)
  sayState()
  return () => {
    unsubscribe()
    window.removeEventListener('message', listen)
    observer.disconnect()
  }
}
