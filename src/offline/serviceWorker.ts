import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'

/** Keeps the page for times without a network. Built on its own, to sw.js beside the page. */

/** The files of this version, written in by the build. */
declare const PRECACHE: readonly { readonly url: string; readonly revision: string | null }[]

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void
}

/** What is used of a service worker's global scope. */
declare const self: {
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void
  addEventListener(type: 'activate', listener: (event: Lasting) => void): void
}

/** Files that are kept once somebody has needed them: the WebGPU engine. */
const ON_DEMAND = 'depthscope-on-demand'

precacheAndRoute([...PRECACHE], { ignoreURLParametersMatching: [/.*/] })
cleanupOutdatedCaches()

// The names of these files change with their content, so that what was kept is never old.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.includes('/assets/'),
  new CacheFirst({ cacheName: ON_DEMAND }),
)

self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.delete(ON_DEMAND).then(() => self.clients.claim()))
})
