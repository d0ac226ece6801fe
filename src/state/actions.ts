import { defaultConfig, type NetworkConfig } from '../model/config.ts'
import { type View, viewFields } from './fields.ts'
import { decode, networkOf, openLink, type OwnView, viewOf } from './url.ts'
import { legalize } from './legalize.ts'
import { keepLocked } from './locked.ts'
import { withoutSweepPanel, withSweepPanel } from './panelChoice.ts'
import { type PresetId, presets } from './presets.ts'
import { changedEntries } from './record.ts'
import type { Gesture, PageStore, Playback } from './store.ts'

/** A slider being moved, or a choice made (a slider let go). */
export type Phase = 'drag' | 'commit'

function nextGesture({ id, isOpen }: Gesture, phase: Phase): Gesture {
  return { id: isOpen ? id : id + 1, isOpen: phase === 'drag' }
}

/** Changes settings of the network that are not locked. What this makes illegal elsewhere falls back to its default. */
export function changeNetwork(
  store: PageStore,
  changes: Partial<NetworkConfig>,
  phase: Phase = 'commit',
): void {
  const { link, gesture } = store.getState()
  const wanted = keepLocked({ ...link.network, ...changes }, link)
  const keys = Object.keys(changes) as (keyof NetworkConfig)[]
  const isChange = keys.some((key) => wanted[key] !== link.network[key])
  if (!isChange && !gesture.isOpen) return
  const { network } = isChange ? legalize(wanted) : link
  const layer =
    link.view.layer !== null && link.view.layer >= network.depth ? null : link.view.layer
  store.setState({
    link: { network, view: layer === link.view.layer ? link.view : { ...link.view, layer } },
    gesture: nextGesture(gesture, phase),
    notices: [],
  })
}

/** Changes how the network is looked at; nothing is computed anew unless the engine changes. */
export function changeView(store: PageStore, changes: Partial<View>): void {
  const { link } = store.getState()
  store.setState({ link: { ...link, view: { ...link.view, ...changes } } })
}

/** Another network altogether, with what else changes in the view with it. */
export function replaceNetwork(
  store: PageStore,
  network: NetworkConfig,
  changes: Partial<View>,
): void {
  const { link, gesture } = store.getState()
  store.setState({
    link: { network, view: { ...link.view, layer: null, ...changes } },
    gesture: nextGesture(gesture, 'commit'),
    notices: [],
  })
}

export function choosePreset(store: PageStore, preset: PresetId): void {
  const { link } = store.getState()
  const network = keepLocked(networkOf(preset), link)
  replaceNetwork(store, network, { preset, ...ownViewWith(preset, link.view) })
}

/** A preset's own sweep, pins and looks are shown with it and go with it; those that were set by hand stay. */
function ownViewWith(preset: PresetId, view: View): Partial<View> {
  const [own, before] = [viewOf(preset), viewOf(view.preset)]
  const isTaken = (key: keyof OwnView) => isSaid(key, own) || !isSaid(key, view, before)
  const { sweep, pin, look } = own
  return {
    ...(isTaken('sweep') && { sweep, charts: chartsWith(sweep, view) }),
    ...(isTaken('pin') && { pin }),
    ...(isTaken('look') && { look }),
  }
}

const chartsWith = (sweep: View['sweep'], { charts }: View) =>
  sweep ? withSweepPanel(charts) : withoutSweepPanel(charts)

/** Does a view say something that another does not? */
function isSaid(key: keyof OwnView, view: OwnView, other: OwnView = viewOf(null)): boolean {
  return changedEntries({ [key]: viewFields[key] }, view, other).length > 0
}

/** Back to the preset that was chosen, or to the defaults. */
export function resetNetwork(store: PageStore): void {
  const { link } = store.getState()
  const { preset } = link.view
  const base = preset === null ? defaultConfig : networkOf(preset)
  replaceNetwork(store, keepLocked(base, link), { preset })
}

/** Back to the page's first scene. */
export function showFirstScene(store: PageStore): void {
  const { link } = store.getState()
  replaceNetwork(store, keepLocked(openLink('').state.network, link), { preset: null })
}

/** Takes over a link (the address was edited, or a step back was taken). */
export function followLink(store: PageStore, hash: string): void {
  const { state, notices } = hash.replace(/^#/, '') === '' ? openLink(hash) : decode(hash)
  const { gesture } = store.getState()
  store.setState({ link: state, notices, gesture: { ...gesture, isOpen: false } })
}

export function dismissNotices(store: PageStore): void {
  store.setState({ notices: [] })
}

export function setPlayback(store: PageStore, changes: Partial<Playback>): void {
  store.setState(({ playback }) => ({ playback: { ...playback, ...changes } }))
}

/** Has the network been changed since its preset was chosen? */
export function isPresetChanged(network: NetworkConfig, preset: PresetId): boolean {
  const base: Partial<NetworkConfig> = { ...defaultConfig, ...presets[preset].config }
  return (Object.keys(network) as (keyof NetworkConfig)[]).some((key) => network[key] !== base[key])
}
