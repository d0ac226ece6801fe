import { formatLog10, formatNumber } from '../../base/formatLog10.ts'
import type { SweepChartPoint, SweepChartProps } from './sweepProps.ts'

const wordsOf = (value: number, isLog10: boolean) =>
  isLog10 ? formatLog10(value, 4) : formatNumber(value, 5)

/** Measured and predicted value of a point in words. */
export function valueWords(
  { measured, predicted, note, theoryNote }: SweepChartPoint,
  isLog10: boolean,
) {
  const value = Number.isNaN(measured) ? note || 'does not exist' : wordsOf(measured, isLog10)
  const theory = Number.isNaN(predicted) ? theoryNote : `theory ${wordsOf(predicted, isLog10)}`
  return { value, theory }
}

/** A point for those who cannot see it. */
export function columnLabel(
  { keyLabel }: SweepChartProps,
  point: SweepChartPoint,
  isLog10: boolean,
) {
  const { value, theory } = valueWords(point, isLog10)
  const words = [value, theory].filter((part) => part !== '').join(', ')
  return `${keyLabel} ${point.label}: ${words}. Use this value.`
}

/** The chart in a sentence. */
export function spoken({ keyLabel, quantity, points }: SweepChartProps): string {
  const measured = points.filter((point) => !Number.isNaN(point.measured))
  const ends = [...new Set([measured[0], measured.at(-1)])].flatMap((point) => point ?? [])
  const words = ends.map(
    ({ label, measured: value }) => `${wordsOf(value, quantity.isLog10)} at ${label}`,
  )
  return `${quantity.label} against ${keyLabel}${words.length > 0 ? `: ${words.join(', ')}` : ''}.`
}
