import type { Band } from '../engine/protocol.ts'
import type { LayerRows, StatisticId } from '../engine/statistics.ts'
import { csvLines, type SeedRows } from './csv.ts'
import { reportJson, type RunReport } from './json.ts'
import { commentHead, originRecord, type Provenance } from './provenance.ts'

/** A whole run as the command line prints it, with the link and version that it came from added. */
export function runJson(report: RunReport, provenance: Provenance): string {
  return `${JSON.stringify({ ...reportJson(report), ...originRecord(provenance) })}\n`
}

/** The rows of a run: one network's, or the median over seeds with its band. */
export interface RunRows {
  readonly rows: LayerRows
  readonly bands: Readonly<Record<StatisticId, Band>> | null
  /** The (first) seed. */
  readonly seed: number
}

function side(bands: NonNullable<RunRows['bands']>, end: 'low' | 'high'): LayerRows {
  const entries = Object.entries(bands).map(([id, band]) => [id, band[end]] as const)
  return Object.fromEntries(entries) as LayerRows
}

function groups({ rows, bands, seed }: RunRows): readonly SeedRows[] {
  if (!bands) return [{ seed, rows }]
  return [
    { seed: 'median', rows },
    { seed: 'p10', rows: side(bands, 'low') },
    { seed: 'p90', rows: side(bands, 'high') },
  ]
}

/** A whole run as long CSV below a comment head; over several seeds the seed column says median, p10, p90. */
export function runCsv(run: RunRows, provenance: Provenance): string {
  return `${[...commentHead(provenance), ...csvLines(groups(run))].join('\n')}\n`
}
