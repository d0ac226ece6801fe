import { type LayerRows, statisticIds } from '../engine/statistics.ts'

/** One seed's rows. */
export interface SeedRows {
  readonly seed: number
  readonly rows: LayerRows
}

const cell = (value: number) => (Number.isNaN(value) ? '' : String(value))

/** Long CSV, `seed,layer,statistic,value`: an empty field where a value does not exist, infinities as words. */
export function* csvLines(runs: readonly SeedRows[]): Generator<string> {
  yield 'seed,layer,statistic,value'
  for (const { seed, rows } of runs) {
    for (const id of statisticIds) {
      for (const [layer, value] of rows[id].entries()) yield `${seed},${layer},${id},${cell(value)}`
    }
  }
}
