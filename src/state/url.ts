import { defaultConfig, type NetworkConfig, networkFields } from '../model/config.ts'
import type { Field } from '../model/field.ts'
import { defaultView, fields, type LinkState, type View, viewFields } from './fields.ts'
import { legalize } from './legalize.ts'
import { firstScene, type PresetId, presets } from './presets.ts'
import { changedEntries, type Fields, isKeyOf } from './record.ts'

/** What could not be taken from a link as it stood. */
export interface Notice {
  readonly kind:
    'unknown-key' | 'illegal-value' | 'conflict' | 'repeated-key' | 'version' | 'too-long' | 'file'
  readonly key: string
  readonly value: string
  readonly text: string
}

export interface Decoded {
  readonly state: LinkState
  readonly notices: readonly Notice[]
}

const VERSION = '1'
/** Ten times what any link of ours can be long. */
const MAX_LENGTH = 20_000
const MAX_NOTICES = 12
const MAX_SHOWN_CHARACTERS = 40
const MAX_LEGAL_CHARACTERS = 160

const shown = (text: string, characters = MAX_SHOWN_CHARACTERS) =>
  text.length > characters ? `${text.slice(0, characters)}…` : text

function notice(kind: Notice['kind'], key: string, value: string, text: string): Notice {
  return { kind, key: shown(key), value: shown(value), text }
}

/** Percent-decoding that leaves alone what is not well-formed. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

interface Pairs {
  readonly pairs: ReadonlyMap<string, string>
  readonly notices: readonly Notice[]
}

/** The last of repeated keys counts. */
function split(text: string): Pairs {
  const pairs = new Map<string, string>()
  const notices: Notice[] = []
  for (const part of text.split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    const key = unescaped(at < 0 ? part : part.slice(0, at))
    const value = at < 0 ? '' : unescaped(part.slice(at + 1))
    if (pairs.has(key))
      notices.push(
        notice('repeated-key', key, value, `${shown(key)} is given twice; using ${shown(value)}`),
      )
    pairs.set(key, value)
  }
  return { pairs, notices }
}

/** The network that a preset stands for; the default one without a preset. */
export function networkOf(preset: PresetId | null): NetworkConfig {
  return { ...defaultConfig, ...(preset === null ? {} : presets[preset].config) }
}

/** What a preset shows by itself. */
export type OwnView = Pick<View, 'sweep' | 'pin' | 'look'>

/** What a preset shows by itself; nothing without a preset. */
export function viewOf(preset: PresetId | null): OwnView {
  if (preset === null) return { sweep: null, pin: [], look: [] }
  const { sweep = null, beside = [], look = [] } = presets[preset]
  return { sweep, look, pin: beside.map((other) => ({ ...networkOf(preset), ...other })) }
}

function baseOf(presetText: string | undefined): LinkState {
  const preset = viewFields.preset.parse(presetText ?? '') ?? null
  return { network: networkOf(preset), view: { ...defaultView, preset, ...viewOf(preset) } }
}

const display = (field: Field<unknown>, value: unknown) => field.format(value) || 'none'

/** Values of one table's keys on top of their base, with a notice for each that is not legal. */
function read<T extends object>(
  table: object,
  base: T,
  pairs: ReadonlyMap<string, string>,
  notices: Notice[],
): T {
  const values = { ...base } as Record<string, unknown>
  for (const [key, field] of Object.entries(table as Fields)) {
    const text = pairs.get(key)
    if (text === undefined) continue
    const value = field.parse(text)
    if (value !== undefined) values[key] = value
    else {
      const instead = display(field, values[key])
      const words = `${key}=${shown(text)} is not legal (${shown(field.legal, MAX_LEGAL_CHARACTERS)}); using ${instead}`
      notices.push(notice('illegal-value', key, text, words))
    }
  }
  return values as T
}

function legalNetwork(network: NetworkConfig, notices: Notice[]): NetworkConfig {
  const legalized = legalize(network)
  for (const { key, legal } of legalized.found) {
    const value = String(network[key])
    const text = `${key}=${value} is not legal here (${legal}); using ${String(defaultConfig[key])}`
    notices.push(notice('conflict', key, value, text))
  }
  return legalized.network
}

function legalView(view: View, { depth }: NetworkConfig, notices: Notice[]): View {
  if (view.layer === null || view.layer <= depth) return view
  const text = `layer=${view.layer} is above the depth of ${depth}; using the last layer`
  notices.push(notice('conflict', 'layer', String(view.layer), text))
  return { ...view, layer: null }
}

function strangers(pairs: ReadonlyMap<string, string>): readonly Notice[] {
  return [...pairs].flatMap(([key, value]) => {
    if (key === 'v')
      return value === VERSION
        ? []
        : [
            notice(
              'version',
              key,
              value,
              `this link has version ${shown(value)}; reading it as ${VERSION}`,
            ),
          ]
    const text = `${shown(key)} is not a known key; ignored`
    return isKeyOf(fields, key) ? [] : [notice('unknown-key', key, value, text)]
  })
}

function capped(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= MAX_NOTICES) return notices
  const text = `and ${notices.length - MAX_NOTICES} more`
  return [...notices.slice(0, MAX_NOTICES), notice('too-long', '', '', text)]
}

/** Reads the text after the # of a link. Never throws: what is not legal falls back, with a notice. */
export function decode(hash: string): Decoded {
  const bare = hash.startsWith('#') ? hash.slice(1) : hash
  const tooLong = bare.length > MAX_LENGTH
  const { pairs, notices: repeated } = split(tooLong ? '' : bare)
  const notices: Notice[] = [...strangers(pairs), ...repeated]
  if (tooLong)
    notices.push(notice('too-long', '', '', 'the link is too long to be one of ours; ignored'))
  const base = baseOf(pairs.get('preset'))
  const network = legalNetwork(read(networkFields, base.network, pairs, notices), notices)
  const view = legalView(read(viewFields, base.view, pairs, notices), network, notices)
  return { state: { network, view }, notices: capped(notices) }
}

/** Characters that may stand in a fragment as they are; all others are percent-encoded. */
const escaped = (text: string) => encodeURIComponent(text).replaceAll(/%(2C|3A|3B)/g, unescaped)

/** The text after the # of a link: what differs from the defaults (or from the preset that is named). */
export function encode({ network, view }: LinkState): string {
  const base = { ...defaultView, ...viewOf(view.preset) }
  const entries = [
    ...changedEntries({ preset: viewFields.preset }, view, defaultView),
    ...changedEntries(networkFields, network, networkOf(view.preset)),
    ...changedEntries(viewFields, { ...view, preset: null }, base),
  ]
  return entries.map(([key, text]) => `${key}=${escaped(text)}`).join('&')
}

/** As `encode`, but says something even of the default state: an empty hash stands for the first scene. */
export const encodeLink = (state: LinkState): string => encode(state) || `v=${VERSION}`

/** What the page shows for the hash it is opened with: without one, the first scene. */
export function openLink(hash: string): Decoded {
  const decoded = decode(hash)
  if (hash.replace(/^#/, '') !== '') return decoded
  const { network, view } = decoded.state
  return { ...decoded, state: { network: { ...network, ...firstScene }, view } }
}
