import { type NetworkConfig, networkKeys } from '../model/config.ts'
import type { Network } from '../model/network.ts'
import type { Finished, Spectrum } from '../engine/protocol.ts'
import { type LayerRows, statisticIds } from '../engine/statistics.ts'

/** A number as JSON can hold it: null where it does not exist, the words for infinities. */
export type JsonNumber = number | null | 'Infinity' | '-Infinity'

export function jsonNumber(value: number): JsonNumber {
  if (Number.isNaN(value)) return null
  if (Number.isFinite(value)) return value
  return value > 0 ? 'Infinity' : '-Infinity'
}

const jsonRow = (row: Float64Array) => Array.from(row, jsonNumber)

/** The network's keys, resolved: depth rounded to blocks, alpha and beta as used. */
export function resolvedConfig({ config, depth, alpha, beta }: Network): NetworkConfig {
  const entries = networkKeys.map((key) => [key, config[key]])
  return { ...(Object.fromEntries(entries) as NetworkConfig), depth, alpha, beta }
}

/** What theory says, in the shape of the contract; null where it says nothing. */
export interface TheoryReport {
  readonly rows: Readonly<Partial<Record<keyof LayerRows, Float64Array | null>>>
  readonly gradientGrowth: number | null
  readonly gscGrowth: number | null
}

export interface RunReport {
  readonly network: Network
  readonly engine: string
  readonly result: Pick<Finished, 'rows' | 'bands' | 'summary' | 'timing'>
  readonly spectra: readonly Spectrum[]
  readonly theory: TheoryReport
}

/** A run as the command line prints it (contract section 4). */
export function reportJson({ network, engine, result, spectra, theory }: RunReport): object {
  const { rows, bands, summary, timing } = result
  const layers = Object.fromEntries(statisticIds.map((id) => [id, jsonRow(rows[id])]))
  const band = (id: keyof LayerRows) => ({
    low: jsonRow(bands![id].low),
    high: jsonRow(bands![id].high),
  })
  return {
    config: resolvedConfig(network),
    engine,
    constants: { a: network.a, b: network.b },
    layers,
    ...(bands ? { bands: Object.fromEntries(statisticIds.map((id) => [id, band(id)])) } : {}),
    spectra: spectra.map(({ layer, log10SingularValues }) => ({
      layer,
      log10_singular_values: jsonRow(log10SingularValues),
    })),
    theory: theoryJson(theory),
    summary: { gradient_growth: summary.gradientGrowth, gsc_growth: summary.gscGrowth },
    timing_ms: timing,
  }
}

function theoryJson({ rows, gradientGrowth, gscGrowth }: TheoryReport): object {
  const row = (id: keyof LayerRows) => (rows[id] ? jsonRow(rows[id]) : null)
  return {
    ...Object.fromEntries(statisticIds.map((id) => [id, row(id)])),
    gradient_growth: gradientGrowth,
    gsc_growth: gscGrowth,
  }
}
