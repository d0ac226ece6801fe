import type { NetworkConfig } from '../model/config.ts'
import { batchNorm } from './presets/batchNorm.ts'
import { filters } from './presets/filters.ts'
import { meanField } from './presets/meanField.ts'
import type { Preset } from './presets/preset.ts'
import { scaleCoefficient } from './presets/scaleCoefficient.ts'
import { selfNormalizing } from './presets/selfNormalizing.ts'

/** In the order of the menu. */
const table = {
  ...selfNormalizing,
  ...filters,
  ...batchNorm,
  ...scaleCoefficient,
  ...meanField,
}

export type PresetId = keyof typeof table
export const presets: Readonly<Record<PresetId, Preset>> = table
export const presetIds = Object.keys(table) as readonly PresetId[]

/** What a visitor without a link sees: it looks safe and is not. */
export const firstScene: Partial<NetworkConfig> = { act: 'relu', norm: 'batch', depth: 100 }
