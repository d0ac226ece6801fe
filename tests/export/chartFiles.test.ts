import { expect, test } from 'vitest'
import { chartCsv } from '../../src/export/chartCsv.ts'
import { chartJson } from '../../src/export/chartJson.ts'
import type { ChartSeries } from '../../src/export/chartSeries.ts'
import { provenance } from './provenance.ts'

const series: readonly ChartSeries[] = [
  { id: 'isometry_gap', label: 'gap, "of isometry"', x: [0, 1], y: [0.5, Infinity] },
  {
    id: 'log10_gsc',
    label: 'gsc',
    x: Float64Array.of(0, 2),
    y: Float64Array.of(NaN, -Infinity),
    theory: Float64Array.of(1, NaN),
    band: { low: [-1, -2], high: [1, 2] },
  },
]

test('chartCsv writes a comment head, then a row a layer, strange labels quoted', () => {
  const lines = chartCsv(series, provenance).split('\n')
  expect(lines[1]).toBe('# link: https://example.org/#act=relu&depth=100')
  expect(lines.slice(3)).toEqual([
    'series,label,layer,value,theory,low,high',
    'isometry_gap,"gap, ""of isometry""",0,0.5,,,',
    'isometry_gap,"gap, ""of isometry""",1,Infinity,,,',
    'log10_gsc,gsc,0,,1,-1,1',
    'log10_gsc,gsc,2,-Infinity,,-2,2',
    '',
  ])
})

test('chartJson is JSON with null and words where numbers fail', () => {
  const parsed = JSON.parse(chartJson(series, provenance)) as Record<string, unknown>
  expect(parsed).toEqual({
    program: 'Depthscope',
    version: '1.2.3',
    link: provenance.link,
    config: provenance.config,
    series: [
      {
        id: 'isometry_gap',
        label: 'gap, "of isometry"',
        layers: [0, 1],
        values: [0.5, 'Infinity'],
        theory: null,
        band: null,
      },
      {
        id: 'log10_gsc',
        label: 'gsc',
        layers: [0, 2],
        values: [null, '-Infinity'],
        theory: [1, null],
        band: { low: [-1, -2], high: [1, 2] },
      },
    ],
  })
})

test('a chart over something else than layers says so', () => {
  const over = [{ id: 'phi', label: 'φ', x: [-1, 1], xName: 'z', y: [0, 1] }]
  expect(chartCsv(over, provenance).split('\n').slice(3)).toEqual([
    'series,label,z,value,theory,low,high',
    'phi,φ,-1,0,,,',
    'phi,φ,1,1,,,',
    '',
  ])
  expect(JSON.parse(chartJson(over, provenance))).toMatchObject({
    series: [{ id: 'phi', z: [-1, 1], values: [0, 1] }],
  })
})
