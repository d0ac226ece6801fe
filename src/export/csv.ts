import { type LayerRows, statisticIds } from '../engine/statistics.ts'

/** One seed's rows, or what sums up several. */
export interface SeedRows {
  readonly seed: number | 'median' | 'p10' | 'p90'
  readonly rows: LayerRows
}

/** A number in CSV: empty where it does not exist, the words for infinities. */
export const csvCell = (value: number) => (Number.isNaN(value) ? '' : String(value))

/** Long CSV, `seed,layer,statistic,value`: an empty field where a value does not exist, infinities as words. */
export function* csvLines(runs: readonly SeedRows[]): Generator<string> {
  yield 'seed,layer,statistic,value'
  for (const { seed, rows } of runs) {
    for (const id of statisticIds) {
      for (const [layer, value] of rows[id].entries())
        yield `${seed},${layer},${id},${csvCell(value)}`
    }
  }
}
