import type { TableColumn, TableData } from '../../charts/parts/Table.tsx'
import type { ChartSeries } from '../../export/chartSeries.ts'

const curveOf = ({ series, label }: TableColumn) => series ?? { id: label, label }

/** The curves behind a chart's table: columns that belong to one curve brought together. */
export function tableSeries({
  layers,
  rowName,
  rowLabels,
  columns,
}: TableData): readonly ChartSeries[] {
  const curves = new Map(columns.map((column) => [curveOf(column).id, curveOf(column)]))
  return [...curves.values()].map(({ id, label }) => {
    const own = columns.filter((column) => curveOf(column).id === id)
    const valuesOf = (part: TableColumn['part']) =>
      own.find((column) => column.part === part)?.values
    const [low, high] = [valuesOf('low'), valuesOf('high')]
    return {
      id,
      label,
      x: rowLabels ?? layers,
      ...(rowName === undefined ? {} : { xName: rowName }),
      y: valuesOf(undefined) ?? new Float64Array(layers.length).fill(NaN),
      theory: valuesOf('theory'),
      band: low && high ? { low, high } : undefined,
    }
  })
}
