import { engineChoices } from '../engine/protocol.ts'
import { defaultConfig, type NetworkConfig, networkFields, networkKeys } from '../model/config.ts'
import { choice, flag, integer, type ValueOf } from '../model/field.ts'
import { list, name, namedName, optional } from './codecs.ts'
import { pinnedNetwork } from './pins.ts'
import { presetIds } from './presets.ts'
import { sweepField } from './sweepField.ts'

export const themes = ['auto', 'light', 'dark'] as const
export const MAX_PINS = 4

/** Parts of the page that a link can hide, beside the control of any network key. */
export const pageParts = ['header', 'controls', 'verdict', 'transport'] as const

const hideable = choice([...pageParts, ...networkKeys], 'header')

/** TABLE: every key of the link that says how the network is looked at. */
export const viewFields = {
  layer: optional(integer({ min: 0, max: 50_000, initial: 0 })),
  preset: optional(choice(presetIds, 'bsnn-tanh')),
  lesson: optional(name),
  step: integer({ min: 1, max: 99, initial: 1 }),
  embed: flag(),
  theme: choice(themes, 'auto'),
  hide: list(hideable, 40),
  lock: list(choice(networkKeys, 'depth'), 40),
  play: flag(),
  pin: list(pinnedNetwork, MAX_PINS),
  engine: choice(engineChoices, 'auto'),
  charts: list(name, 16),
  look: list(namedName, 16),
  sweep: sweepField,
}

export type ViewKey = keyof typeof viewFields
export type View = { readonly [K in ViewKey]: ValueOf<(typeof viewFields)[K]> }
export type Theme = View['theme']
export type Hideable = View['hide'][number]

/** TABLE: every key of the link. */
export const fields = { ...networkFields, ...viewFields }
export type FieldKey = keyof typeof fields

/** All that a link says: the network and how it is looked at. */
export interface LinkState {
  readonly network: NetworkConfig
  readonly view: View
}

export const defaultView: View = Object.fromEntries(
  Object.entries(viewFields).map(([key, field]) => [key, field.initial]),
) as unknown as View

export const defaultLink: LinkState = { network: defaultConfig, view: defaultView }
