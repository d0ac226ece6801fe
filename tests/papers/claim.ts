import type { Given } from '../../src/engine/given.ts'
import { loadWasm } from '../../src/engine/wasm/backend.ts'
import type { NetworkConfig } from '../../src/model/config.ts'
import { type PresetId, presets } from '../../src/state/presets.ts'
import type { SweptValue } from '../../src/state/sweepField.ts'
import { type Quantities, quantitiesOf } from '../../src/state/sweepPoints.ts'
import { run, type TestRun } from '../engine/run.ts'

/** One number that a preset must reproduce. Reported numbers are a paper's own; the rest is computed here. */
export interface Claim {
  readonly preset: PresetId
  readonly quantity: string
  /** What the paper itself reports, where it does. */
  readonly reported?: string
  readonly predicted: string
  readonly measure: () => Promise<number>
  readonly accepts: (measured: number) => boolean
}

const wasm = { ...(await loadWasm()), reason: 'papers' }

interface Extra {
  readonly spectra?: readonly number[]
  readonly overrides?: Partial<NetworkConfig>
  readonly given?: Given
}

/** Runs a preset on the engine that the page uses. */
export function runPreset(
  id: PresetId,
  { spectra = [], overrides = {}, given = {} }: Extra = {},
): Promise<TestRun> {
  return run({ ...presets[id].config, ...overrides }, { engine: wasm, spectra, given })
}

/** Runs a preset with each value of its sweep; every quantity at each of them. */
export async function sweepPreset(
  id: PresetId,
  { values = presets[id].sweep?.values, overrides = {} }: SweepExtra = {},
): Promise<readonly SweptQuantities[]> {
  const { sweep } = presets[id]
  if (!sweep || !values) throw new Error(`sweepPreset: ${id} must have a sweep`)
  const swept: SweptQuantities[] = []
  for (const value of values) {
    const { rows, summary } = await runPreset(id, {
      overrides: { ...overrides, [sweep.key]: value },
    })
    swept.push({ value: Number(value), ...quantitiesOf({ rows, ...summary }) })
  }
  return swept
}

export type SweptQuantities = Quantities & { readonly value: number }

interface SweepExtra {
  /** Instead of those of the preset. */
  readonly values?: readonly SweptValue[] | undefined
  readonly overrides?: Partial<NetworkConfig>
}

export const within = (wanted: number, tolerance: number) => (measured: number) =>
  Math.abs(measured - wanted) <= tolerance

export const between = (low: number, high: number) => (measured: number) =>
  measured >= low && measured <= high

/** Largest over smallest of a log10 row, from layer `from` on. */
export function spreadOf(row: Float64Array, from = 0): number {
  const values = Array.from(row).slice(from)
  return 10 ** (Math.max(...values) - Math.min(...values))
}

/** Singular values of the one spectrum that was asked for. */
export const singularValues = ({ spectra }: Pick<TestRun, 'spectra'>) =>
  Array.from(spectra[0]!.log10SingularValues, (v) => 10 ** v)

export const rms = (values: readonly number[]) =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)
