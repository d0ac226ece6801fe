/** One curve of a chart, over layers if `xName` does not say what else. NaN stands for "does not exist". */
export interface ChartSeries {
  readonly id: string
  readonly label: string
  /** Layer numbers, or what `xName` says. */
  readonly x: ArrayLike<number> | readonly string[]
  readonly xName?: string | undefined
  /** Measured values, one a layer. */
  readonly y: ArrayLike<number>
  /** Predicted values, one a layer. */
  readonly theory?: ArrayLike<number> | undefined
  /** 10 % and 90 % over the seeds, one of each a layer. */
  readonly band?: { readonly low: ArrayLike<number>; readonly high: ArrayLike<number> } | undefined
}
