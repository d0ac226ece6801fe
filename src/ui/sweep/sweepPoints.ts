import type { SweepChartPoint } from '../../charts/sweep/sweepProps.ts'
import type { TableData } from '../../charts/parts/Table.tsx'
import type { NetworkKey } from '../../model/config.ts'
import type { SweptValue } from '../../state/sweepField.ts'
import type { SweepPoint } from '../../state/sweepPoints.ts'
import { quantities, type QuantityId } from '../../state/sweepQuantities.ts'
import { rangeOf } from '../../state/sweepValues.ts'
import { controls } from '../controls/controls.ts'

/** A point of the chart, and the value that it stands for. */
export interface PlacedPoint extends SweepChartPoint {
  readonly value: SweptValue
}

/** A value of a key as people read it. */
export function valueLabel(key: NetworkKey, value: SweptValue): string {
  if (typeof value === 'string') return controls[key].labels?.[value] ?? value
  if (rangeOf(key)) return value.toLocaleString('en', { maximumSignificantDigits: 6 })
  return value === 1 ? 'on' : 'off'
}

function noteOf({ stage, words, progress }: SweepPoint): string {
  if (stage === 'illegal') return `not legal here (${words})`
  if (stage === 'failed') return `failed (${words})`
  if (stage === 'running') return `computing, ${Math.round(100 * progress)} %`
  return stage === 'waiting' ? 'waiting' : ''
}

function theoryNoteOf({ stage, predicted }: SweepPoint): string {
  if (stage !== 'done') return ''
  return predicted ? 'no prediction' : 'theory …'
}

/** The points of a sweep in the chart's terms: numbers in ascending order, words in that of the list. */
export function placedPoints(
  key: NetworkKey,
  points: readonly SweepPoint[],
  quantity: QuantityId,
): readonly PlacedPoint[] {
  const isNumber = rangeOf(key) !== null
  const hasBand = quantities[quantity].isEntry === true
  const placed = points.map((point, i) => ({
    value: point.value,
    label: valueLabel(key, point.value),
    place: isNumber ? Number(point.value) : i,
    measured: point.measured?.[quantity] ?? NaN,
    predicted: point.predicted?.[quantity] ?? NaN,
    low: hasBand ? (point.band?.low[quantity] ?? NaN) : NaN,
    high: hasBand ? (point.band?.high[quantity] ?? NaN) : NaN,
    note: noteOf(point),
    theoryNote: theoryNoteOf(point),
    isOld: point.isOld,
  }))
  return placed.sort((p, q) => p.place - q.place)
}

/** The numbers behind the chart. */
export function sweepTable(
  key: NetworkKey,
  points: readonly PlacedPoint[],
  quantity: QuantityId,
): TableData {
  const { label, isLog10 } = quantities[quantity]
  const words = isLog10 ? `log10 ${label}` : label
  const series = { id: quantity, label }
  const column = (name: 'measured' | 'predicted' | 'low' | 'high') =>
    points.map((point) => point[name])
  const part = (id: 'theory' | 'low' | 'high', values: readonly number[]) =>
    ({ series, part: id, label: `${words}, ${id}`, values }) as const
  const hasBand = points.some(({ low }) => !Number.isNaN(low))
  return {
    layers: points.map(({ place }) => place),
    rowName: controls[key].label,
    ...(rangeOf(key) ? {} : { rowLabels: points.map((point) => point.label) }),
    columns: [
      { series, label: words, values: column('measured') },
      part('theory', column('predicted')),
      ...(hasBand ? [part('low', column('low')), part('high', column('high'))] : []),
    ],
  }
}
