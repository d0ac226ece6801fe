/** One value of the sweep. */
export interface SweepChartPoint {
  /** The value in words. */
  readonly label: string
  /** Where it stands across: the value itself, or its place among words. */
  readonly place: number
  /** NaN: not there (yet). */
  readonly measured: number
  readonly predicted: number
  /** 10 % and 90 % over the seeds; NaN with one seed. */
  readonly low: number
  readonly high: number
  /** What there is to say beside the numbers: that it waits, how far it is, why it failed. */
  readonly note: string
  /** What theory says, where it gives no number. */
  readonly theoryNote: string
  /** Are the numbers those of the settings before? */
  readonly isOld: boolean
}

export type SweepScale = 'linear' | 'log'

export interface SweepChartProps {
  readonly width: number
  readonly height: number
  /** What is varied, in words. */
  readonly keyLabel: string
  readonly quantity: {
    readonly label: string
    readonly meaning: string
    readonly pass: 'forward' | 'backward'
    readonly isLog10: boolean
  }
  /** Ascending by place. */
  readonly points: readonly SweepChartPoint[]
  /** Do the places stand for numbers, so that a line between them means something? */
  readonly isOrdered: boolean
  readonly across: SweepScale
  readonly up: SweepScale
  /** Where the present network stands; null where it is none of the points' kind. */
  readonly present: number | null
  readonly onPick: (point: SweepChartPoint) => void
}
