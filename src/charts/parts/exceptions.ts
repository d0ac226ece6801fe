/** First and last of a stretch of indices. */
export type Span = readonly [number, number]

/** What a curve through a row leaves out. */
export interface Exceptions {
  /** Entries that no line reaches, because none of their neighbours can be drawn; the first of very many. */
  readonly lonely: readonly number[]
  /** Stretches of -Infinity (an exact zero, as a logarithm) and of Infinity. */
  readonly zeros: readonly Span[]
  readonly infinities: readonly Span[]
}

const MAX_LONELY = 100

/** NaN of infinities and of NaN. */
const isDrawn = (value: number) => value - value === 0

/** In one pass: rows are up to fifty thousand layers long, and drawn at every step of a slider. */
export function exceptionsOf(values: Float64Array): Exceptions {
  const [lonely, zeros, infinities]: [number[], [number, number][], [number, number][]] = [
    [],
    [],
    [],
  ]
  let wasDrawn = false
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const isNumber = isDrawn(value)
    if (isNumber && !wasDrawn && lonely.length < MAX_LONELY && !isDrawn(values[i + 1] ?? NaN))
      lonely.push(i)
    if (value === -Infinity) extend(zeros, i)
    if (value === Infinity) extend(infinities, i)
    wasDrawn = isNumber
  }
  return { lonely, zeros, infinities }
}

function extend(spans: [number, number][], i: number): void {
  const open = spans.at(-1)
  if (open?.[1] === i - 1) open[1] = i
  else spans.push([i, i])
}
