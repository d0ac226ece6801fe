import { expect, test } from 'vitest'
import { tableSeries } from '../../src/ui/files/tableSeries.ts'

const layers = [0, 1]
const series = { id: 'norm', label: 'norm' }
const row = (value: number) => Float64Array.of(value, value)

test('columns of one curve become one curve', () => {
  const [curve, ...others] = tableSeries({
    layers,
    columns: [
      { label: 'log10 norm', values: row(1), series },
      { label: 'log10 norm, theory', values: row(2), series, part: 'theory' },
      { label: 'log10 norm, low', values: row(0), series, part: 'low' },
      { label: 'log10 norm, high', values: row(3), series, part: 'high' },
    ],
  })
  expect(others).toEqual([])
  expect(curve).toEqual({
    ...series,
    x: layers,
    y: row(1),
    theory: row(2),
    band: { low: row(0), high: row(3) },
  })
})

test('a column of its own is a curve of its own, a band alone has no values', () => {
  const [plain, band] = tableSeries({
    layers,
    columns: [
      { label: 'exact zeros', values: row(4) },
      { label: 'pairs, low', values: row(0), series, part: 'low' },
      { label: 'pairs, high', values: row(1), series, part: 'high' },
    ],
  })
  expect(plain).toMatchObject({ id: 'exact zeros', label: 'exact zeros', y: row(4) })
  expect(band).toMatchObject({ y: row(NaN), band: { low: row(0), high: row(1) } })
})

test('rows that are no layers keep their name', () => {
  const columns = [{ label: 'φ', values: row(5) }]
  expect(tableSeries({ layers, rowName: 'z', columns })[0]).toMatchObject({ xName: 'z', x: layers })
  expect(tableSeries({ layers, columns })[0]).not.toHaveProperty('xName')
})
