import { createRoot } from 'react-dom/client'
import { version } from '../package.json'
import './ui/mantine.ts'
import { drawNetwork, startEngine, startTheory } from './engine/client.ts'
import { bindHistory } from './state/history.ts'
import { startSession } from './state/session.ts'
import { createPageStore } from './state/store.ts'
import { startSweeps } from './state/sweep.ts'
import { startPredictions } from './state/theory.ts'
import { openLink } from './state/url.ts'
import { App } from './ui/App.tsx'
import { browserAddress, browserClock } from './ui/browser.ts'
import './ui/page.css'
import './ui/charts.css'
import './ui/open/open.css'
import './ui/sweep/sweep.css'

const { state, notices } = openLink(window.location.hash)
const store = createPageStore(state, notices)
bindHistory(store, browserAddress, browserClock)
const dataUrl = new URL('.', document.baseURI).href
const cores = navigator.hardwareConcurrency
const session = startSession({ store, connect: startEngine, clock: browserClock, dataUrl, cores })

const sweeps = startSweeps({
  ...{ store, clock: browserClock, dataUrl, cores },
  connect: startEngine,
  connectTheory: startTheory,
})

startPredictions({ store, connect: startTheory, clock: browserClock })

const root = document.getElementById('root')
if (root)
  createRoot(root).render(<App {...{ store, session, sweeps, drawNetwork, dataUrl, version }} />)
